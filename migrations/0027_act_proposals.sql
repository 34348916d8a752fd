-- What one of the staff proposes to do to many awards at once, and another confirms. The awards stand in it by their rows:
-- what was proposed must name nobody when an account is closed.
CREATE TABLE act_proposals (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('revoke', 'suspend', 'reinstate', 'extend')),
  effective_on TEXT NOT NULL CHECK (effective_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  to_expires_on TEXT CHECK (to_expires_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 2000),
  award_ids TEXT NOT NULL CHECK (json_type(award_ids) = 'array' AND json_array_length(award_ids) BETWEEN 1 AND 500),
  state TEXT NOT NULL CHECK (state IN ('proposed', 'confirmed', 'dropped')),
  proposed_by INTEGER NOT NULL REFERENCES staff (id),
  proposed_at INTEGER NOT NULL,
  decided_by INTEGER REFERENCES staff (id),
  decided_at INTEGER,
  submission TEXT NOT NULL UNIQUE,
  CHECK ((kind = 'extend') = (to_expires_on IS NOT NULL)),
  CHECK ((state = 'proposed') = (decided_by IS NULL) AND (state = 'proposed') = (decided_at IS NULL)),
  CHECK (state <> 'confirmed' OR decided_by <> proposed_by)
) STRICT;
CREATE INDEX act_proposals_open_idx ON act_proposals (id) WHERE state = 'proposed';

-- Whose printed dates were changed lately.
CREATE INDEX award_acts_dates_idx ON award_acts (done_at) WHERE kind IN ('extend', 'correct');
