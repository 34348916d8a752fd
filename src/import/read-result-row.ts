import type { CalendarDate } from '../core/calendar-date.ts'
import { ok, type Result, refuse } from '../core/result.ts'
import { deliveryOutcomes, grades, validities } from '../schema.ts'
import { orNull, readBoolean, readInstant, readNumber, readWallClock } from './cells.ts'
import type { Feed } from './feeds.ts'
import { addDescription, type Named } from './read-named.ts'
import type { Fault, RowReading } from './row.ts'
import { type Outcome, sittingKey, UNNUMBERED, type Validity } from './sitting.ts'

/**
 * A row about one sitting. `validity` is null where the layout has no word for it; `registrationId` is blank where the
 * vendor has no registrations, and the zone is left out where the row names none.
 */
export type ResultFields = Named &
  Outcome & {
    examCode: string
    examOn: CalendarDate
    examTime: string | null
    timeZone?: string
    validity: Validity | null
    score: string | null
    passingScore: string | null
    form: string | null
    language: string | null
    attempt: number | null
    siteCode: string | null
    modifiedAt: number | null
  }

type Cell = (column: string) => string

const REQUIRED = [
  ['registrationId', 'RegistrationID'],
  ['examCode', 'exam code'],
  ['examAt', 'exam date'],
] as const

/**
 * Reads EXAM rows of either layout, no-shows, and rows of `results.csv`, whose columns tell them apart. Only a table
 * without a column of registrations may do without them.
 */
export function readResultRow(cell: Cell, feed: Feed, hasRegistrations = true): RowReading<ResultFields> {
  if (feed.notAnExam?.test(cell('title')))
    return refuse({ reason: 'not_a_result', message: 'is the review of an earlier exam' })
  if (cell('status').toLowerCase() === 'deleted')
    return refuse({ reason: 'deleted', message: 'the vendor deleted it; nothing is deleted here' })
  for (const [column, name] of REQUIRED)
    if (cell(column) === '' && (hasRegistrations || column !== 'registrationId'))
      return refuse({ reason: 'missing_required', message: `has no ${name}` })
  if (cell('registrationId').startsWith(UNNUMBERED))
    return refuse({ reason: 'bad_columns', message: 'has a RegistrationID that begins as only ours do' })

  const exam = readWallClock(cell('examAt'), feed.dateFormats)
  if (!exam) return refuse({ reason: 'bad_date', message: `"${cell('examAt')}" is not a date of this feed` })
  const attempt = cell('attempt')
  if (!/^\d{0,4}$/.test(attempt))
    return refuse({ reason: 'bad_number', message: `attempt "${attempt}" is not a number` })
  const validity = cell('validity').toLowerCase()
  if (validity !== '' && !isOneOf(validities, validity))
    return refuse({ reason: 'unknown_grade', message: `validity "${validity}" is not known` })

  const outcome = cell('delivery') === '' ? derivedOutcome(cell, feed) : saidOutcome(cell)
  if (!outcome.ok) return outcome

  const [score, passingScore] = [
    readNumber(cell('score'), feed.decimalSign),
    readNumber(cell('passingScore'), feed.decimalSign),
  ]
  const fields: ResultFields = {
    registrationId: cell('registrationId'),
    candidateId: cell('candidateId'),
    examCode: cell('examCode'),
    examOn: exam.on,
    examTime: exam.time,
    delivery: outcome.value.delivery,
    grade: outcome.value.grade,
    validity: isOneOf(validities, validity) ? validity : null,
    score: score.said,
    passingScore: passingScore.said,
    form: orNull(cell('form')),
    language: orNull(cell('language')),
    attempt: attempt === '' ? null : Number(attempt),
    siteCode: orNull(cell('siteCode')),
    clientAuthorizationId: orNull(cell('clientAuthorizationId')),
    modifiedAt: readInstant(cell('modifiedAt')),
  }
  addDescription(fields, cell)
  const timeZone = cell('timeZone')
  if (timeZone !== '') fields.timeZone = timeZone
  const remarks = isOfPassingScore(cell, feed) ? disagreement(fields, score.value, passingScore.value) : []
  return ok({ fields, remarks })
}

/** What tells one sitting from another, as the row has it. */
export function keyOfResult(fields: ResultFields): string {
  if (fields.registrationId !== '') return fields.registrationId
  return sittingKey(fields.candidateId || `vendor ${fields.vendorCandidateId}`, fields)
}

/** A passing score is on the exam's scale: points and per cent say nothing beside it. */
function isOfPassingScore(cell: Cell, feed: Feed): boolean {
  return (cell('scoreScale').toLowerCase() || feed.scoreMeaning) === 'scaled'
}

/** The neutral format says delivery and grade each for itself. */
function saidOutcome(cell: Cell): Result<Outcome, Fault> {
  const delivery = cell('delivery').toLowerCase()
  const grade = cell('grade').toLowerCase() || 'none'
  if (!isOneOf(deliveryOutcomes, delivery))
    return refuse({ reason: 'unknown_grade', message: `delivery "${delivery}" is not known` })
  if (!isOneOf(grades, grade))
    return refuse({ reason: 'unknown_grade', message: `grade "${grade}" is not known` })
  return consistent({ delivery, grade })
}

function derivedOutcome(cell: Cell, feed: Feed): Result<Outcome, Fault> {
  const noShow = readBoolean(cell('noShow'))
  const ndaRefused = readBoolean(cell('ndaRefused'))
  if (noShow === undefined || ndaRefused === undefined) {
    const column = noShow === undefined ? 'noShow' : 'ndaRefused'
    return refuse({ reason: 'bad_boolean', message: `"${cell(column)}" is neither true nor false` })
  }

  const text = cell('grade').toLowerCase()
  // A grade may be called as something that every object has.
  const graded = Object.hasOwn(feed.grades, text) ? feed.grades[text] : undefined
  if (text !== '' && !graded)
    return refuse({ reason: 'unknown_grade', message: `grade "${cell('grade')}" is not known` })
  if (noShow) return consistent({ delivery: 'no_show', grade: graded?.grade ?? 'none' })
  if (ndaRefused) return consistent({ delivery: 'nda_refused', grade: graded?.grade ?? 'none' })
  return graded
    ? ok(graded)
    : refuse({ reason: 'missing_required', message: 'has neither a grade nor a no-show' })
}

function consistent(outcome: Outcome): Result<Outcome, Fault> {
  const { delivery, grade } = outcome
  return grade === 'none' || delivery === 'delivered'
    ? ok(outcome)
    : refuse({ reason: 'unknown_grade', message: `says ${delivery} and ${grade} at once` })
}

/** The vendor's grade counts, whatever the score says; that they disagree is worth telling. */
function disagreement(
  { grade, score, passingScore }: ResultFields,
  reached: number | null,
  needed: number | null,
): Fault[] {
  if (reached === null || needed === null) return []
  const disagrees = grade === 'pass' ? reached < needed : grade === 'fail' && reached >= needed
  return disagrees
    ? [{ reason: 'grade_score_disagree', message: `is a ${grade} with ${score} of ${passingScore}` }]
    : []
}

function isOneOf<Value extends string>(values: readonly Value[], text: string): text is Value {
  return (values as readonly string[]).includes(text)
}
