-- Pages of accounts in each order, and by each thing that is asked for, without reading the whole table. A list of other
-- roles is not an index's to take apart: those who have any are found by one, and looked through.
CREATE INDEX users_by_email ON users (email) WHERE email IS NOT NULL;
CREATE INDEX users_by_creation ON users (created_at, id);
CREATE INDEX users_by_role ON users (role, id);
CREATE INDEX users_by_state ON users (state, id);
CREATE INDEX users_with_other_roles ON users (id) WHERE other_roles <> '';
-- A change that must not meet another of its kind writes to the row of its kind first, which the other waits for.
CREATE TABLE guards (
  name TEXT PRIMARY KEY,
  taken BIGINT NOT NULL
);
INSERT INTO guards (name, taken) VALUES ('administrators', 0);
