import { readRecord, selectMilestones, selectRecord } from '../certifications/status-queries.ts'
import type { CalendarDate } from '../core/calendar-date.ts'
import type { Database } from '../core/database.ts'
import { examStatements, readExams } from '../exams/queries.ts'
import { selectMergedInto, selectName } from './candidate-queries.ts'

/**
 * What the Status and Exams pages of a candidate are made of, by their own questions: one round trip. For an ID that
 * was merged into another: that other.
 */
export async function findCandidatesView(
  db: Database,
  asked: { candidateId: string; today: CalendarDate; page: number; pageSize: number },
) {
  const { candidateId } = asked
  const [people, merged, versions, awards, sat, completions, approvals, acts, milestones, ...exams] =
    await db.batch([
      selectName(db, candidateId),
      selectMergedInto(db, candidateId),
      ...selectRecord(db, candidateId),
      selectMilestones(db, candidateId),
      ...examStatements(db, asked),
    ])
  const [person] = people
  if (person === undefined) return merged[0] ?? null
  const record = readRecord({ versions, awards, sat, completions, approvals, acts })
  return { person, record: { ...record, milestones }, ...readExams(exams) }
}
