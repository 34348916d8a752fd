import { addDays, addMonths, type CalendarDate } from '../core/calendar-date.ts'
import { findCertification, findCourse, findExam } from '../program/catalogue.ts'
import type { Certification, Program } from '../program/program.ts'
import { type Account, type Day, type Holding, isActiveOn, isInGraceOn } from './account.ts'
import type { Earned } from './earn.ts'
import type { AwardReason, Completion, RenewedBy } from './evaluated-award.ts'
import { type RenewalEvent, renewalMatches } from './renewal.ts'

type Renewable = Holding & { isInGrace: boolean }
type DatedEvent = RenewalEvent & { renewsUntil: CalendarDate; by: RenewedBy }

/** Renews what a day's events renew, by the rules of that day. */
export function renewOn(account: Account, day: Day, earned: readonly Earned[]) {
  const events = eventsOf(account, day, earned)
  if (events.length === 0) return
  for (const { holding, event, rule, cascade } of renewalMatches(
    day.program,
    renewable(account, day),
    events,
  )) {
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

function eventsOf(
  { holdings }: Account,
  { on, program, passes, completions }: Day,
  earned: readonly Earned[],
): DatedEvent[] {
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
    ...completions.map((completion) => {
      const earns = earnedBy(({ others }) =>
        others.some((one) => 'completion' in one && one.completion === completion),
      )
      return {
        completed: findCourse(program, completion.course)!,
        mayRenew: ({ code }: Certification) =>
          !earns.some((one) => one.code === code) &&
          mayRenewByCourse(program, holdings.get(code), completion),
        by: { completion },
        ...today,
      }
    }),
    ...earned.map(({ holding: { certification }, from, reason }) => ({
      earned: certification,
      by: { pass: reason.completedBy, earned: certification.code },
      ...(from === on ? today : { countsFrom: from, renewsUntil: until(from) }),
    })),
  ]
}

/** What the program asks of a course besides that the certification may be renewed on its last day. */
function mayRenewByCourse(
  { renewal }: Program,
  holding: Holding | undefined,
  { submittedOn }: Completion,
): boolean {
  if (!holding) return false
  const { notTwiceInARow, submittedBeforeExpiry } = renewal.course
  const { expiresOn, renewals } = holding.award
  const isLate =
    submittedOn !== null && expiresOn !== null && submittedOn > addDays(expiresOn, renewal.graceDays)
  const last = renewals.at(-1)
  const isSecond = last !== undefined && 'completion' in last && last.cascade === null
  return !(submittedBeforeExpiry && isLate) && !(notTwiceInARow && isSecond)
}
