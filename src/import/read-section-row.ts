import { ok, refuse } from '../core/result.ts'
import { orNull } from './cells.ts'
import type { RowReading } from './row.ts'

export type SectionFields = {
  registrationId: string
  code: string
  name: string
  percent: string | null
  score: string | null
  maxScore: string | null
}

/** Reads a row of `sections.csv`: how one part of a sitting went. Numbers are kept as they were written. */
export function readSectionRow(cell: (column: string) => string): RowReading<SectionFields> {
  const [registrationId, code] = [cell('registrationId'), cell('code')]
  if (registrationId === '') return refuse({ reason: 'missing_required', message: 'has no registration' })
  if (code === '') return refuse({ reason: 'missing_required', message: 'has no section code' })

  const fields: SectionFields = {
    registrationId,
    code,
    name: orNull(cell('name').normalize('NFC')) ?? code,
    percent: orNull(cell('percent')),
    score: orNull(cell('score')),
    maxScore: orNull(cell('maxScore')),
  }
  return ok({ fields, remarks: [] })
}
