-- Signing keys, sealed: without the master key, which is not in the database, no row tells a key.
-- `id` is the order of addition. `succeeds` is the kid of the key that this one takes over from, '' for the first one:
-- it is unique, so that of two nodes that rotate at once one adds a successor, and neither needs a lock.
-- Times are microseconds since 1970-01-01T00:00:00Z, longest_token is in seconds.
CREATE TABLE signing_keys (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kid TEXT NOT NULL UNIQUE CHECK (kid <> ''),
  algorithm TEXT NOT NULL,
  sealed TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  signs_from BIGINT NOT NULL,
  longest_token BIGINT NOT NULL,
  succeeds TEXT NOT NULL UNIQUE,
  retired_at BIGINT
);
