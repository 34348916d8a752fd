-- Links by mail do more than choose a password now, and not every mail goes to a candidate.
-- data: what the link is about, as it stood in the mail's payload.

CREATE TABLE new_access_links (
  token_hash TEXT PRIMARY KEY NOT NULL CHECK (length(token_hash) = 64),
  candidate_id TEXT REFERENCES candidates (id),
  purpose TEXT NOT NULL CHECK (purpose IN (
    'activation', 'password_reset', 'address_confirmation', 'address_undo', 'recovery_confirmation',
    'recovery_stop', 'merge_proof', 'data_export', 'staff_invitation')),
  sent_to TEXT NOT NULL,
  data TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(data)),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT, WITHOUT ROWID;

INSERT INTO new_access_links (token_hash, candidate_id, purpose, sent_to, created_at, expires_at, used_at)
SELECT token_hash, candidate_id, purpose, sent_to, created_at, expires_at, used_at FROM access_links;
DROP TABLE access_links;
ALTER TABLE new_access_links RENAME TO access_links;

CREATE INDEX access_links_candidate_idx ON access_links (candidate_id);
CREATE INDEX access_links_expired_idx ON access_links (expires_at);

-- urgent: somebody waits in front of the screen for it.
CREATE TABLE new_mail_outbox (
  id INTEGER PRIMARY KEY,
  dedupe_key TEXT NOT NULL UNIQUE,
  template TEXT NOT NULL,
  candidate_id TEXT REFERENCES candidates (id),
  recipient TEXT,
  payload TEXT NOT NULL CHECK (json_valid(payload)),
  urgent INTEGER NOT NULL DEFAULT 0 CHECK (urgent IN (0, 1)),
  owed_at INTEGER NOT NULL,
  send_after INTEGER NOT NULL,
  queued_at INTEGER,
  attempts INTEGER NOT NULL DEFAULT 0,
  sent_at INTEGER,
  given_up_at INTEGER,
  last_error TEXT,
  CHECK (sent_at IS NULL OR given_up_at IS NULL),
  CHECK (candidate_id IS NOT NULL OR recipient IS NOT NULL)
) STRICT;

INSERT INTO new_mail_outbox (id, dedupe_key, template, candidate_id, recipient, payload, urgent, owed_at, send_after,
  queued_at, attempts, sent_at, given_up_at, last_error)
SELECT id, dedupe_key, template, candidate_id, recipient, payload, template = 'access_link', owed_at, send_after,
  queued_at, attempts, sent_at, given_up_at, last_error FROM mail_outbox;
DROP TABLE mail_outbox;
ALTER TABLE new_mail_outbox RENAME TO mail_outbox;

CREATE INDEX mail_outbox_due_idx ON mail_outbox (send_after, id) WHERE sent_at IS NULL AND given_up_at IS NULL;
CREATE INDEX mail_outbox_urgent_idx ON mail_outbox (send_after, id)
  WHERE urgent = 1 AND sent_at IS NULL AND given_up_at IS NULL;
CREATE INDEX mail_outbox_candidate_idx ON mail_outbox (candidate_id) WHERE candidate_id IS NOT NULL;
