import type { CalendarDate } from '../core/calendar-date.ts'
import type { ClaimKind, QuestionKind, RequestKind } from '../mail/outbox.ts'
import type { requestStates } from '../schema.ts'
import type { RecordName } from './name.ts'

export type RequestState = (typeof requestStates)[number]

export const nameReasons = ['typo', 'marriage', 'legal', 'other'] as const
export type NameReason = (typeof nameReasons)[number]

/** What is asked, by kind, as requests.details keeps it. */
export type RequestDetails = {
  /** `from` is the name on record when it was asked. */
  name_change: { from: RecordName; to: RecordName; reason: NameReason; explanation: string }
  /** The row of recoveries that waits for a reviewer. */
  address_recovery: { recoveryId: number }
  /** The other record, which is to become one with the candidate's. */
  merge_conflict: { otherId: string }
  /** A course that renews; dates are the program's. */
  course_completion: {
    course: string
    completedOn: CalendarDate
    submittedOn: CalendarDate
    notes: string
  }
  /** A sitting whose result is not here, as far as the candidate knows. The date is that of the exam. */
  missing_result: { exam: string; examOn: CalendarDate; site: string; registrationId: string }
  /** One of the candidate's own results. */
  result_question: { feed: string; registrationId: string; exam: string; examOn: CalendarDate }
  other: { subject: string }
}

/** A request of any kind with the details of that kind. */
export type AskedFor = { [Kind in RequestKind]: { kind: Kind; details: RequestDetails[Kind] } }[RequestKind]

/** A request of one of these kinds is decided: approved or refused. */
export type ClaimFor = { [Kind in ClaimKind]: { kind: Kind; details: RequestDetails[Kind] } }[ClaimKind]

/** A request of one of these kinds is answered. What is asked stands in its first message. */
export type QuestionFor = {
  [Kind in QuestionKind]: { kind: Kind; details: RequestDetails[Kind] }
}[QuestionKind]

export const questionKinds = ['missing_result', 'result_question', 'other'] as const satisfies QuestionKind[]

export function isQuestionKind(kind: RequestKind): kind is QuestionKind {
  return questionKinds.some((one) => one === kind)
}

export function isQuestion<Row extends AskedFor>(row: Row): row is Row & QuestionFor {
  return isQuestionKind(row.kind)
}

export function isClaim<Row extends AskedFor>(row: Row): row is Row & ClaimFor {
  return !isQuestionKind(row.kind)
}

/** Neither decided nor answered nor withdrawn: it is the turn of staff, or of the candidate. */
export function isLive(state: RequestState): boolean {
  return state === 'open' || state === 'waiting'
}

/** What the file that comes with a request is called. */
export function documentOf(kind: RequestKind): 'requests.photo' | 'recertification.document' {
  return kind === 'course_completion' ? 'recertification.document' : 'requests.photo'
}

/** Photos are destroyed with the decision, and after this long in any case. */
export const PHOTO_KEPT_MS = 30 * 86_400_000

export const PHOTO_PREFIX = 'request-files/'

/** What the day on which a request ended is called. */
export function endedAs(state: RequestState) {
  if (state === 'withdrawn') return 'requests.withdrawn'
  return state === 'answered' ? 'requests.answered' : 'requests.column.decided'
}
