-- A mail about a request carries a link by which its reader replies. A table with a CHECK is made anew to change it.
CREATE TABLE new_access_links (
  token_hash TEXT PRIMARY KEY NOT NULL CHECK (length(token_hash) = 64),
  candidate_id TEXT REFERENCES candidates (id),
  purpose TEXT NOT NULL CHECK (purpose IN (
    'activation', 'password_reset', 'address_confirmation', 'address_undo', 'recovery_confirmation',
    'recovery_stop', 'merge_proof', 'request_reply', 'data_export', 'staff_invitation')),
  sent_to TEXT NOT NULL,
  data TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(data)),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT, WITHOUT ROWID;

INSERT INTO new_access_links (token_hash, candidate_id, purpose, sent_to, data, created_at, expires_at, used_at)
SELECT token_hash, candidate_id, purpose, sent_to, data, created_at, expires_at, used_at FROM access_links;
DROP TABLE access_links;
ALTER TABLE new_access_links RENAME TO access_links;

CREATE INDEX access_links_candidate_idx ON access_links (candidate_id);
CREATE INDEX access_links_expired_idx ON access_links (expires_at);
