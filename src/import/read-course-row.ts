import type { CalendarDate } from '../core/calendar-date.ts'
import { ok, refuse } from '../core/result.ts'
import { courseValidities } from '../schema.ts'
import { readInstant, readWallClock } from './cells.ts'
import type { Feed } from './feeds.ts'
import { addDescription, type Named } from './read-named.ts'
import type { RowReading } from './row.ts'
import { isUnnumbered } from './sitting.ts'

export type CourseValidity = (typeof courseValidities)[number]

/**
 * A course that somebody completed. `enrolmentId` is blank where whoever holds the course has no number for it, and
 * `validity` is null where the row says nothing of that.
 */
export type CourseFields = Pick<Named, 'candidateId' | 'vendorCandidateId' | 'person'> & {
  enrolmentId: string
  courseCode: string
  completedOn: CalendarDate
  validity: CourseValidity | null
  modifiedAt: number | null
}

const LONGEST_ENROLMENT = 100
const REQUIRED = { courseCode: 'course code', completedOn: 'last day of the course' } as const

/** Reads a row of `courses.csv`. */
export function readCourseRow(
  cell: (column: string) => string,
  { dateFormats }: Pick<Feed, 'dateFormats'>,
): RowReading<CourseFields> {
  if (cell('status').toLowerCase() === 'deleted')
    return refuse({ reason: 'deleted', message: 'the vendor deleted it; nothing is deleted here' })
  for (const [column, name] of Object.entries(REQUIRED))
    if (cell(column) === '') return refuse({ reason: 'missing_required', message: `has no ${name}` })
  const enrolmentId = cell('enrolmentId')
  if (enrolmentId.length > LONGEST_ENROLMENT || isUnnumbered(enrolmentId))
    return refuse({
      reason: 'bad_columns',
      message: 'has an enrolment that is too long, or begins as only ours do',
    })

  const completed = readWallClock(cell('completedOn'), dateFormats)
  if (!completed)
    return refuse({ reason: 'bad_date', message: `"${cell('completedOn')}" is not a date of this feed` })
  const validity = courseValidities.find((known) => known === cell('validity').toLowerCase()) ?? null
  if (validity === null && cell('validity') !== '')
    return refuse({ reason: 'unknown_state', message: `validity "${cell('validity')}" is not known` })

  const fields: CourseFields = {
    enrolmentId,
    candidateId: cell('candidateId'),
    courseCode: cell('courseCode'),
    completedOn: completed.on,
    validity,
    modifiedAt: readInstant(cell('modifiedAt')),
  }
  addDescription(fields, cell)
  return ok({ fields, remarks: [] })
}

/** What tells one completion from another, as the row has it. */
export function keyOfCourse(fields: CourseFields): string {
  const { enrolmentId, candidateId, vendorCandidateId, courseCode, completedOn } = fields
  if (enrolmentId !== '') return enrolmentId
  return completionKey({
    candidateId: candidateId || `vendor ${vendorCandidateId}`,
    course: courseCode,
    completedOn,
  })
}

/** By this a completion without an enrolment is known again: who, what and when. */
export function completionKey(completion: {
  candidateId: string
  course: string
  completedOn: CalendarDate
}): string {
  const { candidateId, course, completedOn } = completion
  return JSON.stringify([candidateId, course.trim().toUpperCase(), completedOn])
}
