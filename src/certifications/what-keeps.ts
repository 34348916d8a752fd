import { addDays, type CalendarDate } from '../core/calendar-date.ts'
import { findCourse, findExam, levelRank, seriesCodesOn } from '../program/catalogue.ts'
import type { Program } from '../program/program.ts'
import { programOn, programsFrom, type Rules } from '../program/versions.ts'
import { type EvaluatedAward, type Events, isByProgram, type Renewal } from './evaluated-award.ts'
import { type Foresight, foresee } from './foresight.ts'
import { type Kept, partsOf, type Window } from './kept-from.ts'
import { type Attempt, maySitFrom } from './retakes.ts'
import { codeTurns, turningDays } from './turning-days.ts'

/** An award that is kept, and by what right: `cascade` where a rule renewed `cascadeFrom` and that carried it on. */
export type Keep = { certification: string } & Pick<Renewal, 'rule' | 'cascade' | 'cascadeFrom'>

/** An exam, with the codes to book it by on the first day, or a course. */
export type ExamStep = { exam: string; seriesCodes: string[] }
export type KeepingStep = ExamStep | { course: string }

/** What a step keeps on each day from one to another. */
export type Keeping = KeepingStep & Window & { keeps: Keep[] }

export type KeepingAsked = {
  /** The certifications that may be kept: active ones, and those that are in grace. */
  held: readonly string[]
  today: CalendarDate
  until: CalendarDate
  attempts: readonly Attempt[]
}

type Candidate = { exam: string } | { course: string }

/**
 * Everything that can be done from `today` to `until` to keep what is held: exams on days on which they can be booked and may
 * be sat, the lower levels first, then courses; each with the days on which the evaluator itself says that it renews the
 * award. What is active is kept on its last day at the latest; what is in grace, as long as the rules renew it. The days of
 * one step follow each other, with other awards kept on each.
 */
export function whatKeeps(
  rules: Rules,
  events: Events,
  { held, today, until, attempts }: KeepingAsked,
  foresight: Foresight = foresee(rules, events, today),
): Keeping[] {
  const programs = programsFrom(rules, today)
  const bases = held.flatMap((code) => basesOf(foresight, code))
  const days = turningDays(rules, foresight, today, until)

  function keptOn(candidate: Candidate, on: CalendarDate): Kept[] {
    const open = bases.filter(({ expiresOn }) => expiresOn < today || expiresOn >= on)
    if (open.length === 0 || !canBeDone(rules, candidate, on)) return []
    const after = foresight.after([{ ...candidate, on }])
    return open.flatMap((base) => keptAfter(after, base) ?? [])
  }

  return doableSteps(programs, attempts, today).flatMap(({ candidate, first, turns }) => {
    const own = turns.filter((day) => day >= today && day <= until && !days.includes(day))
    const keepings: Keeping[] = []
    let from = first
    for (const by of own.length === 0 ? days : [...days, ...own].sort()) {
      if (by < from) continue
      for (const part of partsOf(keptOn(candidate, by), { from, by }, (on) => keptOn(candidate, on)))
        add(keepings, { ...described(rules, candidate, part.from), ...part })
      from = addDays(by, 1)
    }
    return keepings
  })
}

/** `first`: from when it may be done; `turns`: the last days before an exam has other codes. */
type Doable = { candidate: Candidate; first: CalendarDate; turns: CalendarDate[] }

/** The exams of these programs, the lower levels first, then their courses. */
function doableSteps(
  programs: readonly Program[],
  attempts: readonly Attempt[],
  today: CalendarDate,
): Doable[] {
  const known = programs.flatMap((program) => program.exams.map((exam) => ({ program, exam })))
  const exams = [...Map.groupBy(known, ({ exam }) => exam.code)].map(([code, described]) => {
    const { program, exam } = described[0]!
    return {
      candidate: { exam: code },
      rank: levelRank(program, exam),
      first: maySitFrom(program, exam, attempts, today),
      turns: described.flatMap((one) => codeTurns(one.exam)),
    }
  })
  const courses = new Set(programs.flatMap((program) => program.courses.map(({ code }) => code)))
  return [
    ...exams.sort((a, b) => a.rank - b.rank),
    ...[...courses].map((course) => ({ candidate: { course }, first: today, turns: [] })),
  ]
}

type Base = { award: EvaluatedAward; expiresOn: CalendarDate }

/** The latest award of a certification, where it expires. */
function basesOf({ before: { awards } }: Foresight, code: string): Base[] {
  const award = awards.findLast(({ certification }) => certification === code)
  return award && award.expiresOn !== null ? [{ award, expiresOn: award.expiresOn }] : []
}

function keptAfter(after: readonly EvaluatedAward[], { award, expiresOn: base }: Base): Kept | null {
  const { certification, awardedOn } = award
  const now = after.find((one) => one.certification === certification && one.awardedOn === awardedOn)
  if (!now || (now.expiresOn !== null && now.expiresOn <= base)) return null
  const renewal = now.renewals.findLast((one) => !isByProgram(one))
  const { rule = '', cascade = null, cascadeFrom = null } = renewal ?? {}
  return { certification, rule, cascade, cascadeFrom, base, expiresOn: now.expiresOn }
}

function canBeDone(rules: Rules, candidate: Candidate, on: CalendarDate): boolean {
  const program = programOn(rules, on)
  if ('course' in candidate) return findCourse(program, candidate.course) !== null
  const exam = findExam(program, candidate.exam)
  return exam !== null && seriesCodesOn(exam, on).length > 0
}

function described(rules: Rules, candidate: Candidate, on: CalendarDate): KeepingStep {
  if ('course' in candidate) return candidate
  return { ...candidate, seriesCodes: seriesCodesOn(findExam(programOn(rules, on), candidate.exam)!, on) }
}

/** Days on which the same is kept are told together. */
function add(keepings: Keeping[], next: Keeping) {
  const last = keepings.at(-1)
  const names = ({ keeps }: Keeping) => keeps.map(({ certification }) => certification).join(' ')
  if (last && addDays(last.by, 1) === next.from && names(last) === names(next)) last.by = next.by
  else keepings.push(next)
}
