import type { ResultFields } from './read-result-row.ts'
import type { ResultRow } from './result-queries.ts'
import { rowHash } from './row-hash.ts'

type Decided = Pick<ResultRow, 'candidateId' | 'exam' | 'validity'>

/**
 * A result as it will stand, with the hash by which the same news is known again. How the candidate was found is not
 * part of it; the zone is, and comes last, be it the row's own or the feed's. One object for each of a million rows, so
 * it is filled in and not copied.
 */
export function resultRowOf(
  fields: ResultFields,
  { candidateId, exam, validity }: Decided,
  place: { line: number; vendorTime: number; timeZone: string | null },
): ResultRow {
  const timeZone = fields.timeZone ?? place.timeZone
  const said = { ...sittingOf(fields), candidateId, exam, validity, modifiedAt: null, timeZone }
  return Object.assign(said, { rowHash: rowHash(said), line: place.line, vendorTime: place.vendorTime })
}

function sittingOf(fields: ResultFields) {
  const { person, vendorCandidateId, timeZone } = fields
  if (person === undefined && vendorCandidateId === undefined && timeZone === undefined) return fields
  const { person: _, vendorCandidateId: __, timeZone: ___, ...sitting } = fields
  return sitting
}
