-- Who did what, for ever: every security event and every action of staff. Entries hold no names, addresses or
-- candidate IDs: a person stands here as a random `ref`, and who that is stands in audit_subjects, which closing an
-- account empties. An entry is written in the batch of what it tells of; its hash, over itself and the hash before
-- it, follows with the next tick. Nothing else about an entry can ever change.

CREATE TABLE audit_subjects (
  ref TEXT PRIMARY KEY NOT NULL CHECK (length(ref) = 32),
  candidate_id TEXT NOT NULL REFERENCES candidates (id)
) STRICT, WITHOUT ROWID;

CREATE INDEX audit_subjects_candidate_idx ON audit_subjects (candidate_id, ref);

CREATE TABLE audit_log (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL CHECK (actor IN ('candidate', 'nobody', 'system') OR actor GLOB 'staff:[0-9]*'),
  action TEXT NOT NULL,
  subject TEXT CHECK (subject IS NULL OR length(subject) = 32),
  details TEXT NOT NULL CHECK (json_valid(details)),
  hash TEXT CHECK (hash IS NULL OR length(hash) = 64)
) STRICT;

CREATE INDEX audit_log_subject_idx ON audit_log (subject, seq) WHERE subject IS NOT NULL;
CREATE INDEX audit_log_action_idx ON audit_log (action, seq);
CREATE INDEX audit_log_actor_idx ON audit_log (actor, seq);
CREATE INDEX audit_log_unsealed_idx ON audit_log (seq) WHERE hash IS NULL;

CREATE TRIGGER audit_log_kept BEFORE DELETE ON audit_log
BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;

CREATE TRIGGER audit_log_unchanged BEFORE UPDATE ON audit_log
WHEN OLD.hash IS NOT NULL OR NEW.seq IS NOT OLD.seq OR NEW.at IS NOT OLD.at OR NEW.actor IS NOT OLD.actor
  OR NEW.action IS NOT OLD.action OR NEW.subject IS NOT OLD.subject OR NEW.details IS NOT OLD.details
BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;
