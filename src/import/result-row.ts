import type { ResultFields } from './read-result-row.ts'
import type { ResultRow } from './result-queries.ts'
import { rowHash } from './row-hash.ts'

type Decided = Pick<ResultRow, 'candidateId' | 'exam' | 'validity'>

/**
 * A result as it will stand, with the hash by which the same news is known again. How the candidate was found, and a
 * zone that is only the feed's, are not part of what the row says. One object for each of a million rows, so it is
 * filled in and not copied.
 */
export function resultRowOf(
  fields: ResultFields,
  { candidateId, exam, validity }: Decided,
  place: { line: number; vendorTime: number; timeZone: string | null },
): ResultRow {
  const sitting = fields.person || fields.vendorCandidateId ? withoutDescription(fields) : fields
  const said = { ...sitting, candidateId, exam, validity, modifiedAt: null }
  return Object.assign(said, {
    rowHash: rowHash(said),
    line: place.line,
    vendorTime: place.vendorTime,
    timeZone: fields.timeZone ?? place.timeZone,
  })
}

function withoutDescription({ vendorCandidateId: _, person: __, ...sitting }: ResultFields): ResultFields {
  return sitting
}
