-- A version applies from a date of its own; without one, from the beginning. Of versions with the same date the highest
-- stands: it corrects the others. begun_at: when the version became the one that pages show; null while it lies ahead.
ALTER TABLE program_versions ADD COLUMN effective_on TEXT
  CHECK (effective_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]');
ALTER TABLE program_versions ADD COLUMN begun_at INTEGER;
UPDATE program_versions SET begun_at = applied_at;
CREATE INDEX program_versions_begun_idx ON program_versions (effective_on, version) WHERE begun_at IS NOT NULL;

-- From when the award is emeritus, which may lie ahead.
ALTER TABLE awards ADD COLUMN emeritus_on TEXT;

-- What the staff did to an award: kept for good, and an event like any other for the rules. The award is found again by the
-- pass that earned it or by its date then, since results may move it. submission: the form that was sent.
CREATE TABLE award_acts (
  id INTEGER PRIMARY KEY,
  candidate_id TEXT NOT NULL REFERENCES candidates (id),
  award_id INTEGER NOT NULL REFERENCES awards (id),
  kind TEXT NOT NULL CHECK (kind IN ('revoke', 'suspend', 'reinstate', 'extend', 'correct')),
  certification TEXT NOT NULL,
  pass_id INTEGER,
  awarded_on TEXT NOT NULL CHECK (awarded_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  effective_on TEXT NOT NULL CHECK (effective_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  to_awarded_on TEXT CHECK (to_awarded_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  to_expires_on TEXT CHECK (to_expires_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 2000),
  done_by INTEGER NOT NULL REFERENCES staff (id),
  done_at INTEGER NOT NULL,
  submission TEXT NOT NULL UNIQUE,
  CHECK (kind IN ('extend', 'correct') OR (to_awarded_on IS NULL AND to_expires_on IS NULL)),
  CHECK (kind <> 'extend' OR (to_awarded_on IS NULL AND to_expires_on IS NOT NULL)),
  CHECK (kind <> 'correct' OR to_awarded_on IS NOT NULL OR to_expires_on IS NOT NULL)
) STRICT;
CREATE INDEX award_acts_candidate_idx ON award_acts (candidate_id, effective_on);
CREATE INDEX award_acts_award_idx ON award_acts (award_id, done_at);

-- What the staff approved for a candidate, where a certification asks for it.
CREATE TABLE approvals (
  id INTEGER PRIMARY KEY,
  candidate_id TEXT NOT NULL REFERENCES candidates (id),
  approval TEXT NOT NULL,
  approved_on TEXT NOT NULL CHECK (approved_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  note TEXT NOT NULL CHECK (length(note) <= 2000),
  given_by INTEGER NOT NULL REFERENCES staff (id),
  given_at INTEGER NOT NULL,
  withdrawn_by INTEGER REFERENCES staff (id),
  withdrawn_at INTEGER,
  submission TEXT NOT NULL UNIQUE,
  CHECK ((withdrawn_by IS NULL) = (withdrawn_at IS NULL))
) STRICT;
CREATE INDEX approvals_candidate_idx ON approvals (candidate_id);

CREATE TABLE reached_milestones (
  candidate_id TEXT NOT NULL REFERENCES candidates (id),
  milestone TEXT NOT NULL,
  reached_on TEXT NOT NULL CHECK (reached_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  certifications TEXT NOT NULL CHECK (json_valid(certifications)),
  PRIMARY KEY (candidate_id, milestone)
) STRICT, WITHOUT ROWID;

-- What renewed may be an act of the staff, or nothing but the program's own decree.
CREATE TABLE new_renewals (
  award_id INTEGER NOT NULL REFERENCES awards (id),
  renewed_on TEXT NOT NULL,
  rule TEXT NOT NULL,
  result_id INTEGER REFERENCES results (id),
  completion_id INTEGER REFERENCES course_completions (id),
  act_id INTEGER REFERENCES award_acts (id),
  previous_expires_on TEXT NOT NULL,
  expires_on TEXT NOT NULL CHECK (expires_on >= previous_expires_on),
  reason TEXT NOT NULL CHECK (json_valid(reason)),
  CHECK ((result_id IS NOT NULL) + (completion_id IS NOT NULL) + (act_id IS NOT NULL) <= 1)
) STRICT;
INSERT INTO new_renewals (award_id, renewed_on, rule, result_id, completion_id, previous_expires_on, expires_on, reason)
SELECT award_id, renewed_on, rule, result_id, completion_id, previous_expires_on, expires_on, reason FROM renewals;
DROP TABLE renewals;
ALTER TABLE new_renewals RENAME TO renewals;
CREATE UNIQUE INDEX renewals_award_idx
  ON renewals (award_id, renewed_on, rule, ifnull(result_id, 0), ifnull(completion_id, 0), ifnull(act_id, 0));
