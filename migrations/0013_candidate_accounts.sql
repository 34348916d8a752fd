-- What candidates themselves say and decide.

ALTER TABLE candidates ADD COLUMN birth_on TEXT
  CHECK (birth_on IS NULL OR birth_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]');
-- Set when staff changed the name, or the candidate the native one: feeds then leave it alone.
ALTER TABLE candidates ADD COLUMN name_decided_at INTEGER;
ALTER TABLE candidates ADD COLUMN native_name_edited_at INTEGER;
-- When the candidate last said that their information is right.
ALTER TABLE candidates ADD COLUMN reviewed_at INTEGER;
-- When we last reminded them to look.
ALTER TABLE candidates ADD COLUMN reminded_at INTEGER;
ALTER TABLE candidates ADD COLUMN notify_results INTEGER NOT NULL DEFAULT 1 CHECK (notify_results IN (0, 1));
ALTER TABLE candidates ADD COLUMN notify_awards INTEGER NOT NULL DEFAULT 1 CHECK (notify_awards IN (0, 1));
ALTER TABLE candidates ADD COLUMN notify_reminders INTEGER NOT NULL DEFAULT 1 CHECK (notify_reminders IN (0, 1));
ALTER TABLE candidates ADD COLUMN directory_opt_in INTEGER NOT NULL DEFAULT 0 CHECK (directory_opt_in IN (0, 1));
-- The version of the candidate agreement that was accepted last; agreement_acceptances has them all.
ALTER TABLE candidates ADD COLUMN agreed_version TEXT;
-- The account closes then, unless its holder changes their mind.
ALTER TABLE candidates ADD COLUMN closes_at INTEGER;
ALTER TABLE candidates ADD COLUMN closing_keeps_verification INTEGER NOT NULL DEFAULT 0
  CHECK (closing_keeps_verification IN (0, 1));
-- The person is gone from this row; what results and audit need of it stays.
ALTER TABLE candidates ADD COLUMN erased_at INTEGER;
-- The names under which search finds this candidate; other than the current ones: due to be indexed.
ALTER TABLE candidates ADD COLUMN searched_as TEXT;

CREATE INDEX candidates_review_idx ON candidates (max(coalesce(reviewed_at, created_at), coalesce(reminded_at, 0)));
CREATE INDEX candidates_closing_idx ON candidates (closes_at) WHERE closes_at IS NOT NULL;
CREATE INDEX candidates_unsearchable_idx ON candidates (id)
  WHERE searched_as IS NOT full_name || char(10) || coalesce(native_name, '');

-- A word of a name, folded; search is by how words begin.
CREATE TABLE name_words (
  word TEXT NOT NULL,
  candidate_id TEXT NOT NULL REFERENCES candidates (id),
  PRIMARY KEY (word, candidate_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX name_words_candidate_idx ON name_words (candidate_id);

CREATE TABLE agreement_acceptances (
  candidate_id TEXT NOT NULL REFERENCES candidates (id),
  version TEXT NOT NULL,
  accepted_at INTEGER NOT NULL,
  PRIMARY KEY (candidate_id, version)
) STRICT, WITHOUT ROWID;

-- source: who said that this address is theirs.
ALTER TABLE candidate_emails ADD COLUMN source TEXT NOT NULL DEFAULT 'feed'
  CHECK (source IN ('feed', 'candidate', 'recovery'));
ALTER TABLE candidate_emails ADD COLUMN added_at INTEGER NOT NULL DEFAULT 0;

-- The primary address was changed; until undo_until the old one can take that back, and cannot be removed.
CREATE TABLE primary_changes (
  id INTEGER PRIMARY KEY,
  candidate_id TEXT NOT NULL REFERENCES candidates (id),
  from_normalized TEXT NOT NULL,
  to_normalized TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  undo_until INTEGER NOT NULL,
  undone_at INTEGER
) STRICT;

CREATE INDEX primary_changes_candidate_idx ON primary_changes (candidate_id, undo_until);

-- "I can't reach my e-mail any more." candidate_id is null for an ID that is nobody's.
-- proof: registration or certification number with birth date, or photo ID seen by staff, or nothing that matched.
CREATE TABLE recoveries (
  id INTEGER PRIMARY KEY,
  candidate_id TEXT REFERENCES candidates (id),
  new_address TEXT NOT NULL,
  new_normalized TEXT NOT NULL,
  proof TEXT NOT NULL CHECK (proof IN ('none', 'number_and_birth', 'photo_id')),
  asked_at INTEGER NOT NULL,
  confirmed_at INTEGER,
  effective_at INTEGER,
  stopped_at INTEGER,
  done_at INTEGER,
  CHECK (effective_at IS NULL OR (confirmed_at IS NOT NULL AND proof <> 'none' AND candidate_id IS NOT NULL)),
  CHECK (stopped_at IS NULL OR done_at IS NULL)
) STRICT;

CREATE INDEX recoveries_candidate_idx ON recoveries (candidate_id) WHERE candidate_id IS NOT NULL;
CREATE INDEX recoveries_due_idx ON recoveries (effective_at)
  WHERE effective_at IS NOT NULL AND stopped_at IS NULL AND done_at IS NULL;
