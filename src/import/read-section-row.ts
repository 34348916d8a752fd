import { ok, refuse } from '../core/result.ts'
import { orNull, readNumber } from './cells.ts'
import type { Feed } from './feeds.ts'
import type { RowReading } from './row.ts'

export type SectionFields = {
  registrationId: string
  code: string
  name: string
  percent: string | null
  score: string | null
  maxScore: string | null
}

/** Reads a row of `sections.csv`: how one part of a sitting went. What is no number is kept as it was written. */
export function readSectionRow(
  cell: (column: string) => string,
  { decimalSign }: Pick<Feed, 'decimalSign'>,
): RowReading<SectionFields> {
  const [registrationId, code] = [cell('registrationId'), cell('code')]
  if (registrationId === '') return refuse({ reason: 'missing_required', message: 'has no registration' })
  if (code === '') return refuse({ reason: 'missing_required', message: 'has no section code' })

  const fields: SectionFields = {
    registrationId,
    code,
    name: orNull(cell('name').normalize('NFC')) ?? code,
    percent: readNumber(cell('percent'), decimalSign).said,
    score: readNumber(cell('score'), decimalSign).said,
    maxScore: readNumber(cell('maxScore'), decimalSign).said,
  }
  return ok({ fields, remarks: [] })
}
