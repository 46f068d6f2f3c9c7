-- The audit log: rows that are chained by their hashes (core/include/cardea/core/audit/audit_record.hpp), and marks: the
-- `head`, which every append moves; the `checkpoint`, a signed head; the `anchor`, signed, behind which rows begin since
-- those before were pruned. What proves that nothing was changed is the chain and the signatures; the triggers only
-- stand in the way of mistakes. Times are microseconds since 1970-01-01T00:00:00Z.
CREATE TABLE audit_events (
  sequence INTEGER PRIMARY KEY,
  first_at BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  event_count BIGINT NOT NULL,
  event TEXT NOT NULL,
  reason TEXT NOT NULL,
  subject TEXT NOT NULL,
  address TEXT NOT NULL,
  request_id TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL
);
CREATE INDEX audit_events_by_time ON audit_events (last_at);
CREATE INDEX audit_events_by_subject ON audit_events (subject, sequence);
CREATE TABLE audit_marks (
  name TEXT PRIMARY KEY CHECK (name IN ('head', 'checkpoint', 'anchor')),
  sequence BIGINT NOT NULL,
  hash TEXT NOT NULL,
  signed_at BIGINT NOT NULL,
  signer TEXT NOT NULL,
  signature TEXT NOT NULL
);
INSERT INTO audit_marks (name, sequence, hash, signed_at, signer, signature)
VALUES ('head', 0, '0000000000000000000000000000000000000000000000000000000000000000', 0, '', '');
CREATE TRIGGER audit_events_stay_as_they_are BEFORE UPDATE ON audit_events
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_events_stay BEFORE DELETE ON audit_events
WHEN OLD.sequence > COALESCE((SELECT sequence FROM audit_marks WHERE name = 'anchor'), 0)
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
