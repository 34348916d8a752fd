import { examOfSeriesCode, findExam } from '../program/catalogue.ts'
import type { Exam, Program } from '../program/program.ts'

/**
 * The exam that a feed means by a code: by the program's own codes first, then by what staff have said of the feed's. A
 * result of an exam that is retired arrives late or is taken back, so the program in force is asked, and then each that
 * was before it.
 */
export function examOfRow(
  { programs, examAliases }: { programs: readonly Program[]; examAliases: ReadonlyMap<string, string> },
  code: string,
): Exam | null {
  const known = firstFound(programs, (program) => examOfSeriesCode(program, code))
  if (known || examAliases.size === 0) return known
  const exam = examAliases.get(code.trim().toUpperCase())
  return exam === undefined ? null : firstFound(programs, (program) => findExam(program, exam))
}

function firstFound(programs: readonly Program[], find: (program: Program) => Exam | null): Exam | null {
  for (const program of programs) {
    const exam = find(program)
    if (exam) return exam
  }
  return null
}
