-- A change of the program while it is written, tried and decided. effective_on: from when it applies; null: from the
-- beginning. version: of the draft, so that nobody overwrites what they have not seen. authors: everybody who wrote on it, as
-- `,1,5,`; whoever applies it is none of them.
CREATE TABLE program_changes (
  id INTEGER PRIMARY KEY,
  submission TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  document TEXT NOT NULL CHECK (json_valid(document)),
  effective_on TEXT CHECK (effective_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  base_version INTEGER NOT NULL REFERENCES program_versions (version),
  version INTEGER NOT NULL DEFAULT 1,
  state TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'applied', 'dropped')),
  made_by INTEGER NOT NULL REFERENCES staff (id),
  made_at INTEGER NOT NULL,
  changed_by INTEGER NOT NULL REFERENCES staff (id),
  authors TEXT NOT NULL CHECK (authors LIKE ',%,'),
  changed_at INTEGER NOT NULL,
  decided_by INTEGER REFERENCES staff (id),
  decided_at INTEGER,
  CHECK ((state = 'draft') = (decided_by IS NULL)),
  CHECK ((state = 'draft') = (decided_at IS NULL)),
  CHECK (state <> 'applied' OR instr(authors, ',' || decided_by || ',') = 0)
) STRICT;
CREATE INDEX program_changes_open_idx ON program_changes (changed_at) WHERE state = 'draft';

-- Everybody is evaluated by the rules: as a trial of a change, of which nothing stays but what it would do, or for good.
-- place: the last candidate who was. deaths: how often it stopped getting on. mails: what became of those that a run wrote.
CREATE TABLE program_runs (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('trial', 'evaluation')),
  change_id INTEGER REFERENCES program_changes (id),
  change_version INTEGER,
  state TEXT NOT NULL DEFAULT 'owed' CHECK (state IN ('owed', 'running', 'done', 'failed', 'stopped')),
  attempt INTEGER NOT NULL DEFAULT 0,
  deaths INTEGER NOT NULL DEFAULT 0,
  place TEXT NOT NULL DEFAULT '',
  total INTEGER NOT NULL,
  done INTEGER NOT NULL DEFAULT 0,
  changed INTEGER NOT NULL DEFAULT 0,
  failing INTEGER NOT NULL DEFAULT 0,
  counts TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(counts)),
  mails TEXT CHECK (mails IN ('held', 'released', 'discarded')),
  owed_at INTEGER NOT NULL,
  moved_at INTEGER NOT NULL,
  finished_at INTEGER,
  CHECK (kind = 'evaluation' OR (change_id IS NOT NULL AND change_version IS NOT NULL)),
  CHECK ((kind = 'evaluation') = (mails IS NOT NULL)),
  CHECK ((state IN ('done', 'failed', 'stopped')) = (finished_at IS NOT NULL))
) STRICT;
CREATE INDEX program_runs_open_idx ON program_runs (id) WHERE state IN ('owed', 'running');
CREATE INDEX program_runs_change_idx ON program_runs (change_id, id);
CREATE INDEX program_runs_mails_idx ON program_runs (id) WHERE mails = 'released';

-- What a run changes or would change; as many as somebody may want to look through.
CREATE TABLE run_effects (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES program_runs (id),
  candidate_id TEXT NOT NULL REFERENCES candidates (id),
  certification TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('earned', 'lost', 'restored', 'merged', 'extended', 'shortened', 'redated')),
  before_on TEXT,
  after_on TEXT
) STRICT;
CREATE INDEX run_effects_run_idx ON run_effects (run_id, kind, id);
CREATE INDEX run_effects_candidate_idx ON run_effects (candidate_id);

-- Mails that a run wrote and that nobody has let go yet: one for each candidate.
CREATE TABLE held_mails (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES program_runs (id),
  candidate_id TEXT NOT NULL REFERENCES candidates (id),
  payload TEXT NOT NULL CHECK (json_valid(payload)),
  UNIQUE (run_id, candidate_id)
) STRICT;
CREATE INDEX held_mails_candidate_idx ON held_mails (candidate_id);
