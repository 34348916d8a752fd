import { certificationStatus, type HeldAward } from '../certifications/certification-status.ts'
import { keepingsFor } from '../certifications/kept-awards.ts'
import { type QuickestRenewal, quickestRenewal } from '../certifications/quickest-renewal.ts'
import type { CalendarDate } from '../core/calendar-date.ts'
import { type AwaitedExam, awaitedExams } from '../exams/exam-list.ts'
import { type ExamOutcome, outcomeOfResult } from '../exams/exam-outcome.ts'
import { reviewIsDue } from '../profile/review.ts'
import { findExam } from '../program/catalogue.ts'
import type { Program } from '../program/program.ts'
import type { HomeRecord } from './queries.ts'

export type NewResult = {
  title: string
  examCode: string
  examOn: CalendarDate
  outcome: ExamOutcome
  revoked: boolean
}

export type MissingFact = 'email' | 'phone' | 'address'

/** What a candidate should not have to look for, the most pressing first. */
export type Attention = {
  suspended: HeldAward[]
  expiring: { awards: HeldAward[]; quickest: QuickestRenewal | null } | null
  late: AwaitedExam[]
  newResults: NewResult[]
  missing: MissingFact[]
  /** It is a year since the candidate looked at their information. */
  isReviewDue: boolean
}

export type HomeSummary = {
  attention: Attention
  active: HeldAward[]
  /** What is held for good, and not active. */
  emeritus: HeldAward[]
  next: AwaitedExam | null
  awaitedCount: number
}

export function homeSummary(
  program: Program,
  record: HomeRecord,
  today: CalendarDate,
  now: Date,
): HomeSummary {
  const { awards } = certificationStatus(program, record, today)
  const { upcoming, due } = awaitedExams(program, record.open, today)
  const withStanding = (standing: HeldAward['standing']) => awards.filter((one) => one.standing === standing)
  const expiring = withStanding('expiring')
  const quickest = quickestRenewal(
    keepingsFor(record, awards, today, expiring),
    expiring.map(({ certification }) => certification),
  )
  return {
    attention: {
      suspended: withStanding('suspended'),
      expiring: expiring.length > 0 ? { awards: expiring, quickest } : null,
      late: due.filter(({ expectation }) => expectation.state === 'late'),
      newResults: record.newResults.map((result) => ({
        title: findExam(program, result.exam)?.title ?? result.examCode,
        examCode: result.examCode,
        examOn: result.examOn,
        outcome: outcomeOfResult(result),
        revoked: result.validity === 'revoked',
      })),
      missing: missingFacts(record.profile),
      isReviewDue: reviewIsDue(record.profile, now),
    },
    active: [...expiring, ...withStanding('active')],
    emeritus: withStanding('emeritus').filter(({ regained }) => !regained),
    next: upcoming.find(({ expectation }) => expectation.state === 'upcoming') ?? null,
    awaitedCount: due.length,
  }
}

function missingFacts(profile: HomeRecord['profile']): MissingFact[] {
  const facts: [MissingFact, boolean][] = [
    ['email', profile.hasEmail === 1],
    ['phone', profile.phone !== null],
    ['address', profile.addressLine1 !== null && profile.country !== null],
  ]
  return facts.flatMap(([fact, isKnown]) => (isKnown ? [] : [fact]))
}

export function isCalm(attention: Attention): boolean {
  const { suspended, expiring, late, newResults, missing, isReviewDue } = attention
  return (
    !isReviewDue &&
    suspended.length + late.length + newResults.length + missing.length === 0 &&
    expiring === null
  )
}
