import type { CalendarDate } from '../core/calendar-date.ts'
import type { deliveryOutcomes, grades, registrationStates, reviewKinds, validities } from '../schema.ts'
import type { Version } from './version-differences.ts'

export type StandingResult = {
  id: number
  feedName: string
  registrationId: string
  candidateId: string
  exam: string
  examCode: string
  examOn: CalendarDate
  examTime: string | null
  delivery: (typeof deliveryOutcomes)[number]
  grade: (typeof grades)[number]
  validity: (typeof validities)[number]
  score: string | null
  passingScore: string | null
  form: string | null
  language: string | null
  attempt: number | null
  siteCode: string | null
  firstImportedAt: number
  appointmentOn: CalendarDate | null
  registrationState: (typeof registrationStates)[number] | null
}

export type Section = {
  code: string
  name: string
  percent: string | null
  score: string | null
  maxScore: string | null
}

export type Review = {
  id: number
  kind: (typeof reviewKinds)[number]
  openedAt: number
  closedAt: number | null
  closedBy: string | null
  note: string | null
}

/** An award that rests on the result: it earned or completed it, or moved its expiry. */
export type RestingAward = {
  certification: string
  number: string
  awardedOn: CalendarDate
  expiresOn: CalendarDate | null
  suspendedOn: CalendarDate | null
  revokedOn: CalendarDate | null
  supersededBy: number | null
  /** Null where the result earned it. */
  renewedOn: CalendarDate | null
  /** Until when it lasts by this renewal. */
  renewedUntil: CalendarDate | null
}

export type ResultDetail = {
  result: StandingResult
  sections: readonly Section[]
  versions: readonly Version[]
  reviews: readonly Review[]
  awards: readonly RestingAward[]
}
