import { findCertification, findExam, levelRank } from '../../src/program/catalogue.ts'
import type { Certification, Exam, Program } from '../../src/program/program.ts'
import { demandsOf, examsOf } from '../../src/program/requirement.ts'
import { shareTrack } from '../../src/program/selectors.ts'
import type { Random } from './random.ts'

export function examOf(program: Program, certification: Certification): Exam {
  return findExam(program, examsOf(certification.requires)[0]!)!
}

/** A certification to aim for; the higher the level, the fewer aim for it. */
export function goalFor(program: Program, random: Random): Certification {
  const fewer = Object.fromEntries(
    program.certifications.map((certification) => [
      certification.code,
      [60, 45, 24, 9][levelRank(program, certification) - 1] ?? 5,
    ]),
  )
  return findCertification(program, random.weighted(fewer))!
}

/** Everything on the way to a goal and the goal itself, what is needed first coming first. */
export function certificationsTowards(
  program: Program,
  goal: Certification,
  random: Random,
): Certification[] {
  const groups = (goal.requires.all ?? []).map(demandsOf).filter(([first]) => first?.certification)
  const needed = groups.flatMap((alternatives) => {
    const { certification } = random.pick(alternatives)
    return certificationsTowards(program, findCertification(program, certification!)!, random)
  })
  return [...new Set([...needed, goal])]
}

/** An exam by which one would keep `top`: itself, another of its place, the next one up, or any at its level. */
export function renewingExam(program: Program, top: Exam, random: Random): Exam {
  const rank = levelRank(program, top)
  const by = random.weighted({ same: 50, track: 15, up: 25, level: 10 })
  const choices = program.exams.filter((exam) => {
    if (by === 'up') return levelRank(program, exam) === rank + 1 && shareTrack(exam, top)
    if (by === 'track') return levelRank(program, exam) === rank && shareTrack(exam, top)
    return by === 'level' && levelRank(program, exam) === rank
  })
  return choices.length > 0 ? random.pick(choices) : top
}
