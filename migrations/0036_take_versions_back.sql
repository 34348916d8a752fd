-- Which change a version came of, and who put it in force; null where that was done by command. withdraws: nothing begins
-- on that day any more: the version of that day is taken back before it began.
ALTER TABLE program_versions ADD COLUMN change_id INTEGER REFERENCES program_changes (id);
ALTER TABLE program_versions ADD COLUMN applied_by INTEGER REFERENCES staff (id);
ALTER TABLE program_versions ADD COLUMN withdraws INTEGER NOT NULL DEFAULT 0
  CHECK (withdraws IN (0, 1) AND (withdraws = 0 OR (effective_on IS NOT NULL AND begun_at IS NULL)));

UPDATE program_versions SET
  change_id = (SELECT id FROM program_changes WHERE state = 'applied' AND decided_at = program_versions.applied_at),
  applied_by = (SELECT decided_by FROM program_changes WHERE state = 'applied' AND decided_at = program_versions.applied_at);

CREATE UNIQUE INDEX program_versions_change_idx ON program_versions (change_id) WHERE change_id IS NOT NULL;

-- How many mails a run wrote, so that no page has to count them.
ALTER TABLE program_runs ADD COLUMN mails_written INTEGER NOT NULL DEFAULT 0;
UPDATE program_runs SET mails_written = (SELECT count(*) FROM held_mails WHERE run_id = program_runs.id)
  WHERE mails = 'held';
CREATE INDEX program_runs_discarded_idx ON program_runs (id) WHERE mails = 'discarded';
CREATE INDEX program_runs_failed_idx ON program_runs (id) WHERE kind = 'evaluation' AND state = 'failed';

CREATE INDEX program_changes_decided_idx ON program_changes (decided_at) WHERE state <> 'draft';
