-- How often the rows of each topic have changed: what is remembered of one topic need not be forgotten when another
-- changes. Whoever adds a topic adds its row and its triggers.
CREATE TABLE changes (
  topic TEXT PRIMARY KEY,
  version BIGINT NOT NULL
);
INSERT INTO changes (topic, version) VALUES ('users', 0), ('keys', 0);
CREATE TRIGGER users_inserted AFTER INSERT ON users
BEGIN UPDATE changes SET version = version + 1 WHERE topic = 'users'; END;
CREATE TRIGGER users_updated AFTER UPDATE ON users
BEGIN UPDATE changes SET version = version + 1 WHERE topic = 'users'; END;
CREATE TRIGGER users_deleted AFTER DELETE ON users
BEGIN UPDATE changes SET version = version + 1 WHERE topic = 'users'; END;
CREATE TRIGGER signing_keys_inserted AFTER INSERT ON signing_keys
BEGIN UPDATE changes SET version = version + 1 WHERE topic = 'keys'; END;
CREATE TRIGGER signing_keys_updated AFTER UPDATE ON signing_keys
BEGIN UPDATE changes SET version = version + 1 WHERE topic = 'keys'; END;
CREATE TRIGGER signing_keys_deleted AFTER DELETE ON signing_keys
BEGIN UPDATE changes SET version = version + 1 WHERE topic = 'keys'; END;
