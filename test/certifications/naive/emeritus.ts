import { addMonths, type CalendarDate, latestOf } from '../../../src/core/calendar-date.ts'
import type { ProgramVersion, Rules } from '../../../src/program/versions.ts'
import { versionsIn } from './days.ts'
import type { NaiveAward } from './record.ts'

/** The first day, under any version, on which an award is old enough for what that version says; null: never. */
export function emeritusOn(
  rules: Rules,
  award: Pick<NaiveAward, 'certification' | 'awardedOn'>,
): CalendarDate | null {
  const versions = versionsIn(rules)
  const days = versions.flatMap(({ program }, index) => {
    const begins = index === 0 ? BEGINNING : versions[index]!.effectiveOn!
    const ends = versions[index + 1]?.effectiveOn ?? END
    const { emeritus } = program
    const level = lastLevel(versions.slice(0, index + 1), award.certification)
    if (!emeritus || emeritus.level !== level) return []

    const oldEnough = addMonths(award.awardedOn, emeritus.afterMonths)
    const from = latestOf([oldEnough, begins])
    return from < ends ? [from] : []
  })
  return days.toSorted()[0] ?? null
}

/** As the last of these versions that had the certification described it. */
function lastLevel(versions: readonly ProgramVersion[], certification: string): string | undefined {
  return versions
    .flatMap(({ program }) => program.certifications.filter(({ code }) => code === certification))
    .at(-1)?.level
}

const BEGINNING = '0000-01-01'
const END = '9999-12-31'
