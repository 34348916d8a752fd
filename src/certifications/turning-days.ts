import { addDays, addMonths, type CalendarDate } from '../core/calendar-date.ts'
import { findCertification } from '../program/catalogue.ts'
import type { Exam, Program } from '../program/program.ts'
import { programsFrom, type Rules, versionsOf } from '../program/versions.ts'
import { creditedOn } from './credits.ts'
import type { WaitingSet } from './evaluated-award.ts'
import type { Foresight } from './foresight.ts'

/**
 * The last days, from `today` to `until`, before what a pass or a course does may be something else: an award ends, alone or
 * with its days of grace, or is emeritus, a version begins, something waiting lapses, or something happens that is known already.
 * From one such day to the next only that counts which a later day does better: the new expiry lies later.
 */
export function turningDays(
  rules: Rules,
  { before, days }: Foresight,
  today: CalendarDate,
  until: CalendarDate,
): CalendarDate[] {
  const programs = programsFrom(rules, today)
  const turns = [
    until,
    ...versionsOf(rules).flatMap(({ effectiveOn }) => (effectiveOn === null ? [] : addDays(effectiveOn, -1))),
    ...days.flatMap((on) => (on < today ? [] : [addDays(on, -1), on])),
    ...before.awards.flatMap(({ expiresOn, revokedOn, emeritusOn }) => [
      ...[revokedOn, emeritusOn].flatMap((begins) => (begins === null ? [] : addDays(begins, -1))),
      ...(expiresOn === null
        ? []
        : programs.map(({ renewal: { graceDays } }) => addDays(expiresOn, graceDays)).concat(expiresOn)),
    ]),
    ...before.waiting.flatMap((waiting) => programs.flatMap((program) => lapses(program, waiting))),
  ]
  return [...new Set(turns)].filter((day) => day >= today && day <= until).sort()
}

/** Where awards are dated by the exam: the last days on which what waits could still give one. */
function lapses(program: Program, { certification, credits }: WaitingSet): CalendarDate[] {
  if (program.settings.awardedOn !== 'exam') return []
  const months = findCertification(program, certification)?.validityMonths
  return months == null ? [] : credits.map((credit) => addMonths(creditedOn(credit), months))
}

/** The last days before the codes of an exam are others. */
export function codeTurns({ codes }: Exam): CalendarDate[] {
  return codes.flatMap(({ from, until }) => [
    ...(from === undefined ? [] : [addDays(from, -1)]),
    ...(until === undefined ? [] : [until]),
  ])
}
