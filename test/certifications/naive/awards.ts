import type { Credit } from '../../../src/certifications/evaluated-award.ts'
import { addMonths } from '../../../src/core/calendar-date.ts'
import type { Certification } from '../../../src/program/program.ts'
import type { Requirement } from '../../../src/program/program-document.ts'
import { doActs } from './acts.ts'
import { type Counted, creditsOf, dateOfAward, lastPassOf, whatCompleted } from './counted.ts'
import { creditThatCounts } from './credits.ts'
import { type Day, dayOfCredit, lowestFirst } from './days.ts'
import { emeritusOn } from './emeritus.ts'
import {
  awardsOf,
  type CandidateRecord,
  type Given,
  isActive,
  lastDayOf,
  latestAward,
  type NaiveAward,
  withChanged,
  withRenewal,
} from './record.ts'

/** Step 4: gives the lowest certification that can be given, as long as there is one. */
export function giveAwards(day: Day, record: CandidateRecord): CandidateRecord {
  for (const certification of lowestFirst(day.program, day.program.certifications)) {
    const { code, requires } = certification
    const isGiven = record.givenToday.some((given) => given.certification === code)
    if (isGiven || isActive(record, code, day.on)) continue

    const counted = whatMeets(day, record, certification, requires)
    if (counted === null || !counted.some((one) => isNew(record, certification, one))) continue
    return giveAwards(day, doActs(day, give(day, record, certification, counted)))
  }
  return record
}

function whatMeets(
  day: Day,
  record: CandidateRecord,
  wanted: Certification,
  { all, any, certification, held, ...thing }: Requirement,
): Counted[] | null {
  if (all) {
    const parts = all.map((part) => whatMeets(day, record, wanted, part))
    return parts.includes(null) ? null : parts.flatMap((part) => part!)
  }
  if (any) {
    const met = any.flatMap((part) => {
      const counted = whatMeets(day, record, wanted, part)
      return counted ? [counted] : []
    })
    return met.find((counted) => counted.some((one) => isNew(record, wanted, one))) ?? met[0] ?? null
  }
  if (certification !== undefined) {
    if (isActive(record, certification, day.on)) return [{ held: latestAward(record, certification)! }]
    const awards = awardsOf(record, certification).filter(({ revokedOn }) => revokedOn === null)
    return held === 'ever' && awards.length > 0 ? [{ held: awards.at(-1)! }] : null
  }
  const credit = creditThatCounts(record, wanted.code, thing)
  return credit && !isTooOld(day, wanted, credit) ? [{ credit }] : null
}

/** Where awards are dated by the exam, one dated by this credit alone would have expired. */
function isTooOld({ on, program }: Day, { validityMonths }: Certification, credit: Credit): boolean {
  if (program.settings.awardedOn !== 'exam' || validityMonths === null) return false
  return addMonths(dayOfCredit(credit), validityMonths) < on
}

function isNew(record: CandidateRecord, wanted: Certification, counted: Counted): boolean {
  const previous = latestAward(record, wanted.code)
  if ('credit' in counted || !previous) return true
  const lastDay = lastDayOf(previous)
  return lastDay !== null && counted.held.awardedOn > lastDay
}

function give(
  day: Day,
  record: CandidateRecord,
  { code, validityMonths }: Certification,
  counted: Counted[],
): CandidateRecord {
  const credits = creditsOf(counted)
  const date = dateOfAward(day, credits, latestAward(record, code))
  const expiresOn = validityMonths === null ? null : addMonths(date, validityMonths)
  const pass = lastPassOf(credits)?.resultId ?? null
  const completedBy = whatCompleted(day, counted)
  const usedUp = {
    ...record,
    kept: record.kept.filter(({ certification }) => certification !== code),
    givenToday: [...record.givenToday, { certification: code, date, completedBy, credits }],
  }

  const previous = latestAward(record, code)
  const emeritus = previous && previous.revokedOn === null ? emeritusOn(day.rules, previous) : null
  if (previous && emeritus !== null && emeritus <= day.on) {
    return reactivate(usedUp, previous, { date, expiresOn, completedBy, givenOn: day.on })
  }

  const prerequisites = counted.flatMap((one) =>
    'held' in one ? [{ certification: one.held.certification, awardedOn: one.held.awardedOn }] : [],
  )
  const award = {
    certification: code,
    awardedOn: date,
    expiresOn,
    suspendedOn: null,
    revokedOn: null,
    givenOn: day.on,
    reason: { pass, completedBy, completedOn: day.on, prerequisites },
    renewals: [],
  }
  return { ...usedUp, awards: [...record.awards, award] }
}

/** The old award goes on; where the certification never expires now, it never does. */
function reactivate(
  record: CandidateRecord,
  award: NaiveAward,
  {
    date,
    expiresOn,
    completedBy,
    givenOn,
  }: Pick<Given, 'date' | 'completedBy'> & Pick<NaiveAward, 'expiresOn' | 'givenOn'>,
): CandidateRecord {
  const back = { ...award, givenOn }
  const awards = record.awards.map((one) => (one === award ? back : one))
  if (expiresOn === null) return withChanged({ ...record, awards }, back, { expiresOn })
  if (expiresOn <= award.expiresOn!) return { ...record, awards }
  const what = `earned ${award.certification} by pass ${completedBy}`
  return withRenewal({ ...record, awards }, back, { renewedOn: date, rule: 'reactivation', what, expiresOn })
}
