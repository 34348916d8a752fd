-- A candidate's holding of a certification. Dates follow the rules and may be corrected by a late result;
-- the number and the verification code stay, because they are on paper.

CREATE TABLE awards (
  id INTEGER PRIMARY KEY,
  candidate_id TEXT NOT NULL REFERENCES candidates (id),
  certification TEXT NOT NULL,
  awarded_on TEXT NOT NULL CHECK (awarded_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  expires_on TEXT CHECK (expires_on IS NULL OR expires_on >= awarded_on),
  number TEXT NOT NULL UNIQUE,
  verification_code TEXT NOT NULL UNIQUE CHECK (length(verification_code) = 16),
  reason TEXT NOT NULL CHECK (json_valid(reason)),
  suspended_on TEXT,
  revoked_on TEXT,
  superseded_by INTEGER REFERENCES awards (id),
  created_at INTEGER NOT NULL
) STRICT;

-- One live holding per certification and date; a holding that a late result merged into an earlier one
-- keeps its row, so that its code still verifies.
CREATE UNIQUE INDEX awards_holding_idx ON awards (candidate_id, certification, awarded_on) WHERE superseded_by IS NULL;
-- Whoever is evaluated anew may find that merged holdings part again.
CREATE INDEX awards_merged_idx ON awards (candidate_id) WHERE superseded_by IS NOT NULL;

CREATE TABLE renewals (
  award_id INTEGER NOT NULL REFERENCES awards (id),
  renewed_on TEXT NOT NULL,
  rule TEXT NOT NULL,
  result_id INTEGER NOT NULL REFERENCES results (id),
  previous_expires_on TEXT NOT NULL,
  expires_on TEXT NOT NULL CHECK (expires_on >= previous_expires_on),
  reason TEXT NOT NULL CHECK (json_valid(reason)),
  PRIMARY KEY (award_id, renewed_on, rule, result_id)
) STRICT, WITHOUT ROWID;
