import type { Credit, Pass } from '../../../src/certifications/evaluated-award.ts'
import { addDays, type CalendarDate } from '../../../src/core/calendar-date.ts'
import { type Day, dayOfCredit } from './days.ts'
import { lastDayOf, type NaiveAward } from './record.ts'

/** What a requirement is met by: things done, and certifications held. */
export type Counted = { credit: Credit } | { held: NaiveAward }

/** Today or, dated by the exam, the day of the latest credit, but after the last day of the award before. */
export function dateOfAward({ on, program }: Day, credits: Credit[], previous?: NaiveAward): CalendarDate {
  const latestDay = credits.map(dayOfCredit).sort().at(-1)
  if (program.settings.awardedOn !== 'exam' || latestDay === undefined) return on
  const lastDay = previous ? lastDayOf(previous) : null
  return lastDay !== null && latestDay <= lastDay ? addDays(lastDay, 1) : latestDay
}

/** The last exam of what counted; of one day the first that the requirement names. */
export function lastPassOf(credits: Credit[]): Pass | undefined {
  const passes = credits.flatMap((credit) => ('pass' in credit ? [credit.pass] : []))
  const latestDay = passes
    .map(({ passedOn }) => passedOn)
    .sort()
    .at(-1)
  return passes.find(({ passedOn }) => passedOn === latestDay)
}

/**
 * The exam of today that completed it: its own, or none where another thing of today counts, or that of the first
 * certification counting that was awarded today.
 */
export function whatCompleted({ on }: Day, counted: Counted[]): number | null {
  const credits = creditsOf(counted)
  const pass = lastPassOf(credits)
  if (pass?.passedOn === on) return pass.resultId
  if (credits.some((credit) => dayOfCredit(credit) === on)) return null
  const held = counted.flatMap((one) => ('held' in one ? [one.held] : []))
  return held.find(({ reason }) => reason.completedOn === on)?.reason.completedBy ?? null
}

export function creditsOf(counted: Counted[]): Credit[] {
  return counted.flatMap((one) => ('credit' in one ? [one.credit] : []))
}
