import type { Course, Program } from '../program/program.ts'

/** The course that a feed means by a code, in any case. */
export function courseOfRow({ program }: { program: Pick<Program, 'courses'> }, code: string): Course | null {
  const said = code.trim().toUpperCase()
  return program.courses.find((course) => course.code.toUpperCase() === said) ?? null
}
