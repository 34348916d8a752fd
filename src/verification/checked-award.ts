import { sealOf } from '../certifications/seal-of.ts'
import { isEmeritusOn, type Standing, standingOn } from '../certifications/standing.ts'
import type { CalendarDate } from '../core/calendar-date.ts'
import type { SealFacts } from '../documents/seal-geometry.ts'
import { compareUpward, findCertification, findLevel } from '../program/catalogue.ts'
import type { Program } from '../program/program.ts'

/** An award's recorded facts that may be shown to anybody. */
export type RecordedAward = {
  certification: string
  awardedOn: CalendarDate
  expiresOn: CalendarDate | null
  suspendedOn: CalendarDate | null
  revokedOn: CalendarDate | null
  emeritusOn: CalendarDate | null
}

/** An award as an employer sees it on the day of the check. */
export type CheckedAward = {
  code: string
  name: string
  level: string | null
  awardedOn: CalendarDate
  expiresOn: CalendarDate | null
  standing: Standing
  /** When the program revoked or suspended it, or since when it is emeritus; null of others. */
  since: CalendarDate | null
  /** Since when it is emeritus beside being active; null of others. */
  emeritusOn: CalendarDate | null
  seal: SealFacts
}

/** A certification that has left the catalogue still shows under its code: the award does not go away with it. */
export function checkAward(program: Program, today: CalendarDate, award: RecordedAward): CheckedAward {
  const { certification: code } = award
  const certification = findCertification(program, code)
  const level = certification && findLevel(program, certification.level)
  const standing = standingOn(today, award)
  return {
    code,
    name: certification?.name ?? code,
    level: level?.name ?? null,
    awardedOn: award.awardedOn,
    expiresOn: award.expiresOn,
    standing,
    since: sinceOf(standing, award),
    emeritusOn: standing === 'active' && isEmeritusOn(today, award) ? award.emeritusOn : null,
    seal: sealOf(program, code),
  }
}

function sinceOf(standing: Standing, award: RecordedAward): CalendarDate | null {
  switch (standing) {
    case 'revoked':
      return award.revokedOn
    case 'suspended':
      return award.suspendedOn
    case 'emeritus':
      return award.emeritusOn
    default:
      return null
  }
}

/** What holds comes first, and of that the highest level. */
export function checkAwards<Award extends RecordedAward>(
  program: Program,
  today: CalendarDate,
  awards: readonly Award[],
): (CheckedAward & { recorded: Award })[] {
  const heldFirst = ({ standing }: CheckedAward) => (standing === 'active' ? 0 : 1)
  return awards
    .map((recorded) => ({ ...checkAward(program, today, recorded), recorded }))
    .toSorted(
      (a, b) =>
        heldFirst(a) - heldFirst(b) ||
        compareUpward(program, b.code, a.code) ||
        (a.awardedOn < b.awardedOn ? 1 : -1),
    )
}
