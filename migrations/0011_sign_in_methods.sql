-- Ways in besides the password, and what keeps strangers out. A method belongs to a candidate or to one of the staff.

-- authenticated_at: when its holder last proved who they are; some pages ask for that to be fresh.
ALTER TABLE sessions ADD COLUMN authenticated_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN method TEXT NOT NULL DEFAULT 'password'
  CHECK (method IN ('password', 'totp', 'recovery_code', 'passkey', 'link'));
ALTER TABLE sessions ADD COLUMN device TEXT NOT NULL DEFAULT '';

-- user_handle is what the authenticator keeps: random, and the same for all passkeys of one holder.
CREATE TABLE passkeys (
  credential_id TEXT PRIMARY KEY NOT NULL,
  candidate_id TEXT REFERENCES candidates (id),
  staff_id INTEGER REFERENCES staff (id),
  user_handle TEXT NOT NULL,
  public_key TEXT NOT NULL,
  counter INTEGER NOT NULL,
  transports TEXT NOT NULL CHECK (json_valid(transports)),
  backed_up INTEGER NOT NULL CHECK (backed_up IN (0, 1)),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  created_at INTEGER NOT NULL,
  last_used_at INTEGER,
  CHECK ((candidate_id IS NULL) <> (staff_id IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX passkeys_candidate_idx ON passkeys (candidate_id) WHERE candidate_id IS NOT NULL;
CREATE INDEX passkeys_staff_idx ON passkeys (staff_id) WHERE staff_id IS NOT NULL;

-- A challenge is answered once. Those of a registration are bound to who asked.
CREATE TABLE passkey_challenges (
  challenge_hash TEXT PRIMARY KEY NOT NULL CHECK (length(challenge_hash) = 64),
  purpose TEXT NOT NULL CHECK (purpose IN ('sign_in', 'registration', 'staff_sign_in', 'staff_registration')),
  candidate_id TEXT REFERENCES candidates (id),
  staff_id INTEGER REFERENCES staff (id),
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX passkey_challenges_expired_idx ON passkey_challenges (expires_at);

-- The secret is encrypted with SEAL_KEY. Not confirmed: shown, but no code of it has been typed yet.
-- last_step is the time step of the last code that was accepted: that one and older ones are used up.
CREATE TABLE totp_secrets (
  id INTEGER PRIMARY KEY,
  candidate_id TEXT UNIQUE REFERENCES candidates (id),
  staff_id INTEGER UNIQUE REFERENCES staff (id),
  sealed TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  confirmed_at INTEGER,
  last_step INTEGER NOT NULL DEFAULT 0,
  CHECK ((candidate_id IS NULL) <> (staff_id IS NULL))
) STRICT;

CREATE TABLE recovery_codes (
  code_hash TEXT PRIMARY KEY NOT NULL CHECK (length(code_hash) = 64),
  candidate_id TEXT REFERENCES candidates (id),
  staff_id INTEGER REFERENCES staff (id),
  created_at INTEGER NOT NULL,
  used_at INTEGER,
  CHECK ((candidate_id IS NULL) <> (staff_id IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX recovery_codes_candidate_idx ON recovery_codes (candidate_id) WHERE candidate_id IS NOT NULL;
CREATE INDEX recovery_codes_staff_idx ON recovery_codes (staff_id) WHERE staff_id IS NOT NULL;

-- The first of two factors was right; the second is awaited, in the same browser, for a few minutes.
CREATE TABLE pending_sign_ins (
  id_hash TEXT PRIMARY KEY NOT NULL CHECK (length(id_hash) = 64),
  candidate_id TEXT REFERENCES candidates (id),
  staff_id INTEGER REFERENCES staff (id),
  return_to TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  CHECK ((candidate_id IS NULL) <> (staff_id IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX pending_sign_ins_candidate_idx ON pending_sign_ins (candidate_id) WHERE candidate_id IS NOT NULL;
CREATE INDEX pending_sign_ins_staff_idx ON pending_sign_ins (staff_id) WHERE staff_id IS NOT NULL;
CREATE INDEX pending_sign_ins_expired_idx ON pending_sign_ins (expires_at);

-- Failures by what was guessed at. The wait grows and ends by itself; a success, or a day, wipes it out.
-- key: of a known browser its token_hash, of an account its reference in the audit log, of a name that is nobody's an
-- HMAC, so that what strangers typed is kept nowhere.
CREATE TABLE sign_in_brakes (
  key TEXT PRIMARY KEY NOT NULL CHECK (length(key) = 64),
  failures INTEGER NOT NULL,
  last_failed_at INTEGER NOT NULL,
  blocked_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sign_in_brakes_old_idx ON sign_in_brakes (last_failed_at);

-- Browsers in which the candidate has signed in: their failures are counted apart, so that a stranger who keeps
-- guessing cannot keep the holder out.
CREATE TABLE known_browsers (
  token_hash TEXT PRIMARY KEY NOT NULL CHECK (length(token_hash) = 64),
  candidate_id TEXT NOT NULL REFERENCES candidates (id),
  created_at INTEGER NOT NULL,
  last_used_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX known_browsers_candidate_idx ON known_browsers (candidate_id);
CREATE INDEX known_browsers_old_idx ON known_browsers (last_used_at);
