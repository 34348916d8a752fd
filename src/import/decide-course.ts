import { addDays, type CalendarDate } from '../core/calendar-date.ts'
import type { Course } from '../program/program.ts'
import type { Fault } from './row.ts'

type Completed = { candidateId: string; courseCode: string; completedOn: CalendarDate }

export type CompletedFacts = {
  course: Pick<Course, 'code'> | null
  candidateIsKnown: boolean
  /** Whose the enrolment is, where a row told of it before. */
  holder: string | null
}

/** Why a row about a completed course cannot be taken as it stands, or null. */
export function faultOfCourse(
  { candidateId, courseCode, completedOn }: Completed,
  { course, candidateIsKnown, holder }: CompletedFacts,
  today: CalendarDate,
): Fault | null {
  if (candidateId === '') return { reason: 'missing_required', message: 'has no candidate ID' }
  if (holder !== null && holder !== candidateId)
    return {
      reason: 'candidate_changed',
      message: `names candidate ${candidateId}, but the registration is ${holder}'s`,
    }
  if (!candidateIsKnown)
    return { reason: 'unknown_candidate', message: `candidate ${candidateId} is not known yet` }
  if (course === null) return { reason: 'unknown_course', message: `no course has the code ${courseCode}` }
  // Where the course was held it may be a day later than in the program's own zone.
  if (completedOn > addDays(today, 1))
    return { reason: 'future_date', message: `${completedOn} has not come yet` }
  return null
}
