import type { Database } from '../core/database.ts'
import { type Result, refuse } from '../core/result.ts'
import { type Applied, tallyOf } from './applied.ts'
import { createCandidates, type NewCandidate } from './create-candidates.ts'
import { contradictedKeys, contradiction, decideByTime } from './decide-row.ts'
import { faultOfSitting } from './decide-sitting.ts'
import { examOfRow } from './exam-of-row.ts'
import { type Match, matchCandidate } from './match-candidate.ts'
import { type Origin, withBrought } from './origin.ts'
import type { RegistrationFields } from './read-registration-row.ts'
import {
  confirmRegistrations,
  loadRegistrationFacts,
  type RegistrationFacts,
  type RegistrationRow,
  storeRegistrations,
} from './registration-queries.ts'
import type { Fault, SourceRow } from './row.ts'
import { rowHash } from './row-hash.ts'

/** Takes in rows about bookings. */
export async function applyRegistrations(
  db: Database,
  origin: Origin,
  rows: readonly SourceRow<RegistrationFields>[],
): Promise<Applied> {
  const facts = withBrought(
    origin,
    await loadRegistrationFacts(
      db,
      origin.feed.id,
      rows.map(({ fields }) => fields),
    ),
  )
  const tally = tallyOf('registration')
  const contradicted = contradictedKeys(rows, ({ registrationId }) => registrationId, origin)
  const seen = new Set<string>()
  const applied: RegistrationRow[] = []
  const confirmed: RegistrationRow[] = []
  const people: NewCandidate[] = []

  for (const source of rows) {
    const { registrationId } = source.fields
    const stored = facts.registrations.get(registrationId) ?? null
    if (contradicted.has(registrationId)) tally.refuse(source, contradiction(registrationId))
    else if (seen.has(registrationId)) tally.count('unchanged')
    else {
      const match = matchOf(origin, source, facts)
      if (!match.ok) tally.refuse(source, match.refusal)
      else {
        const { candidateId, isNew } = match.value
        const row = rowOf(origin, source, candidateId)
        const { outcome } = decideByTime(row, stored)
        seen.add(registrationId)
        tally.count(outcome)
        if (isNew) people.push({ candidateId, person: source.fields.person!, line: source.line })
        if (outcome === 'new' || outcome === 'changed') applied.push(row)
        else if (outcome === 'unchanged' && row.vendorTime > stored!.vendorTime) confirmed.push(row)
      }
    }
  }

  return {
    counts: tally.counts,
    kept: tally.kept,
    writes: [
      ...createCandidates(db, origin, people),
      ...storeRegistrations(db, origin, applied),
      ...confirmRegistrations(db, origin.feed.id, confirmed),
    ],
  }
}

function matchOf(
  origin: Origin,
  { fields }: SourceRow<RegistrationFields>,
  facts: RegistrationFacts,
): Result<Match, Fault> {
  const { registrationId, examCode } = fields
  const stored = facts.registrations.get(registrationId)
  const holder = stored?.candidateId ?? facts.holders.get(registrationId) ?? null
  const match = matchCandidate(fields, holder, facts, origin.feed.createsCandidates)
  if (!match.ok) return match
  const { candidateId, isNew } = match.value
  const fault = faultOfSitting(
    { candidateId, examCode },
    {
      exam: examOfRow(origin, examCode),
      candidateIsKnown: isNew || !facts.unknownCandidates.has(candidateId),
      holder,
      storedExam: stored?.exam ?? null,
    },
  )
  return fault ? refuse(fault) : match
}

/** The zone of the feed, where the row names none, is not part of what the row says. */
function rowOf(
  origin: Origin,
  { line, fields }: SourceRow<RegistrationFields>,
  candidateId: string,
): RegistrationRow {
  const { modifiedAt, vendorCandidateId: _, person: __, ...said } = fields
  const stands = { ...said, candidateId }
  return {
    ...stands,
    timeZone: said.timeZone ?? origin.feed.timeZone,
    exam: examOfRow(origin, said.examCode)!.code,
    vendorTime: modifiedAt ?? origin.vendorTime,
    rowHash: rowHash(stands),
    line,
  }
}
