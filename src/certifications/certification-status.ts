import type { CalendarDate } from '../core/calendar-date.ts'
import { findCertification, findLevel } from '../program/catalogue.ts'
import type { Program } from '../program/program.ts'
import { type AwardHistory, awardHistory } from './award-history.ts'
import { evaluatePasses } from './evaluate.ts'
import type { Completion, Pass } from './evaluated-award.ts'
import { type RenewalOption, renewalOptions } from './renewal-options.ts'
import { isExpiringSoon, type Standing, standingOn } from './standing.ts'
import type { AwardRow } from './status-queries.ts'

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
  number: string
  history: AwardHistory
  /** True of one that is over while a later award of the same certification is active. */
  regained: boolean
  /** The exams that keep it; none for one that is not active or never expires. */
  options: RenewalOption[]
}

/** An exam that is passed and whose certification still needs one of each group of `missing`. */
export type WaitingCertification = {
  certification: string
  name: string
  pass: Pass
  missing: readonly (readonly string[])[]
}

export type CertificationStatus = { awards: HeldAward[]; waiting: WaitingCertification[] }

export function isActive({ standing }: { standing: ShownStanding }): boolean {
  return standing === 'active' || standing === 'expiring'
}

/** What a candidate holds on a day and what keeps it: active awards first, the soonest to expire on top. */
export function certificationStatus(
  program: Program,
  record: { awards: readonly AwardRow[]; passes: readonly Pass[]; completions: readonly Completion[] },
  today: CalendarDate,
): CertificationStatus {
  const dated = record.awards.map((row) => ({ ...row, standing: standingOn(today, row) }))
  const held = new Set(
    dated.filter(({ standing }) => standing === 'active').map(({ certification }) => certification),
  )
  const evaluated = evaluatePasses(program, record.passes, record.completions)
  const waitingFor = evaluated.waiting.map(({ certification }) => certification)

  const awards = dated.map((row): HeldAward => {
    const { reason, renewals, ...facts } = row
    const certification = findCertification(program, row.certification)
    const soon = isExpiringSoon(today, row, program.settings.expiringSoonDays)
    return {
      ...facts,
      name: certification?.name ?? row.certification,
      levelName: certification && (findLevel(program, certification.level)?.name ?? null),
      standing: soon ? 'expiring' : row.standing,
      regained: row.standing !== 'active' && held.has(row.certification),
      history: awardHistory({ reason, renewals }),
      options:
        row.standing === 'active' ? renewalOptions(program, dated, row.certification, today, waitingFor) : [],
    }
  })

  return {
    awards: awards.sort(byUrgency),
    waiting: evaluated.waiting
      .filter(({ certification }) => !held.has(certification))
      .map(({ certification: code, pass }) => {
        const certification = findCertification(program, code)!
        const missing = certification.prerequisites.filter((group) => !group.some((one) => held.has(one)))
        return { certification: code, name: certification.name, pass, missing }
      }),
  }
}

/** Active ones by what expires first, then the others by what ended last. */
function byUrgency(a: HeldAward, b: HeldAward): number {
  if (isActive(a) !== isActive(b)) return isActive(a) ? -1 : 1
  const [first, second] = [a.expiresOn ?? '9999', b.expiresOn ?? '9999']
  const sooner = first < second ? -1 : first > second ? 1 : 0
  return (isActive(a) ? sooner : -sooner) || (a.certification < b.certification ? -1 : 1)
}
