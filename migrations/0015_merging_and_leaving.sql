-- An ID that once was a candidate of its own. It is still on paper and in feeds, and leads to the one that stayed.
CREATE TABLE candidate_aliases (
  alias_id TEXT PRIMARY KEY NOT NULL CHECK (length(alias_id) BETWEEN 1 AND 50),
  candidate_id TEXT NOT NULL REFERENCES candidates (id),
  full_name TEXT NOT NULL,
  merged_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX candidate_aliases_candidate_idx ON candidate_aliases (candidate_id);

-- Whatever was set aside about a person, to follow them to another record, or to go with them.
CREATE INDEX quarantined_rows_person_idx ON quarantined_rows (candidate_id) WHERE candidate_id IS NOT NULL;

-- The signed-in candidate has proved that another record is theirs, too.
CREATE TABLE merge_proofs (
  id INTEGER PRIMARY KEY,
  candidate_id TEXT NOT NULL REFERENCES candidates (id),
  other_id TEXT NOT NULL REFERENCES candidates (id),
  proved_by TEXT NOT NULL CHECK (proved_by IN ('link', 'password')),
  proved_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  CHECK (candidate_id <> other_id)
) STRICT;

CREATE UNIQUE INDEX merge_proofs_pair_idx ON merge_proofs (candidate_id, other_id);
CREATE INDEX merge_proofs_other_idx ON merge_proofs (other_id);

CREATE TABLE data_exports (
  id INTEGER PRIMARY KEY,
  candidate_id TEXT NOT NULL REFERENCES candidates (id),
  asked_at INTEGER NOT NULL,
  claimed_at INTEGER,
  ready_at INTEGER,
  object_key TEXT,
  bytes INTEGER,
  downloaded_at INTEGER,
  expires_at INTEGER NOT NULL,
  gone_at INTEGER,
  CHECK ((ready_at IS NULL) = (object_key IS NULL))
) STRICT;

CREATE UNIQUE INDEX data_exports_pending_idx ON data_exports (candidate_id) WHERE ready_at IS NULL AND gone_at IS NULL;
CREATE INDEX data_exports_candidate_idx ON data_exports (candidate_id);
CREATE INDEX data_exports_kept_idx ON data_exports (expires_at) WHERE gone_at IS NULL;

-- Candidate IDs whose account was closed, as an HMAC: rows about them that were written before are not taken in again.
CREATE TABLE closed_candidates (
  id_hmac TEXT PRIMARY KEY NOT NULL CHECK (length(id_hmac) = 64),
  closed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Lines of closed accounts are blanked in what arrived, too. redacted_at: this happened to the object; sha256 is still
-- that of what was received, and bytes what the object has now. cleared_through: the last entry `account.closed` of
-- the audit log when the object was looked through; with a later one it is due again.
ALTER TABLE deliveries ADD COLUMN redacted_at INTEGER;
ALTER TABLE deliveries ADD COLUMN cleared_through INTEGER NOT NULL DEFAULT 0;

CREATE INDEX deliveries_uncleared_idx ON deliveries (cleared_through);
