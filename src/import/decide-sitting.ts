import { addDays, type CalendarDate } from '../core/calendar-date.ts'
import type { Exam } from '../program/program.ts'
import { type Decision, decideByTime, type Version } from './decide-row.ts'
import type { Fault } from './row.ts'
import { type Grade, isGraded } from './sitting.ts'

/** What any row about a sitting names: a candidate and an exam, which must be known. */
export type Sitting = { candidateId: string; examCode: string }

export type SittingFacts = {
  exam: Pick<Exam, 'code'> | null
  candidateIsKnown: boolean
  /** Who holds the registration, by whatever told us of it first. */
  holder: string | null
  /** Our exam of the stored row. */
  storedExam: string | null
}

/** Why a row about a sitting cannot be taken as it stands, or null. */
export function faultOfSitting({ candidateId, examCode }: Sitting, facts: SittingFacts): Fault | null {
  if (candidateId === '') return { reason: 'missing_required', message: 'has no candidate ID' }
  if (facts.holder !== null && facts.holder !== candidateId)
    return {
      reason: facts.storedExam === null ? 'candidate_conflict' : 'candidate_changed',
      message: `names candidate ${candidateId}, but the registration is ${facts.holder}'s`,
    }
  if (!facts.candidateIsKnown)
    return { reason: 'unknown_candidate', message: `candidate ${candidateId} is not known yet` }
  if (!facts.exam) return { reason: 'unknown_exam', message: `no exam has the code ${examCode}` }
  if (facts.storedExam !== null && facts.storedExam !== facts.exam.code)
    return {
      reason: 'exam_changed',
      message: `is now for ${facts.exam.code}, before for ${facts.storedExam}`,
    }
  return null
}

type GradedVersion = Version & { grade: Grade }

/** Where a version stands. */
export type Place = { deliveryId: string; member: string; line: number }

/**
 * Decides what a result row does (vendor-feeds 4.2). `incoming.rowHash` is of the result as it would then stand.
 *
 * A grade is never taken back by a row without one, and an older row brings the grade that a newer one lacked:
 * so whatever the order of arrival, the same grade stands in the end. `isDecided`: a person has said that the row
 * counts although it takes a grade back, or repeats another.
 */
export function decideResult(
  incoming: GradedVersion & { examOn: CalendarDate },
  place: Place,
  stored: (GradedVersion & Place) | null,
  today: CalendarDate,
  isDecided = false,
): Decision {
  // The test centre may be a day ahead of the program's own zone.
  if (incoming.examOn > today && incoming.examOn > addDays(today, 1))
    return { fault: { reason: 'future_date', message: `${incoming.examOn} has not come yet` } }

  const decision = decideByTime(incoming, stored)
  if (!stored || decision.outcome === 'unchanged') return decision
  if (decision.outcome === 'superseded')
    return isGraded(incoming) && !isGraded(stored) ? { outcome: 'changed' } : decision

  if (isDecided) return decision
  if (isGraded(stored) && !isGraded(incoming))
    return { fault: { reason: 'regression', message: `was a ${stored.grade}, and now has no grade` } }
  // The very row again, which a later run reads by other settings of its feed, contradicts nothing.
  const isSameRow = stored.member === place.member && stored.line === place.line
  const isSameTime =
    stored.deliveryId === place.deliveryId && stored.vendorTime === incoming.vendorTime && !isSameRow
  if (isGraded(stored) && isSameTime)
    return {
      fault: {
        reason: 'duplicate_in_file',
        message: 'stands in this delivery more than once, with other values',
      },
    }
  return decision
}
