-- Sessions, one row for each login. Refresh tokens are nowhere in here, only digests of them: `handle_digest` of the part
-- that all tokens of the session share, by which it is found, and `secret_digest` of the part that the token which counts
-- has alone. `successions` is how recently exchanged tokens lead to that one (salts, of no use without such a token).
-- `end_number` counts the ends of all sessions, so that other processes can follow them; 0: not ended.
-- Times are microseconds since 1970-01-01T00:00:00Z.
CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  user_id BIGINT NOT NULL REFERENCES users (id),
  created_at BIGINT NOT NULL,
  last_used_at BIGINT NOT NULL,
  address TEXT NOT NULL,
  user_agent TEXT NOT NULL,
  access_ends_at BIGINT NOT NULL,
  handle_digest TEXT NOT NULL UNIQUE,
  secret_digest TEXT NOT NULL,
  generation BIGINT NOT NULL,
  successions TEXT NOT NULL,
  ended_at BIGINT,
  end_reason TEXT NOT NULL,
  end_number BIGINT NOT NULL
);
CREATE INDEX sessions_of_users ON sessions (user_id) WHERE end_number = 0;
CREATE INDEX sessions_by_end ON sessions (end_number) WHERE end_number > 0;
CREATE INDEX sessions_by_use ON sessions (last_used_at);
INSERT INTO changes (topic, version) VALUES ('sessions', 0);
