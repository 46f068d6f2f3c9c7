-- The life of an account. `email` is in lower case and need not be unique. `disabled_until` ends a disabling by itself.
-- `version` ascends with each change that an administrator could see. Of a code for a new password there is only a digest.
-- Deleted accounts keep nothing personal, those of before included.
ALTER TABLE users ADD COLUMN email TEXT;
ALTER TABLE users ADD COLUMN disabled_until BIGINT;
ALTER TABLE users ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE users ADD COLUMN reset_digest TEXT;
ALTER TABLE users ADD COLUMN reset_ends_at BIGINT;
CREATE UNIQUE INDEX users_by_reset ON users (reset_digest) WHERE reset_digest IS NOT NULL;
UPDATE users SET password_hash = '' WHERE state = 'deleted';
