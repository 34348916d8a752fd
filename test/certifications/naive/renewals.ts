import { addDays, addMonths, type CalendarDate } from '../../../src/core/calendar-date.ts'
import type { Certification } from '../../../src/program/program.ts'
import { courseOf, type Day, describedOn, examOf, lowestFirst } from './days.ts'
import {
  type CandidateRecord,
  isActive,
  isExpired,
  latestAward,
  latestAwards,
  type NaiveAward,
  withRenewal,
} from './record.ts'
import { carries, takes, takesExam } from './selections.ts'

type Renewing = {
  from: CalendarDate
  rule: string
  what: string
  cascade: string | null
  cascadeFrom: string | null
}

type Direct = { certification: Certification; renewing: Renewing }

/** Step 5: every award that may be renewed and that something renews gets its new expiry, if that is later. */
export function renew(day: Day, record: CandidateRecord): CandidateRecord {
  const certifications = renewable(day, record)
  const direct = certifications.flatMap((certification) => {
    const renewing = whatRenewsDirectly(day, record, certification)
    return renewing ? [{ certification, renewing }] : []
  })
  return certifications.reduce((before, certification) => {
    const award = latestAward(before, certification.code)!
    const renewing = whatRenews(day, direct, certification)
    const expiresOn = renewing && addMonths(renewing.from, day.program.renewal.months)
    if (!renewing || !expiresOn || award.expiresOn === null || expiresOn <= award.expiresOn) return before
    const { from, ...why } = renewing
    return withRenewal(before, award, { ...why, renewedOn: from, expiresOn })
  }, record)
}

/** The certifications in grace that the day's passes and courses alone would renew. */
export function keptInGrace(day: Day, record: CandidateRecord): string[] {
  const after = renew(day, { ...record, givenToday: [] })
  return renewable(day, record)
    .map(({ code }) => code)
    .filter((code) => !isActive(record, code, day.on))
    .filter((code) => latestAward(after, code)!.expiresOn !== latestAward(record, code)!.expiresOn)
}

function renewable(day: Day, record: CandidateRecord): Certification[] {
  const certifications = latestAwards(record)
    .filter((award) => isActive(record, award.certification, day.on) || isInGrace(day, award))
    .map((award) => describedOn(day, award))
  return lowestFirst(day.program, certifications)
}

/** The certifications that are active today. */
export function activeOn(day: Day, record: CandidateRecord): Certification[] {
  return latestAwards(record)
    .filter(({ certification }) => isActive(record, certification, day.on))
    .map((award) => describedOn(day, award))
}

function isInGrace({ on, program }: Day, award: NaiveAward): boolean {
  if (award.revokedOn !== null || !isExpired(award, on)) return false
  return on <= addDays(award.expiresOn!, program.renewal.graceDays)
}

/** The renewal that counts from the latest date: its own, else the cascade from the lowest. */
function whatRenews({ program }: Day, direct: Direct[], certification: Certification): Renewing | null {
  const own = direct.filter((one) => one.certification.code === certification.code)
  const carried = direct
    .filter((one) => !own.includes(one))
    .flatMap(({ certification: from, renewing }) => {
      const cascade = program.renewal.cascades.find((one) => carries(one, program, from, certification))
      return cascade ? [{ ...renewing, cascade: cascade.id, cascadeFrom: from.code }] : []
    })
  return latest([...own.map(({ renewing }) => renewing), ...carried])
}

function whatRenewsDirectly(
  day: Day,
  record: CandidateRecord,
  certification: Certification,
): Renewing | null {
  return latest([...byRules(day, record, certification), ...byCourses(day, record, certification)])
}

function byRules(day: Day, record: CandidateRecord, certification: Certification): Renewing[] {
  const { program, passes } = day
  const active = activeOn(day, record)
  const direct = { cascade: null, cascadeFrom: null }

  return program.renewal.rules
    .filter(({ renews }) => takes(renews, certification))
    .flatMap(({ id, by: { passing, earning } }) => {
      const byPassing = passes
        .filter((pass) => passing && takesExam(passing, examOf(program, pass)!, certification, active))
        .filter((pass) => !countedToday(record, certification, pass))
        .map((pass) => ({ from: day.on, rule: id, what: `pass ${pass.resultId}`, ...direct }))
      const byEarning = record.givenToday
        .filter((given) => given.certification !== certification.code)
        .filter((given) => earning && takes(earning, certificationOf(day, given.certification)))
        .map(({ certification: code, date, completedBy }) => ({
          from: date,
          rule: id,
          what: `earned ${code} by pass ${completedBy}`,
          ...direct,
        }))
      return [...byPassing, ...byEarning]
    })
}

function byCourses(day: Day, record: CandidateRecord, certification: Certification): Renewing[] {
  const { course, graceDays } = day.program.renewal
  const { expiresOn, renewals } = latestAward(record, certification.code)!
  const last = renewals.at(-1)
  const lastWasCourse = last?.what.startsWith('completion') && last.cascade === null
  if (course.notTwiceInARow && lastWasCourse) return []

  return day.completions
    .filter((completion) => courseOf(day.program, completion.course)!.renews.includes(certification.code))
    .filter((completion) => !countedToday(record, certification, completion))
    .filter(({ submittedOn }) => {
      const isSent = submittedOn !== null && expiresOn !== null
      const tooLate = isSent && submittedOn > addDays(expiresOn, graceDays)
      return !(course.submittedBeforeExpiry && tooLate)
    })
    .map(({ id }) => ({
      from: day.on,
      rule: course.id,
      what: `completion ${id}`,
      cascade: null,
      cascadeFrom: null,
    }))
}

/** Whether a pass or a course counted for giving the certification today. */
function countedToday({ givenToday }: CandidateRecord, { code }: Certification, thing: object): boolean {
  return givenToday.some(
    ({ certification, credits }) =>
      certification === code && credits.some((credit) => Object.values(credit).includes(thing)),
  )
}

function certificationOf({ program }: Day, code: string): Certification {
  return program.certifications.find((certification) => certification.code === code)!
}

/** The one that counts from the latest date; of equals the first. */
function latest(renewing: Renewing[]): Renewing | null {
  const latestDay = renewing
    .map(({ from }) => from)
    .sort()
    .at(-1)
  return renewing.find(({ from }) => from === latestDay) ?? null
}
