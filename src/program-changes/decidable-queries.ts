import { sql } from 'drizzle-orm'
import { DATABASE_CLOCK } from '../core/database.ts'

/** What a dry run found a day ago may be otherwise by now: results come in, and certifications expire. */
const TRIAL_LASTS_MS = 24 * 3_600_000

/** The version by which a change's own first day is judged, or would be without it. */
export const versionOfItsDay = sql`(
  SELECT standing.version FROM program_versions AS standing
  WHERE (standing.effective_on IS NULL OR standing.effective_on <= program_changes.effective_on)
    AND standing.withdraws = 0
    AND standing.version = (
      SELECT MAX(same.version) FROM program_versions AS same WHERE same.effective_on IS standing.effective_on)
  ORDER BY standing.effective_on DESC LIMIT 1)`

/** True of a change whose version of origin nobody has replaced, and which no other has come to follow before it does. */
export const startsFromWhatStands = sql`program_changes.base_version = ${versionOfItsDay}`

/** True of a change that was tried as it is, on everybody, lately, and by the versions as they are. */
export const isFreshlyTried = sql`EXISTS (
  SELECT 1 FROM program_runs AS trial
  WHERE trial.change_id = program_changes.id AND trial.change_version = program_changes.version
    AND trial.kind = 'trial' AND trial.state = 'done'
    AND trial.finished_at > ${DATABASE_CLOCK} - ${TRIAL_LASTS_MS}
    AND trial.owed_at >= (SELECT MAX(applied_at) FROM program_versions))`

/**
 * The run by which everybody still has to be evaluated by the rules as they are: one under way, or one that was given up and
 * that no other has made good since. What another change does could not be told apart from what this one has left to do.
 */
export const openEvaluation = sql`(
  SELECT MAX(id) FROM (
    SELECT id FROM program_runs WHERE state IN ('owed', 'running') AND kind = 'evaluation'
    UNION ALL
    SELECT id FROM program_runs AS failed WHERE kind = 'evaluation' AND state = 'failed' AND NOT EXISTS (
      SELECT 1 FROM program_runs AS later
      WHERE later.id > failed.id AND later.kind = 'evaluation' AND later.state = 'done')))`

export const nobodyIsEvaluated = sql`${openEvaluation} IS NULL`
