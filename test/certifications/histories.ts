import { evaluate } from '../../src/certifications/evaluate.ts'
import type {
  Completion,
  EvaluatedAward,
  Evaluation,
  Events,
  Pass,
} from '../../src/certifications/evaluated-award.ts'
import type { CalendarDate } from '../../src/core/calendar-date.ts'
import { findExam } from '../../src/program/catalogue.ts'
import type { Program } from '../../src/program/program.ts'
import type { Rules } from '../../src/program/versions.ts'

/** When all is over. */
export const LATER = '2030-01-01'

/** The evaluation of passes and courses alone. */
export function evaluationOf(
  rules: Rules,
  passes: readonly Pass[],
  completions: readonly Completion[] = [],
  today: CalendarDate = LATER,
): Evaluation {
  return evaluate(rules, eventsOf(passes, completions), today)
}

export function eventsOf(passes: readonly Pass[], completions: readonly Completion[] = []): Events {
  return { passes, completions, approvals: [], acts: [] }
}

export function awardsOf(...asked: Parameters<typeof evaluationOf>): EvaluatedAward[] {
  return evaluationOf(...asked).awards
}

/** Passes written as `'2024-05-20 JNCIA-Junos'`; the first has result 1. */
export function passesOf(program: Program, ...lines: string[]): Pass[] {
  return lines.map((line, index) => {
    const [passedOn, exam] = line.split(' ') as [CalendarDate, string]
    return { exam, passedOn, resultId: index + 1, seriesCode: findExam(program, exam)!.codes[0]!.code }
  })
}

/** Awards written as `'JNCIA-Junos 2024-05-20 2027-05-20'`. */
export function termsOf(awards: readonly EvaluatedAward[]): string[] {
  return awards.map(({ certification, awardedOn, expiresOn }) => `${certification} ${awardedOn} ${expiresOn}`)
}

/**
 * What the last of the passes renews, each as `'JNCIS-ENT specialist-going-up'` or, where it was carried on
 * from another, `'JNCIA-SEC every-associate from JNCIS-ENT'`.
 */
export function renewedByLast(program: Program, ...lines: string[]): string[] {
  const passes = passesOf(program, ...lines)
  return awardsOf(program, passes).flatMap(({ certification, renewals }) =>
    renewals
      .filter((renewal) => 'pass' in renewal && renewal.pass?.resultId === passes.length)
      .map(({ rule, cascade, cascadeFrom }) =>
        cascade ? `${certification} ${cascade} from ${cascadeFrom}` : `${certification} ${rule}`,
      ),
  )
}
