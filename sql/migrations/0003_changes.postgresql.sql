-- How often the rows of each topic have changed: what is remembered of one topic need not be forgotten when another
-- changes. Whoever adds a topic adds its row and its trigger.
CREATE TABLE changes (
  topic TEXT PRIMARY KEY,
  version BIGINT NOT NULL
);
INSERT INTO changes (topic, version) VALUES ('users', 0), ('keys', 0);
CREATE FUNCTION raise_change_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN UPDATE changes SET version = version + 1 WHERE topic = TG_ARGV[0]; RETURN NULL; END $$;
CREATE TRIGGER users_changed AFTER INSERT OR UPDATE OR DELETE ON users
FOR EACH ROW EXECUTE FUNCTION raise_change_version('users');
CREATE TRIGGER signing_keys_changed AFTER INSERT OR UPDATE OR DELETE ON signing_keys
FOR EACH ROW EXECUTE FUNCTION raise_change_version('keys');
