import { addDays, type CalendarDate } from '../core/calendar-date.ts'
import { findCertification, findLevel } from '../program/catalogue.ts'
import type { Program } from '../program/program.ts'
import type { Requirement } from '../program/program-document.ts'
import { keyOfDemand, stillMissing } from '../program/requirement.ts'
import { programsOf, type Rules } from '../program/versions.ts'
import { type AwardHistory, awardHistory } from './award-history.ts'
import { keyOf } from './credits.ts'
import { stillWaiting } from './earn.ts'
import { evaluate } from './evaluate.ts'
import type { Credit } from './evaluated-award.ts'
import { isExpiringSoon, type Standing, standingOn } from './standing.ts'
import type { AwardRecord } from './status-queries.ts'

/** A standing as it is shown: an active award that will soon not be one is told apart. */
export type ShownStanding = Standing | 'expiring'

export type HeldAward = {
  id: number
  certification: string
  name: string
  levelName: string | null
  standing: ShownStanding
  awardedOn: CalendarDate
  expiresOn: CalendarDate | null
  suspendedOn: CalendarDate | null
  revokedOn: CalendarDate | null
  emeritusOn: CalendarDate | null
  number: string
  history: AwardHistory
  /** True of one that is over while a later award of the same certification is active. */
  regained: boolean
  /** The last day on which one that has expired may still be renewed; null for any other. */
  graceUntil: CalendarDate | null
}

/** A certification for which something is done, and what it still needs. */
export type WaitingCertification = {
  certification: string
  name: string
  done: readonly Credit[]
  missing: readonly Requirement[]
}

export type CertificationStatus = { awards: HeldAward[]; waiting: WaitingCertification[] }

export function isActive({ standing }: { standing: ShownStanding }): boolean {
  return standing === 'active' || standing === 'expiring'
}

/** What a candidate holds on a day: active awards first, the soonest to expire on top. */
export function certificationStatus(
  program: Program,
  record: AwardRecord,
  today: CalendarDate,
): CertificationStatus {
  const dated = record.awards.map((row) => ({ ...row, standing: standingOn(today, row) }))
  const held = new Set(
    dated.filter(({ standing }) => standing === 'active').map(({ certification }) => certification),
  )
  // As the rules have it, what was held once counts for good unless it was taken away.
  const heldOnce = new Set(
    dated
      .filter(({ standing, revokedOn }) => standing !== 'suspended' && revokedOn === null)
      .map(({ certification }) => certification),
  )
  const waiting = stillWaiting(evaluate(record.rules, record.events, today).waiting, { on: today, program })

  const awards = dated.map((row): HeldAward => {
    const { reason, renewals, acts, ...facts } = row
    const described = describedBy(program, record.rules, row.certification)
    const regained = row.standing !== 'active' && held.has(row.certification)
    const soon = isExpiringSoon(today, row, program.settings.expiringSoonDays)
    return {
      ...facts,
      name: described?.certification.name ?? row.certification,
      levelName: described && (findLevel(described.program, described.certification.level)?.name ?? null),
      standing: soon ? 'expiring' : row.standing,
      regained,
      history: awardHistory({ reason, renewals, acts }),
      graceUntil: regained ? null : graceOf(program, row, today),
    }
  })

  return {
    awards: awards.sort(byUrgency),
    waiting: waiting.flatMap(({ certification: code, credits }) => {
      const certification = findCertification(program, code)
      if (!certification || held.has(code)) return []
      const done = credits.map(keyOf)
      const missing = stillMissing(certification.requires, (demand) => {
        const key = keyOfDemand(demand)
        if (key !== null) return done.includes(key)
        return (demand.held === 'ever' ? heldOnce : held).has(demand.certification!)
      })
      return [{ certification: code, name: certification.name, done: credits, missing }]
    }),
  }
}

/** The program that describes a certification: today's or, if it was taken out, the last that had it. */
function describedBy(program: Program, rules: Rules, code: string) {
  for (const one of [program, ...programsOf(rules).toReversed()]) {
    const certification = findCertification(one, code)
    if (certification) return { program: one, certification }
  }
  return null
}

function graceOf(
  { renewal }: Program,
  { standing, expiresOn }: Pick<HeldAward, 'standing' | 'expiresOn'>,
  today: CalendarDate,
): CalendarDate | null {
  if (expiresOn === null || expiresOn >= today || (standing !== 'expired' && standing !== 'emeritus'))
    return null
  const until = addDays(expiresOn, renewal.graceDays)
  return until >= today ? until : null
}

/** Active ones by what expires first, then the others by what ended last. */
function byUrgency(a: HeldAward, b: HeldAward): number {
  if (isActive(a) !== isActive(b)) return isActive(a) ? -1 : 1
  const [first, second] = [a.expiresOn ?? '9999', b.expiresOn ?? '9999']
  const sooner = first < second ? -1 : first > second ? 1 : 0
  return (isActive(a) ? sooner : -sooner) || (a.certification < b.certification ? -1 : 1)
}
