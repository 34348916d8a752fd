import type { Completion } from '../../../src/certifications/evaluated-award.ts'
import { addDays, type CalendarDate } from '../../../src/core/calendar-date.ts'
import type { Certification } from '../../../src/program/program.ts'
import { courseOf, type Day, describedOn, examOf } from './days.ts'
import { awardsOf, type CandidateRecord, isActive, latestAward, latestAwards } from './record.ts'
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
  const { course } = day.program.renewal
  const { renewals } = latestAward(record, certification.code)!
  const last = renewals.at(-1)
  const lastWasCourse = last?.what.startsWith('completion') && last.cascade === null
  if (course.notTwiceInARow && lastWasCourse) return []

  const ofToday = day.completions.filter((completion) => !isTooLate(day, record, certification, completion))
  const ofBefore = day.sentIn.filter((completion) => wasTooLate(record, certification, completion))
  return [...ofToday, ...ofBefore]
    .filter((completion) => isFor(day, completion, certification))
    .filter((completion) => !countedToday(record, certification, completion))
    .map(({ id, completedOn }) => ({
      from: completedOn,
      rule: course.id,
      what: `completion ${id}`,
      cascade: null,
      cascadeFrom: null,
    }))
}

/** Step 5, before anything is renewed: which of the day's courses came too late for what, as things stand. */
export function noteLateCourses(
  day: Day,
  record: CandidateRecord,
  certifications: Certification[],
): CandidateRecord {
  const late = certifications.flatMap((certification) =>
    day.completions
      .filter((completion) => isFor(day, completion, certification))
      .filter((completion) => isTooLate(day, record, certification, completion))
      .filter((completion) => !countedToday(record, certification, completion))
      .map(({ id }) => ({
        completion: id,
        certification: certification.code,
        upTo: awardsOf(record, certification.code).length,
      })),
  )
  return { ...record, late: [...record.late, ...late] }
}

function isFor({ program }: Day, { course }: Completion, { code }: Certification): boolean {
  return courseOf(program, course)!.renews.includes(code)
}

function isTooLate(
  { program: { renewal } }: Day,
  record: CandidateRecord,
  { code }: Certification,
  { submittedOn }: Completion,
): boolean {
  const { expiresOn } = latestAward(record, code)!
  if (!renewal.course.submittedBeforeExpiry || submittedOn === null || expiresOn === null) return false
  return submittedOn > addDays(expiresOn, renewal.graceDays)
}

/** For what is still the latest award of the certification. */
function wasTooLate(record: CandidateRecord, { code }: Certification, { id }: Completion): boolean {
  return record.late.some(
    ({ completion, certification, upTo }) =>
      completion === id && certification === code && upTo === awardsOf(record, code).length,
  )
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
