-- People who work in the console. They sign in apart from candidates, always with a passkey or with a password and
-- a one-time code; where the program uses Cloudflare Access, its signed header does instead.
-- Nobody is deleted: what they did keeps their name.

CREATE TABLE staff (
  id INTEGER PRIMARY KEY,
  email TEXT NOT NULL UNIQUE CHECK (email LIKE '%_@_%'),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  role TEXT NOT NULL CHECK (role IN ('support', 'reviewer', 'catalogue', 'auditor', 'owner')),
  password TEXT CHECK (password IS NULL OR password GLOB '$scrypt$*'),
  invited_by INTEGER REFERENCES staff (id),
  invited_at INTEGER NOT NULL,
  joined_at INTEGER,
  removed_at INTEGER
) STRICT;

CREATE TRIGGER staff_last_owner BEFORE UPDATE OF role, removed_at ON staff
WHEN OLD.role = 'owner' AND OLD.removed_at IS NULL AND OLD.joined_at IS NOT NULL
  AND (NEW.role <> 'owner' OR NEW.removed_at IS NOT NULL)
  AND NOT EXISTS (
    SELECT 1 FROM staff
    WHERE role = 'owner' AND removed_at IS NULL AND joined_at IS NOT NULL AND id <> OLD.id)
BEGIN
  SELECT RAISE(ABORT, 'the last owner stays');
END;

CREATE TRIGGER staff_kept BEFORE DELETE ON staff
BEGIN
  SELECT RAISE(ABORT, 'staff are removed, not deleted');
END;

CREATE TABLE staff_sessions (
  id_hash TEXT PRIMARY KEY NOT NULL CHECK (length(id_hash) = 64),
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  created_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  authenticated_at INTEGER NOT NULL,
  method TEXT NOT NULL CHECK (method IN ('passkey', 'totp', 'recovery_code', 'access')),
  device TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX staff_sessions_staff_idx ON staff_sessions (staff_id);
CREATE INDEX staff_sessions_last_seen_idx ON staff_sessions (last_seen_at);
