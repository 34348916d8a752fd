import type { Database } from '../core/database.ts'
import { type Applied, tallyOf } from './applied.ts'
import { contradictedKeys, contradiction, decideByTime } from './decide-row.ts'
import type { Origin } from './origin.ts'
import type { SectionFields } from './read-section-row.ts'
import type { Fault, SourceRow } from './row.ts'
import { rowHash } from './row-hash.ts'
import { loadSectionFacts, type SectionRow, storeSections } from './section-queries.ts'

/** Takes in rows about the parts of sittings. One whose result has not come waits for it. */
export async function applySections(
  db: Database,
  origin: Origin,
  rows: readonly SourceRow<SectionFields>[],
): Promise<Applied> {
  const registrationIds = rows.map(({ fields }) => fields.registrationId)
  const { stored, withoutResult } = await loadSectionFacts(db, origin, registrationIds)
  const known = new Map(stored.map((section) => [sectionKey(section), section]))
  const tally = tallyOf('section')
  const contradicted = contradictedKeys(rows, sectionKey, origin)
  const seen = new Set<string>()
  const written: SectionRow[] = []

  for (const source of rows) {
    const key = sectionKey(source.fields)
    const { registrationId } = source.fields
    if (contradicted.has(key)) tally.refuse(source, contradiction(key))
    else if (withoutResult.has(registrationId) && !origin.brought?.results.has(registrationId))
      tally.refuse(source, withoutItsResult(registrationId))
    else if (seen.has(key)) tally.count('unchanged')
    else {
      const row: SectionRow = {
        ...source.fields,
        vendorTime: origin.vendorTime,
        rowHash: rowHash(source.fields),
      }
      const { outcome } = decideByTime(row, known.get(key) ?? null)
      seen.add(key)
      tally.count(outcome)
      // What is unchanged is written, too: the same values are now known under a later clock.
      if (outcome !== 'superseded') written.push(row)
    }
  }
  return { counts: tally.counts, kept: tally.kept, writes: storeSections(db, origin.feed.id, written) }
}

function withoutItsResult(registrationId: string): Fault {
  return { reason: 'orphan_section', message: `came without the result of registration ${registrationId}` }
}

export function sectionKey({ registrationId, code }: { registrationId: string; code: string }): string {
  return `${registrationId} ${code}`
}
