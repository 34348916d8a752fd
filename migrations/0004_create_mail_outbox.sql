-- Mail is owed in the same batch as the change it announces; a queue consumer sends it.
-- dedupe_key is what stops one announcement from being owed twice.

CREATE TABLE mail_outbox (
  id INTEGER PRIMARY KEY,
  dedupe_key TEXT NOT NULL UNIQUE,
  template TEXT NOT NULL,
  candidate_id TEXT NOT NULL REFERENCES candidates (id),
  recipient TEXT,
  payload TEXT NOT NULL CHECK (json_valid(payload)),
  owed_at INTEGER NOT NULL,
  send_after INTEGER NOT NULL,
  queued_at INTEGER,
  attempts INTEGER NOT NULL DEFAULT 0,
  sent_at INTEGER,
  given_up_at INTEGER,
  last_error TEXT,
  CHECK (sent_at IS NULL OR given_up_at IS NULL)
) STRICT;

CREATE INDEX mail_outbox_due_idx ON mail_outbox (send_after, id) WHERE sent_at IS NULL AND given_up_at IS NULL;

-- Somebody waits in front of the screen for these: they never stand behind an import's announcements.
CREATE INDEX mail_outbox_urgent_idx ON mail_outbox (send_after, id)
  WHERE template = 'access_link' AND sent_at IS NULL AND given_up_at IS NULL;
