import { selectAwards, selectCompletions, selectPasses } from '../certifications/status-queries.ts'
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
  const [people, merged, awards, passes, completions, ...exams] = await db.batch([
    selectName(db, candidateId),
    selectMergedInto(db, candidateId),
    selectAwards(db, candidateId),
    selectPasses(db, candidateId),
    selectCompletions(db, candidateId),
    ...examStatements(db, asked),
  ])
  const [person] = people
  if (person === undefined) return merged[0] ?? null
  return { person, record: { awards, passes, completions }, ...readExams(exams) }
}
