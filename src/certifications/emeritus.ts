import { addMonths, type CalendarDate } from '../core/calendar-date.ts'
import { findCertification } from '../program/catalogue.ts'
import { type Rules, versionsOf } from '../program/versions.ts'

/**
 * From when an award is emeritus, for good: so long after it was awarded, by the version in force then; one that was
 * older when its version began, from that day. A certification that a version does not have any more keeps its level.
 * Null where no version makes it so.
 */
export function emeritusFrom(
  rules: Rules,
  { certification, awardedOn }: { certification: string; awardedOn: CalendarDate },
): CalendarDate | null {
  const versions = versionsOf(rules)
  let level: string | null = null
  for (const [index, { effectiveOn, program }] of versions.entries()) {
    const { emeritus } = program
    level = findCertification(program, certification)?.level ?? level
    if (level === null || emeritus?.level !== level) continue
    const due = addMonths(awardedOn, emeritus.afterMonths)
    // The first version has applied from the beginning, whatever date it bears.
    const from = index > 0 && effectiveOn !== null && due < effectiveOn ? effectiveOn : due
    const next = versions[index + 1]?.effectiveOn
    if (next == null || from < next) return from
  }
  return null
}
