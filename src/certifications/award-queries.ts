import type { Database } from '../core/database.ts'
import type { KeptHolding } from './award-changes.ts'
import { readCandidates, selectCandidates, type Whose } from './candidate-record-queries.ts'
import type { Events, ReachedMilestone } from './evaluated-award.ts'

/** A candidate with all that their awards follow from, and those that are on record. */
export type RecordedCandidate = {
  id: string
  revision: number
  /** Whether their facts have changed since they were last evaluated. */
  isOwed: boolean
  hasAddress: boolean
  events: Events
  milestones: ReachedMilestone[]
  kept: KeptHolding[]
}

/** The rules and these candidates, whether they are owed an evaluation or not: one round trip. */
export function loadCandidatesById(db: Database, ids: readonly string[]) {
  return loadCandidates(db, { idsJson: JSON.stringify(ids) }, ids.length)
}

/** The rules and the first `limit` of those who are asked for: one round trip. */
export async function loadCandidates(db: Database, whose: Whose, limit: number) {
  return readCandidates(await db.batch(selectCandidates(db, whose, limit)))
}
