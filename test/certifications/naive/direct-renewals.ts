import { addDays, type CalendarDate } from '../../../src/core/calendar-date.ts'
import type { Certification } from '../../../src/program/program.ts'
import { courseOf, type Day, describedOn, examOf } from './days.ts'
import { type CandidateRecord, isActive, latestAward, latestAwards } from './record.ts'
import { takes, takesExam } from './selections.ts'

export type Renewing = {
  from: CalendarDate
  rule: string
  what: string
  cascade: string | null
  cascadeFrom: string | null
}

/** By a rule of the document or by a course; null: by none. */
export function whatRenewsDirectly(
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
export function latest(renewing: Renewing[]): Renewing | null {
  const latestDay = renewing
    .map(({ from }) => from)
    .sort()
    .at(-1)
  return renewing.find(({ from }) => from === latestDay) ?? null
}

/** The certifications that are active today. */
export function activeOn(day: Day, record: CandidateRecord): Certification[] {
  return latestAwards(record)
    .filter(({ certification }) => isActive(record, certification, day.on))
    .map((award) => describedOn(day, award))
}
