-- What one process at a time does of all that share the database. Times are microseconds since 1970-01-01T00:00:00Z.
CREATE TABLE leases (
  name TEXT PRIMARY KEY,
  holder TEXT NOT NULL,
  ends_at BIGINT NOT NULL
);
-- Changes of one topic wait for each other no more: each server process counts in one of eight rows, and what counts is
-- their sum. Sessions have one row, since their ends are numbered.
ALTER TABLE changes ADD COLUMN part BIGINT NOT NULL DEFAULT 0;
ALTER TABLE changes DROP CONSTRAINT changes_pkey;
ALTER TABLE changes ADD PRIMARY KEY (topic, part);
INSERT INTO changes (topic, part, version)
SELECT topic, parts.part, 0 FROM changes CROSS JOIN (VALUES (1), (2), (3), (4), (5), (6), (7)) AS parts (part)
WHERE topic <> 'sessions';
CREATE OR REPLACE FUNCTION raise_change_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN UPDATE changes SET version = version + 1
WHERE topic = TG_ARGV[0] AND part = abs(pg_backend_pid()) % 8; RETURN NULL; END $$;
-- Those who listen are told of a commit that changed something. An engine without NOTIFY is asked often instead.
DO $do$ BEGIN IF EXISTS (SELECT 1 FROM pg_proc WHERE proname = 'pg_notify') THEN
EXECUTE $function$ CREATE FUNCTION tell_of_change() RETURNS trigger LANGUAGE plpgsql AS
$body$ BEGIN PERFORM pg_notify('cardea_changes', ''); RETURN NULL; END $body$ $function$; EXECUTE $trigger$
CREATE TRIGGER changes_told AFTER UPDATE ON changes FOR EACH ROW EXECUTE FUNCTION tell_of_change() $trigger$; END IF; END $do$;
