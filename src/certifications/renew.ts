import { addMonths, type CalendarDate } from '../core/calendar-date.ts'
import { findCertification, findCourse, findExam } from '../program/catalogue.ts'
import type { Certification } from '../program/program.ts'
import { type Account, type Day, type Holding, isActiveOn, isInGraceOn } from './account.ts'
import type { Earned } from './earn.ts'
import type { AwardReason, Completion, EvaluatedAward, RenewedBy } from './evaluated-award.ts'
import { isEarnedBy, isLate, noteLate, settleLate } from './late-courses.ts'
import { type RenewalEvent, renewalMatches } from './renewal.ts'

type Renewable = Holding & { isInGrace: boolean }
type DatedEvent = RenewalEvent & { renewsUntil: CalendarDate; by: RenewedBy }

/** Renews what a day's events renew, by the rules of that day. */
export function renewOn(account: Account, day: Day, earned: readonly Earned[]) {
  const events = eventsOf(account, day, earned)
  if (events.length === 0) return
  const holdings = renewable(account, day)
  const matches = renewalMatches(day.program, holdings, events)
  noteLate(account, day, holdings, earned)
  settleLate(account, day, holdings)
  for (const { holding, event, rule, cascade } of matches) {
    const { award } = holding
    if (award.expiresOn === null) continue
    const expiresOn = event.renewsUntil
    if (expiresOn <= award.expiresOn) continue

    award.renewals.push({
      renewedOn: event.countsFrom,
      rule: rule.id,
      ...event.by,
      cascade: cascade?.rule.id ?? null,
      cascadeFrom: cascade?.from.code ?? null,
      previousExpiresOn: award.expiresOn,
      expiresOn,
    })
    award.expiresOn = expiresOn
  }
}

/** The expired certifications that the day's exams and courses renew because they are in grace: they are not earned anew. */
export function renewedInGrace(account: Account, day: Day): Set<string> {
  const holdings = renewable(account, day)
  if (!holdings.some(({ isInGrace }) => isInGrace)) return new Set()
  const matches = renewalMatches(day.program, holdings, eventsOf(account, day, []))
  return new Set(
    matches
      .filter(({ holding }) => holding.isInGrace)
      .map(({ holding: { certification } }) => certification.code),
  )
}

/** What is held or may still be renewed, as the day's program describes it. */
function renewable({ holdings }: Account, { on, program }: Day): Renewable[] {
  return [...holdings.values()].flatMap((holding) => {
    const isInGrace = isInGraceOn(program, holding, on)
    if (!isInGrace && !isActiveOn(holding, on)) return []
    const certification = findCertification(program, holding.certification.code) ?? holding.certification
    return [{ award: holding.award, certification, isInGrace }]
  })
}

function eventsOf(account: Account, day: Day, earned: readonly Earned[]): DatedEvent[] {
  const { on, program, passes } = day
  const until = (date: CalendarDate) => addMonths(date, program.renewal.months)
  const today = { countsFrom: on, renewsUntil: until(on) }
  const earnedBy = (isOf: (reason: AwardReason) => boolean): Certification[] =>
    earned.filter(({ reason }) => isOf(reason)).map(({ holding }) => holding.certification)
  return [
    ...passes.map((pass) => ({
      passed: findExam(program, pass.exam)!,
      earns: earnedBy(
        (reason) => reason.pass === pass || reason.others.some((one) => 'pass' in one && one.pass === pass),
      ),
      by: { pass, earned: null },
      ...today,
    })),
    ...coursesOf(account, day).map(({ completion, mayRenew }) => {
      const { course, completedOn } = completion
      const earns = earned.filter((one) => isEarnedBy(one, completion))
      return {
        completed: findCourse(program, course)!,
        mayRenew: (certification: Certification) =>
          !earns.some(({ holding }) => holding.certification.code === certification.code) &&
          mayRenew(certification),
        by: { completion },
        countsFrom: completedOn,
        renewsUntil: until(completedOn),
      }
    }),
    ...earned.map(({ holding: { certification }, from, reason }) => ({
      earned: certification,
      by: { pass: reason.completedBy, earned: certification.code },
      ...(from === on ? today : { countsFrom: from, renewsUntil: until(from) }),
    })),
  ]
}

/** The day's courses, and those sent in today, with what the program asks besides that something may be renewed today. */
function coursesOf({ holdings, late }: Account, { program, completions, sentIn }: Day) {
  const { notTwiceInARow } = program.renewal.course
  const asked = (completion: Completion, isInTime: (award: EvaluatedAward) => boolean) => ({
    completion,
    mayRenew: ({ code }: Certification) => {
      const award = holdings.get(code)?.award
      return award !== undefined && isInTime(award) && !(notTwiceInARow && wasRenewedByCourse(award))
    },
  })
  return [
    ...completions.map((one) => asked(one, (award) => !isLate(program, award, one))),
    ...sentIn
      .filter((one) => late.has(one))
      .map((one) => asked(one, (award) => late.get(one)?.includes(award) === true)),
  ]
}

function wasRenewedByCourse({ renewals }: EvaluatedAward): boolean {
  const last = renewals.at(-1)
  return last !== undefined && 'completion' in last && last.cascade === null
}
