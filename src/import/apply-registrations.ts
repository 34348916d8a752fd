import type { Database } from '../core/database.ts'
import { type Applied, tallyOf } from './applied.ts'
import { contradictedKeys, contradiction, decideByTime } from './decide-row.ts'
import { faultOfSitting } from './decide-sitting.ts'
import { examOfRow } from './exam-of-row.ts'
import type { Origin } from './origin.ts'
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
  const facts = await loadRegistrationFacts(
    db,
    origin.feed.id,
    rows.map(({ fields }) => fields),
  )
  const tally = tallyOf('registration')
  const contradicted = contradictedKeys(rows, ({ registrationId }) => registrationId, origin.contradicted)
  const seen = new Set<string>()
  const applied: RegistrationRow[] = []
  const confirmed: RegistrationRow[] = []

  for (const source of rows) {
    const { registrationId } = source.fields
    const stored = facts.registrations.get(registrationId) ?? null
    const fault = contradicted.has(registrationId)
      ? contradiction(registrationId)
      : faultOf(origin, source.fields, facts)
    if (fault) tally.refuse(source, fault)
    else if (seen.has(registrationId)) tally.count('unchanged')
    else {
      const row = rowOf(origin, source)
      const { outcome } = decideByTime(row, stored)
      seen.add(registrationId)
      tally.count(outcome)
      if (outcome === 'new' || outcome === 'changed') applied.push(row)
      else if (outcome === 'unchanged' && row.vendorTime > stored!.vendorTime) confirmed.push(row)
    }
  }

  return {
    counts: tally.counts,
    kept: tally.kept,
    writes: [
      ...storeRegistrations(db, origin, applied),
      ...confirmRegistrations(db, origin.feed.id, confirmed),
    ],
  }
}

function faultOf(
  origin: Origin,
  fields: RegistrationFields,
  { registrations, holders, unknownCandidates }: RegistrationFacts,
): Fault | null {
  const stored = registrations.get(fields.registrationId)
  return faultOfSitting(fields, {
    exam: examOfRow(origin, fields.examCode),
    candidateIsKnown: !unknownCandidates.has(fields.candidateId),
    holder: stored?.candidateId ?? holders.get(fields.registrationId) ?? null,
    storedExam: stored?.exam ?? null,
  })
}

function rowOf(origin: Origin, { line, fields }: SourceRow<RegistrationFields>): RegistrationRow {
  const { modifiedAt, ...said } = fields
  return {
    ...fields,
    exam: examOfRow(origin, fields.examCode)!.code,
    vendorTime: modifiedAt ?? origin.vendorTime,
    rowHash: rowHash(JSON.stringify(said)),
    line,
  }
}
