import { addMonths, type CalendarDate } from '../core/calendar-date.ts'
import { findCertification, findCourse, findExam } from '../program/catalogue.ts'
import type { Certification, Program } from '../program/program.ts'
import { completedSets, prerequisitesMet } from './completed-sets.ts'
import type { AwardReason, Completion, EvaluatedAward, Pass, RenewedBy } from './evaluated-award.ts'
import { type RenewalEvent, renewalMatches } from './renewal.ts'

type Holding = { certification: Certification; award: EvaluatedAward }
export type Day = { on: CalendarDate; passes: Pass[]; completions: Completion[] }

/** What is known of a candidate so far, by certification: the latest holding, and the pass that waits for one. */
export type Account = { holdings: Map<string, Holding>; waiting: Map<string, Pass>; awards: EvaluatedAward[] }

/** Gives what the day's passes complete, and answers with it. */
export function awardOn(program: Program, account: Account, day: Day): Holding[] {
  const isHeld = (code: string) => isActive(account.holdings.get(code), day.on)
  for (const pass of day.passes) {
    for (const { code, exam } of program.certifications) {
      // One that is held already only gets renewed; the same exam twice in a day counts once.
      if (exam !== pass.exam || isHeld(code) || account.waiting.get(code)?.passedOn === day.on) continue
      account.waiting.set(code, pass)
    }
  }

  const isPassed = (code: string) => {
    const pass = account.waiting.get(code)
    return pass !== undefined && !hasLapsed(program, findCertification(program, code)!, pass, day.on)
  }
  return completedSets(program, isHeld, isPassed).map((certification) => {
    const pass = account.waiting.get(certification.code)!
    const award: EvaluatedAward = {
      certification: certification.code,
      ...termOf(program, certification, pass, day.on),
      reason: reasonFor(certification, pass, account, day),
      renewals: [],
    }
    account.holdings.set(certification.code, { certification, award })
    account.waiting.delete(certification.code)
    account.awards.push(award)
    return { certification, award }
  })
}

/** Prerequisites count on the day the set is complete, whatever day the setting lets the award bear. */
function termOf(program: Program, { validityMonths }: Certification, pass: Pass, completedOn: CalendarDate) {
  const awardedOn = program.settings.awardedOn === 'exam' ? pass.passedOn : completedOn
  return { awardedOn, expiresOn: validityMonths === null ? null : addMonths(awardedOn, validityMonths) }
}

/** An award dated by an exam that has waited for longer than it would last has nothing left to give. */
function hasLapsed(program: Program, certification: Certification, pass: Pass, on: CalendarDate): boolean {
  if (program.settings.awardedOn !== 'exam') return false
  const { expiresOn } = termOf(program, certification, pass, on)
  return expiresOn !== null && expiresOn < on
}

function reasonFor(
  certification: Certification,
  pass: Pass,
  { holdings }: Account,
  { on }: Day,
): AwardReason {
  const met = prerequisitesMet(certification, (code) => isActive(holdings.get(code), on)) ?? []
  const prerequisites = met.map((code) => holdings.get(code)!.award)
  const last = prerequisites.find(({ reason }) => reason.completedBy.passedOn === on)
  return {
    rule: pass.passedOn === on ? 'pass' : 'completion',
    pass,
    completedBy: pass.passedOn === on || !last ? pass : last.reason.completedBy,
    prerequisites: prerequisites.map((award) => ({
      certification: award.certification,
      awardedOn: award.awardedOn,
    })),
  }
}

export function renewOn(program: Program, { holdings }: Account, day: Day, earned: readonly Holding[]) {
  const active = [...holdings.values()].filter((holding) => isActive(holding, day.on))
  const matches = renewalMatches(program, active, eventsOf(program, holdings, day, earned))
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

type DatedEvent = RenewalEvent & { renewsUntil: CalendarDate; by: RenewedBy }

function eventsOf(
  program: Program,
  holdings: ReadonlyMap<string, Holding>,
  { on, passes, completions }: Day,
  earned: readonly Holding[],
): DatedEvent[] {
  const until = (date: CalendarDate) => addMonths(date, program.renewal.months)
  const today = { countsFrom: on, renewsUntil: until(on) }
  return [
    ...passes.map((pass) => ({
      passed: findExam(program, pass.exam)!,
      earns: earned
        .filter(({ award }) => award.reason.pass === pass)
        .map(({ certification }) => certification),
      by: { pass, earned: null },
      ...today,
    })),
    ...completions.map((completion) => ({
      completed: findCourse(program, completion.course)!,
      mayRenew: ({ code }: Certification) => mayRenewByCourse(program, holdings.get(code), completion),
      by: { completion },
      ...today,
    })),
    ...earned.map(({ certification, award: { awardedOn, reason } }) => ({
      earned: certification,
      by: { pass: reason.completedBy, earned: certification.code },
      ...(awardedOn === on ? today : { countsFrom: awardedOn, renewsUntil: until(awardedOn) }),
    })),
  ]
}

/** What the program asks of a course besides that the certification is active on its last day. */
function mayRenewByCourse(
  program: Program,
  holding: Holding | undefined,
  { submittedOn }: Completion,
): boolean {
  if (!holding) return false
  const { notTwiceInARow, submittedBeforeExpiry } = program.renewal.course
  const { expiresOn, renewals } = holding.award
  const isLate = submittedOn !== null && expiresOn !== null && submittedOn > expiresOn
  const last = renewals.at(-1)
  const isSecond = last !== undefined && 'completion' in last && last.cascade === null
  return !(submittedBeforeExpiry && isLate) && !(notTwiceInARow && isSecond)
}

function isActive(holding: Holding | undefined, on: CalendarDate): boolean {
  return holding !== undefined && (holding.award.expiresOn === null || holding.award.expiresOn >= on)
}
