import type { CalendarDate } from '../core/calendar-date.ts'
import type { RequestKind } from '../mail/outbox.ts'
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
}

/** A request of any kind with the details of that kind. */
export type AskedFor = { [Kind in RequestKind]: { kind: Kind; details: RequestDetails[Kind] } }[RequestKind]

/** What the file that comes with a request is called. */
export function documentOf(kind: RequestKind): 'requests.photo' | 'recertification.document' {
  return kind === 'course_completion' ? 'recertification.document' : 'requests.photo'
}

/** Photos are destroyed with the decision, and after this long in any case. */
export const PHOTO_KEPT_MS = 30 * 86_400_000

export const PHOTO_PREFIX = 'request-files/'
