import { examOfSeriesCode, findExam } from '../program/catalogue.ts'
import type { Exam, Program } from '../program/program.ts'

/** The exam that a feed means by a code: by the program's own codes first, then by what staff have said of the feed's. */
export function examOfRow(
  { program, examAliases }: { program: Program; examAliases: ReadonlyMap<string, string> },
  code: string,
): Exam | null {
  const known = examOfSeriesCode(program, code)
  if (known || examAliases.size === 0) return known
  const exam = examAliases.get(code.trim().toUpperCase())
  return exam === undefined ? null : findExam(program, exam)
}
