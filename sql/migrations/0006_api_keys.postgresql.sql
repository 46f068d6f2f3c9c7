-- API keys, one row each. A key itself is nowhere in here, only its digest. `scopes` are permissions between spaces.
-- Times are microseconds since 1970-01-01T00:00:00Z; `last_used_at` alone is no change of the topic: what a key may do
-- does not depend on it.
CREATE TABLE api_keys (
  id TEXT PRIMARY KEY,
  user_id BIGINT NOT NULL REFERENCES users (id),
  digest TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  scopes TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  last_used_at BIGINT,
  revoked_at BIGINT
);
CREATE INDEX api_keys_of_users ON api_keys (user_id);
CREATE INDEX api_keys_by_expiry ON api_keys (expires_at);
CREATE INDEX api_keys_by_revocation ON api_keys (revoked_at) WHERE revoked_at IS NOT NULL;
INSERT INTO changes (topic, version) VALUES ('api_keys', 0);
CREATE TRIGGER api_keys_changed
AFTER INSERT OR DELETE OR UPDATE OF id, user_id, digest, name, scopes, created_at, expires_at, revoked_at ON api_keys
FOR EACH ROW EXECUTE FUNCTION raise_change_version('api_keys');
