-- Accounts. A deleted one keeps its row, so that its name is never given again.
-- Times are microseconds since 1970-01-01T00:00:00Z.
CREATE TABLE users (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  username TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('active', 'disabled', 'deleted')),
  password_hash TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
