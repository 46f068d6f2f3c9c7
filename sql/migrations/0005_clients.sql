-- OAuth clients. `id` is the order of addition. Of a secret there is only a digest, '' for a public client.
-- Times are microseconds since 1970-01-01T00:00:00Z.
CREATE TABLE oauth_clients (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  client_id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('confidential', 'public')),
  secret_digest TEXT NOT NULL,
  scopes TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  disabled_at BIGINT,
  CHECK ((kind = 'public') = (secret_digest = ''))
);
INSERT INTO changes (topic, version) VALUES ('clients', 0);
CREATE TRIGGER oauth_clients_inserted AFTER INSERT ON oauth_clients
BEGIN UPDATE changes SET version = version + 1 WHERE topic = 'clients'; END;
CREATE TRIGGER oauth_clients_updated AFTER UPDATE ON oauth_clients
BEGIN UPDATE changes SET version = version + 1 WHERE topic = 'clients'; END;
CREATE TRIGGER oauth_clients_deleted AFTER DELETE ON oauth_clients
BEGIN UPDATE changes SET version = version + 1 WHERE topic = 'clients'; END;
