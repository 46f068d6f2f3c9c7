-- An organisation's own roles, and the roles that a user has besides the first one, which stays in `role`.
-- `permissions`, `includes` and `other_roles` are names with one space between two of them. `version` is one more with
-- each change of the role. Times are microseconds since 1970-01-01T00:00:00Z.
ALTER TABLE users ADD COLUMN other_roles TEXT NOT NULL DEFAULT '';
CREATE TABLE roles (
  name TEXT PRIMARY KEY,
  permissions TEXT NOT NULL,
  includes TEXT NOT NULL,
  version BIGINT NOT NULL,
  changed_at BIGINT NOT NULL
);
INSERT INTO changes (topic, version) VALUES ('roles', 0);
CREATE TRIGGER roles_inserted AFTER INSERT ON roles
BEGIN UPDATE changes SET version = version + 1 WHERE topic = 'roles'; END;
CREATE TRIGGER roles_updated AFTER UPDATE ON roles
BEGIN UPDATE changes SET version = version + 1 WHERE topic = 'roles'; END;
CREATE TRIGGER roles_deleted AFTER DELETE ON roles
BEGIN UPDATE changes SET version = version + 1 WHERE topic = 'roles'; END;
