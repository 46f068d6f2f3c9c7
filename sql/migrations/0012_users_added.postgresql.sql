-- What is remembered of users is remembered of those who are there: one more changes nothing of it. So a registration
-- makes no server forget the others, and an import does not count each user of it in the one row that all count in.
DROP TRIGGER users_changed ON users;
CREATE TRIGGER users_changed AFTER UPDATE OR DELETE ON users
FOR EACH ROW EXECUTE FUNCTION raise_change_version('users');
