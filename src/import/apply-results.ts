import type { Database } from '../core/database.ts'
import { examOfSeriesCode } from '../program/catalogue.ts'
import { type Applied, tallyOf } from './applied.ts'
import { contradictedKeys, contradiction } from './decide-row.ts'
import { decideResult, faultOfSitting } from './decide-sitting.ts'
import { followChanges, followNewResults } from './follow-results.ts'
import { isBrought, type Origin } from './origin.ts'
import type { ResultFields } from './read-result-row.ts'
import {
  confirmResults,
  insertResults,
  keepSupersededResults,
  loadResultFacts,
  type ResultFacts,
  type ResultRow,
  replaceResults,
  type StoredResult,
} from './result-queries.ts'
import type { SourceRow } from './row.ts'
import { rowHash } from './row-hash.ts'
import type { Statement } from './row-queries.ts'

type Change = { row: ResultRow; stored: StoredResult | null }

/** Takes in rows about outcomes of sittings: new ones, changed ones, and those that came too late. */
export async function applyResults(
  db: Database,
  origin: Origin,
  rows: readonly SourceRow<ResultFields>[],
): Promise<Applied> {
  const asked = rows.map((source) => ({ source, alone: alone(origin, source) }))
  const facts = await loadResultFacts(
    db,
    origin.feed.id,
    asked.map(({ source: { fields }, alone }) => ({ ...namesOf(fields), rowHash: alone?.rowHash ?? null })),
  )
  const tally = tallyOf('result')
  const contradicted = contradictedKeys(rows, ({ registrationId }) => registrationId, origin.contradicted)
  const seen = new Set<string>()
  const applied: (Change & { outcome: 'new' | 'changed' })[] = []
  const superseded: ResultRow[] = []
  const confirmed: Confirmed[] = []

  for (const { source, alone } of asked) {
    const { registrationId, modifiedAt } = source.fields
    const vendorTime = modifiedAt ?? origin.vendorTime
    if (contradicted.has(registrationId)) tally.refuse(source, contradiction(registrationId))
    else if (seen.has(registrationId)) tally.count('unchanged')
    else if (facts.same.has(registrationId)) {
      seen.add(registrationId)
      tally.count('unchanged')
      if (vendorTime > facts.same.get(registrationId)!) confirmed.push({ registrationId, vendorTime })
    } else {
      const stored = facts.results.get(registrationId) ?? null
      const decided = decide(origin, source, alone, stored, facts)
      if ('fault' in decided) tally.refuse(source, decided.fault)
      else {
        const { outcome, row } = decided
        seen.add(registrationId)
        tally.count(outcome)
        if (outcome === 'new' || outcome === 'changed') applied.push({ outcome, row, stored })
        else if (outcome === 'superseded') superseded.push(row)
        else if (stored && vendorTime > stored.vendorTime) confirmed.push({ registrationId, vendorTime })
      }
    }
  }
  return {
    counts: tally.counts,
    kept: tally.kept,
    writes: [
      ...writesFor(db, origin, applied),
      ...keepSupersededResults(db, origin, superseded),
      ...confirmResults(db, origin.feed.id, confirmed),
    ],
  }
}

type Confirmed = { registrationId: string; vendorTime: number }

function writesFor(
  db: Database,
  origin: Origin,
  applied: readonly (Change & { outcome: 'new' | 'changed' })[],
): Statement[] {
  const added = applied.flatMap(({ outcome, row }) => (outcome === 'new' ? row : []))
  const changed = applied.filter(({ outcome }) => outcome === 'changed')
  return [
    ...insertResults(db, origin, added),
    ...replaceResults(
      db,
      origin,
      changed.map(({ row }) => row),
    ),
    ...followChanges(db, origin, changed),
    ...followNewResults(db, origin, added),
  ]
}

function namesOf({ registrationId, candidateId }: ResultFields) {
  return { registrationId, candidateId }
}

/** The result as the row alone would have it; null where it leaves open whose it is or what was sat. */
function alone(origin: Origin, source: SourceRow<ResultFields>): ResultRow | null {
  const { candidateId, examCode, validity } = source.fields
  const exam = examOfSeriesCode(origin.program, examCode)
  return exam === null || candidateId === ''
    ? null
    : standing(origin, source, { candidateId, exam: exam.code, validity: validity ?? 'valid' })
}

function standing(
  { vendorTime }: Origin,
  { line, fields }: SourceRow<ResultFields>,
  decided: Pick<ResultRow, 'candidateId' | 'exam' | 'validity'>,
): ResultRow {
  return resultRowOf(fields, decided, { line, vendorTime: fields.modifiedAt ?? vendorTime })
}

/**
 * A result as it will stand, with the hash by which the same news is known again. One object for each of a million
 * rows, so it is filled in and not copied.
 */
export function resultRowOf(
  fields: ResultFields,
  { candidateId, exam, validity }: Pick<ResultRow, 'candidateId' | 'exam' | 'validity'>,
  { line, vendorTime }: { line: number; vendorTime: number },
): ResultRow {
  const said = { ...fields, candidateId, exam, validity, modifiedAt: null }
  return Object.assign(said, { rowHash: rowHash(said), vendorTime, line })
}

function decide(
  origin: Origin,
  source: SourceRow<ResultFields>,
  alone: ResultRow | null,
  stored: StoredResult | null,
  { holders, unknownCandidates }: ResultFacts,
) {
  const { fields } = source
  const holder =
    stored?.candidateId ??
    holders.get(fields.registrationId) ??
    origin.brought?.holders.get(fields.registrationId) ??
    null
  const candidateId = fields.candidateId || (holder ?? '')
  const exam = examOfSeriesCode(origin.program, fields.examCode)
  const fault = faultOfSitting(
    { candidateId, examCode: fields.examCode },
    {
      exam,
      candidateIsKnown: !unknownCandidates.has(candidateId) || isBrought(origin, candidateId),
      holder,
      storedExam: stored?.exam ?? null,
    },
  )
  if (fault) return { fault }

  const validity = fields.validity ?? stored?.validity ?? 'valid'
  const row =
    alone !== null && alone.validity === validity
      ? alone
      : standing(origin, source, { candidateId, exam: exam!.code, validity })
  const decision = decideResult(row, { ...origin, line: source.line }, stored, origin.today)
  return 'fault' in decision ? decision : { outcome: decision.outcome, row }
}
