import type { Database } from '../core/database.ts'
import { type Applied, tallyOf } from './applied.ts'
import { contradictedKeys, contradiction } from './decide-row.ts'
import { type Link, learnLinks, loadLinkFacts } from './link-queries.ts'
import type { Origin } from './origin.ts'
import { type AcknowledgementFields, keyOfAcknowledgement } from './read-acknowledgement-row.ts'
import type { SourceRow } from './row.ts'

/** Takes in what the vendor accepted: of use to us is only whom its own numbers mean. */
export async function applyAcknowledgements(
  db: Database,
  origin: Origin,
  rows: readonly SourceRow<AcknowledgementFields>[],
): Promise<Applied> {
  const facts = await loadLinkFacts(
    db,
    origin.feed.id,
    rows.map(({ fields }) => fields),
  )
  const tally = tallyOf('acknowledgement')
  const contradicted = contradictedKeys(rows, keyOfAcknowledgement, origin)
  const learned = new Map<string, Link>()

  for (const source of rows) {
    const { candidateId, vendorCandidateId } = source.fields
    const key = keyOfAcknowledgement(source.fields)
    if (vendorCandidateId === undefined) tally.count('skipped')
    else if (contradicted.has(key)) tally.refuse(source, contradiction(key))
    else if (facts.unknownCandidates.has(candidateId))
      tally.refuse(source, {
        reason: 'unknown_candidate',
        message: `candidate ${candidateId} is not known yet`,
      })
    else {
      const linked = facts.linked.get(vendorCandidateId)
      if (linked !== undefined && linked !== candidateId)
        tally.refuse(source, {
          reason: 'candidate_conflict',
          message: `names candidate ${candidateId}, but by the vendor's number the registration is ${linked}'s`,
        })
      else {
        tally.count(linked === undefined && !learned.has(vendorCandidateId) ? 'new' : 'unchanged')
        if (linked === undefined) learned.set(vendorCandidateId, { vendorCandidateId, candidateId })
      }
    }
  }
  return { counts: tally.counts, kept: tally.kept, writes: learnLinks(db, origin, [...learned.values()]) }
}
