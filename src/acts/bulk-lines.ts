import { awardNumbers } from '../console/candidate-search.ts'
import { tidyLine } from '../core/plain-text.ts'
import type { Program } from '../program/program.ts'
import { readVerificationCode } from '../verification/verification-code.ts'

/** As many as one proposal takes. */
export const MOST_AWARDS = 500

/** A line that is not empty, by its place in the text, and what it may mean. */
export type PastedLine = { line: number; text: string; numbers: string[]; code: string | null }

/** Certification numbers or verification codes, one a line. */
export function readLines(text: string, program: Pick<Program, 'certifications'>): PastedLine[] {
  return text.split(/\r\n?|\n/).flatMap((raw, index) => {
    const typed = tidyLine(raw)
    if (typed === '') return []
    return [
      {
        line: index + 1,
        text: typed,
        numbers: awardNumbers(typed, program),
        code: readVerificationCode(typed),
      },
    ]
  })
}

export type Numbered = { id: number; number: string; verificationCode: string }

export type ReadLines = {
  awardIds: number[]
  unknown: { line: number; text: string }[]
  /** Lines that mean an award which an earlier line meant. */
  double: { line: number; text: string; earlier: number }[]
}

/** Which awards the lines mean, each once. */
export function meantAwards(lines: readonly PastedLine[], found: readonly Numbered[]): ReadLines {
  const read: ReadLines = { awardIds: [], unknown: [], double: [] }
  const lineOf = new Map<number, number>()
  for (const { line, text, numbers, code } of lines) {
    const award = found.find((one) => numbers.includes(one.number) || one.verificationCode === code)
    const earlier = award && lineOf.get(award.id)
    if (!award) read.unknown.push({ line, text })
    else if (earlier !== undefined) read.double.push({ line, text, earlier })
    else {
      lineOf.set(award.id, line)
      read.awardIds.push(award.id)
    }
  }
  return read
}
