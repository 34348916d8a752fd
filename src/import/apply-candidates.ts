import type { Database } from '../core/database.ts'
import type { OwedMail } from '../mail/outbox.ts'
import type { Aliases } from './alias-queries.ts'
import { type Applied, tallyOf } from './applied.ts'
import {
  addEmails,
  type CandidateRow,
  confirmCandidates,
  loadCandidates,
  storeCandidates,
} from './candidate-queries.ts'
import { contradictedKeys, contradiction, decideByTime } from './decide-row.ts'
import { oweMailsInSlices } from './mail-queries.ts'
import type { Origin } from './origin.ts'
import type { CandidateFields } from './read-candidate-row.ts'
import type { SourceRow } from './row.ts'
import { rowHash } from './row-hash.ts'

/** Takes in rows about people. The candidate ID says who is who, never the name or the address. */
export async function applyCandidates(
  db: Database,
  origin: Origin,
  rows: readonly SourceRow<CandidateFields>[],
  aliases: Aliases,
): Promise<Applied> {
  const known = await loadCandidates(
    db,
    rows.map(({ fields }) => fields.candidateId),
  )
  const tally = tallyOf('candidate')
  const contradicted = contradictedKeys(rows, ({ candidateId }) => candidateId, origin)
  const decided = new Map<string, CandidateRow>()
  const applied: CandidateRow[] = []
  const confirmed: CandidateRow[] = []
  const welcome: OwedMail[] = []

  for (const source of rows) {
    const { candidateId, email } = source.fields
    const stored = known.get(candidateId) ?? null
    if (aliases.has(candidateId))
      tally.refuse(source, {
        reason: 'merged',
        message: `candidate ${candidateId} is on record under another ID, which says who they are`,
      })
    else if (contradicted.has(candidateId)) tally.refuse(source, contradiction(candidateId))
    else if (decided.has(candidateId)) tally.count('unchanged')
    else if (!stored && !origin.feed.createsCandidates)
      tally.refuse(source, {
        reason: 'unknown_candidate',
        message: `candidate ${candidateId} is not known, and this feed does not create candidates`,
      })
    else {
      const row: CandidateRow = {
        ...source.fields,
        vendorTime: origin.vendorTime,
        rowHash: rowHash(source.fields),
        line: source.line,
      }
      const { outcome } = decideByTime(row, stored)
      tally.count(outcome)
      decided.set(candidateId, row)
      if (outcome === 'new' || outcome === 'changed') applied.push(row)
      else if (outcome === 'unchanged' && row.vendorTime > stored!.vendorTime) confirmed.push(row)
      if (email !== null && !stored?.hasEmail) welcome.push(welcomeMail(candidateId))
    }
  }

  return {
    counts: tally.counts,
    kept: tally.kept,
    writes: [
      ...storeCandidates(db, origin, applied),
      ...confirmCandidates(db, confirmed),
      ...addEmails(db, origin, [...decided.values()]),
      ...oweMailsInSlices(db, welcome, origin.importedAt),
    ],
  }
}

/** Owed when there is first an address to send it to. */
export function welcomeMail(candidateId: string): OwedMail {
  return { dedupeKey: `welcome/${candidateId}`, candidateId, template: 'welcome', payload: {} }
}
