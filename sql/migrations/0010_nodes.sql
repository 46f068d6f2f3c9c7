-- What one process at a time does of all that share the database. Times are microseconds since 1970-01-01T00:00:00Z.
CREATE TABLE leases (
  name TEXT PRIMARY KEY,
  holder TEXT NOT NULL,
  ends_at BIGINT NOT NULL
);
