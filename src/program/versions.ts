import type { CalendarDate } from '../core/calendar-date.ts'
import type { Program } from './program.ts'

/** A program and the day from which it applies; null: from the beginning. */
export type ProgramVersion = { effectiveOn: CalendarDate | null; program: Program }

/** The versions that stand, the oldest first and each with a date of its own; a single program has always applied. */
export type Rules = Program | readonly ProgramVersion[]

/** The program whose rules apply on a day: what comes before the first version is judged by the first. */
export function programOn(rules: Rules, on: CalendarDate): Program {
  if (!isVersions(rules)) return rules
  const version = rules.findLast(({ effectiveOn }) => effectiveOn === null || effectiveOn <= on) ?? rules[0]
  if (!version) throw new Error('a program without a version')
  return version.program
}

export function versionsOf(rules: Rules): readonly ProgramVersion[] {
  return isVersions(rules) ? rules : [{ effectiveOn: null, program: rules }]
}

export function programsOf(rules: Rules): Program[] {
  return versionsOf(rules).map(({ program }) => program)
}

/** The programs that apply on a day and after it, in that order. */
export function programsFrom(rules: Rules, on: CalendarDate): Program[] {
  const programs = programsOf(rules)
  return programs.slice(programs.indexOf(programOn(rules, on)))
}

function isVersions(rules: Rules): rules is readonly ProgramVersion[] {
  return Array.isArray(rules)
}

/** The rules with a further version: it takes the place of one with the same date. */
export function withVersion(rules: Rules, version: ProgramVersion): Rules {
  const others = versionsOf(rules).filter(({ effectiveOn }) => effectiveOn !== version.effectiveOn)
  return [...others, version].sort((a, b) => ((a.effectiveOn ?? '') < (b.effectiveOn ?? '') ? -1 : 1))
}
