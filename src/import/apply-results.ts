import type { Database } from '../core/database.ts'
import type { OwedMail } from '../mail/outbox.ts'
import { examOfSeriesCode } from '../program/catalogue.ts'
import { type Applied, tallyOf } from './applied.ts'
import { contradictedKeys, contradiction } from './decide-row.ts'
import { decideResult, faultOfSitting } from './decide-sitting.ts'
import { oweMailsInSlices } from './mail-queries.ts'
import type { Origin } from './origin.ts'
import type { ResultFields } from './read-result-row.ts'
import {
  confirmResults,
  keepResultVersions,
  loadResultFacts,
  type ResultFacts,
  type ResultRow,
  reviseCandidates,
  type StoredResult,
  storeResults,
} from './result-queries.ts'
import type { SourceRow } from './row.ts'
import { rowHash } from './row-hash.ts'
import { isFinalAndVisible, type Validity } from './sitting.ts'

/** Takes in rows about outcomes of sittings: new ones, changed ones, and those that came too late. */
export async function applyResults(
  db: Database,
  origin: Origin,
  rows: readonly SourceRow<ResultFields>[],
): Promise<Applied> {
  const facts = await loadResultFacts(
    db,
    origin.feed.id,
    rows.map(({ fields }) => fields),
  )
  const tally = tallyOf('result')
  const contradicted = contradictedKeys(rows, ({ registrationId }) => registrationId)
  const seen = new Set<string>()
  const applied: { outcome: 'new' | 'changed'; row: ResultRow; stored: StoredResult | null }[] = []
  const superseded: { outcome: 'superseded'; row: ResultRow }[] = []
  const confirmed: ResultRow[] = []

  for (const source of rows) {
    const { registrationId } = source.fields
    if (contradicted.has(registrationId)) tally.refuse(source, contradiction(registrationId))
    else if (seen.has(registrationId)) tally.count('unchanged')
    else {
      const stored = facts.results.get(registrationId) ?? null
      const decided = decide(origin, source, stored, facts)
      if ('fault' in decided) tally.refuse(source, decided.fault)
      else {
        const { outcome, row } = decided
        seen.add(registrationId)
        tally.count(outcome)
        if (outcome === 'new' || outcome === 'changed') applied.push({ outcome, row, stored })
        else if (outcome === 'superseded') superseded.push({ outcome, row })
        else if (stored && row.vendorTime > stored.vendorTime) confirmed.push(row)
      }
    }
  }

  const awardsMayChange = applied.filter(
    ({ row, stored }) => row.grade === 'pass' || stored?.grade === 'pass',
  )
  return {
    counts: tally.counts,
    kept: tally.kept,
    writes: [
      ...storeResults(
        db,
        origin,
        applied.map(({ row }) => row),
      ),
      ...keepResultVersions(db, origin, [...applied, ...superseded]),
      ...confirmResults(db, origin.feed.id, confirmed),
      ...reviseCandidates(
        db,
        awardsMayChange.map(({ row }) => row.candidateId),
      ),
      ...oweMailsInSlices(
        db,
        applied.filter(isNews).map(({ row }) => resultMail(origin, row)),
        origin.importedAt,
      ),
    ],
  }
}

function decide(
  origin: Origin,
  { line, fields }: SourceRow<ResultFields>,
  stored: StoredResult | null,
  { holders, unknownCandidates }: ResultFacts,
) {
  const holder = stored?.candidateId ?? holders.get(fields.registrationId) ?? null
  const candidateId = fields.candidateId || (holder ?? '')
  const exam = examOfSeriesCode(origin.program, fields.examCode)
  const fault = faultOfSitting(
    { candidateId, examCode: fields.examCode },
    {
      exam,
      candidateIsKnown: !unknownCandidates.has(candidateId),
      holder,
      storedExam: stored?.exam ?? null,
    },
  )
  if (fault) return { fault }

  const validity = fields.validity ?? stored?.validity ?? 'valid'
  const vendorTime = fields.modifiedAt ?? origin.vendorTime
  const row = resultRowOf({ ...fields, candidateId }, { exam: exam!.code, validity, vendorTime, line })
  const decision = decideResult({ ...row, deliveryId: origin.deliveryId }, stored, origin.today)
  return 'fault' in decision ? decision : { outcome: decision.outcome, row }
}

/** A result as it will stand, with the hash by which the same news is known again. */
export function resultRowOf(
  { modifiedAt, registrationId, ...sitting }: ResultFields,
  {
    exam,
    validity,
    vendorTime,
    line,
  }: { exam: string; validity: Validity; vendorTime: number; line: number },
): ResultRow {
  const standing = { ...sitting, exam, validity }
  const said = JSON.stringify(standing)
  return { ...standing, registrationId, said, vendorTime, rowHash: rowHash(said), line }
}

/** The candidate is told once: when there is first something to tell. */
export function isNews({
  row,
  stored,
}: {
  row: ResultRow
  stored: Pick<StoredResult, 'grade' | 'validity'> | null
}): boolean {
  return isFinalAndVisible(row) && !(stored && isFinalAndVisible(stored))
}

export function resultMail({ feed }: Origin, row: ResultRow): OwedMail {
  return {
    dedupeKey: `result/${feed.id}/${row.registrationId}`,
    candidateId: row.candidateId,
    template: 'result',
    payload: { exam: row.exam, examCode: row.examCode, examOn: row.examOn },
  }
}
