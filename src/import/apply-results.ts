import type { Database } from '../core/database.ts'
import { seriesCodeSince } from '../program/catalogue.ts'
import { type Applied, tallyOf } from './applied.ts'
import { createCandidates, type NewCandidate } from './create-candidates.ts'
import { contradictedKeys, contradiction } from './decide-row.ts'
import { decideResult, faultOfSitting } from './decide-sitting.ts'
import { examOfRow } from './exam-of-row.ts'
import { followChanges, followNewResults } from './follow-results.ts'
import { matchCandidate } from './match-candidate.ts'
import { type Origin, withBrought } from './origin.ts'
import { keyOfResult, type ResultFields } from './read-result-row.ts'
import {
  confirmResults,
  insertResults,
  keepSupersededResults,
  loadResultFacts,
  noteResultsHere,
  type ResultFacts,
  type ResultRow,
  replaceResults,
  type StoredResult,
} from './result-queries.ts'
import { resultRowOf } from './result-row.ts'
import type { Fault, SourceRow } from './row.ts'
import { rowHash } from './row-hash.ts'
import type { Statement } from './row-queries.ts'
import { isGraded, sittingKey, UNNUMBERED } from './sitting.ts'

type Change = { row: ResultRow; stored: StoredResult | null }

/** Takes in rows about outcomes of sittings: new ones, changed ones, and those that came too late. */
export async function applyResults(
  db: Database,
  origin: Origin,
  rows: readonly SourceRow<ResultFields>[],
): Promise<Applied> {
  const asked = rows.map((source) => ({ source, alone: alone(origin, source) }))
  const facts = withBrought(
    origin,
    await loadResultFacts(
      db,
      origin.feed.id,
      asked.map(({ source: { fields }, alone }) => named(fields, alone)),
    ),
  )
  const tally = tallyOf('result')
  const contradicted = contradictedKeys(rows, keyOfResult, origin)
  const seen = new Set<string>()
  const applied: (Change & { outcome: 'new' | 'changed' })[] = []
  const superseded: ResultRow[] = []
  const confirmed: Confirmed[] = []
  const people: NewCandidate[] = []

  for (const { source, alone } of asked) {
    const { registrationId, modifiedAt } = source.fields
    const key = keyOfResult(source.fields)
    const vendorTime = modifiedAt ?? origin.vendorTime
    if (contradicted.has(key)) tally.refuse(source, contradiction(key))
    else if (seen.has(key)) tally.count('unchanged')
    else if (facts.same.has(registrationId)) {
      seen.add(key)
      tally.count('unchanged')
      if (vendorTime > facts.same.get(registrationId)!) confirmed.push({ registrationId, vendorTime })
    } else {
      const decided = decide(origin, source, alone, facts)
      if ('fault' in decided) tally.refuse(source, decided.fault)
      else {
        const { outcome, row, stored, isNew } = decided
        seen.add(key)
        tally.count(outcome)
        const remark = remarkOn(origin, row, stored)
        if (remark) tally.remark(source, remark)
        if (isNew)
          people.push({ candidateId: row.candidateId, person: source.fields.person!, line: row.line })
        if (outcome === 'new' || outcome === 'changed') applied.push({ outcome, row, stored })
        else if (outcome === 'superseded') superseded.push(row)
        else if (stored && vendorTime > stored.vendorTime)
          confirmed.push({ registrationId: row.registrationId, vendorTime })
      }
    }
  }

  const booked = applied.flatMap(({ outcome, row: { registrationId } }) =>
    outcome === 'new' && facts.holders.has(registrationId) ? [registrationId] : [],
  )
  return {
    counts: tally.counts,
    kept: tally.kept,
    writes: [
      ...createCandidates(db, origin, people),
      ...writesFor(db, origin, applied),
      ...noteResultsHere(db, origin.feed.id, booked),
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

/** What is asked of the record for a row, without what only says how the sitting went. */
function named(fields: ResultFields, alone: ResultRow | null) {
  const { registrationId, candidateId, clientAuthorizationId, vendorCandidateId, person } = fields
  return {
    registrationId,
    candidateId,
    clientAuthorizationId,
    ...(vendorCandidateId !== undefined && { vendorCandidateId }),
    ...(person && { person }),
    rowHash: alone?.rowHash ?? null,
  }
}

/** The result as the row alone would have it; null where it leaves open whose it is, what was sat or which sitting. */
function alone(origin: Origin, source: SourceRow<ResultFields>): ResultRow | null {
  const { registrationId, candidateId, examCode, validity } = source.fields
  const exam = examOfRow(origin, examCode)
  return exam === null || candidateId === '' || registrationId === ''
    ? null
    : standing(origin, source, { candidateId, exam: exam.code, validity: validity ?? 'valid' })
}

function standing(
  { vendorTime, feed }: Origin,
  { line, fields }: SourceRow<ResultFields>,
  decided: Pick<ResultRow, 'candidateId' | 'exam' | 'validity'>,
): ResultRow {
  const place = { line, vendorTime: fields.modifiedAt ?? vendorTime, timeZone: feed.timeZone }
  return resultRowOf(fields, decided, place)
}

function decide(
  origin: Origin,
  source: SourceRow<ResultFields>,
  alone: ResultRow | null,
  facts: ResultFacts,
) {
  const { fields, line } = source
  const known = facts.results.get(fields.registrationId) ?? null
  const holder = known?.candidateId ?? facts.holders.get(fields.registrationId) ?? null
  const match = matchCandidate(fields, holder, facts, origin.feed.createsCandidates)
  if (!match.ok) return { fault: match.refusal }

  const { candidateId, isNew } = match.value
  const stored = known ?? unnumbered(candidateId, fields, facts)
  const exam = examOfRow(origin, fields.examCode)
  const fault = faultOfSitting(
    { candidateId, examCode: fields.examCode },
    {
      exam,
      candidateIsKnown: isNew || !facts.unknownCandidates.has(candidateId),
      holder,
      storedExam: stored?.exam ?? null,
    },
  )
  if (fault) return { fault }

  const validity = fields.validity ?? stored?.validity ?? 'valid'
  const isAlone = alone !== null && alone.validity === validity && alone.candidateId === candidateId
  const row = isAlone ? alone : standing(origin, source, { candidateId, exam: exam!.code, validity })
  row.registrationId ||= stored?.registrationId ?? newNumber(origin, line)
  const decision = decideResult(row, { ...origin, line }, stored, origin.today, origin.isDecided)
  return 'fault' in decision ? decision : { outcome: decision.outcome, row, stored, isNew }
}

/** The sitting itself, where the vendor has no registration to know it by. */
function unnumbered(candidateId: string, fields: ResultFields, facts: ResultFacts): StoredResult | null {
  if (fields.registrationId !== '') return null
  return facts.unnumbered.get(sittingKey(candidateId, fields)) ?? null
}

/** The same line of the same delivery gets the same number, however often it is tried. */
function newNumber({ deliveryId, member }: Origin, line: number): string {
  return UNNUMBERED + rowHash([deliveryId, member, line])
}

/** What is worth a look, and counts all the same. */
function remarkOn({ program }: Origin, row: ResultRow, stored: StoredResult | null): Fault | null {
  if (stored?.delivery.startsWith('no_show') && isGraded(row))
    return { reason: 'late_grade', message: `was a no-show, and is now a ${row.grade}` }
  const since = seriesCodeSince(program, row.examCode)
  return since !== null && row.examOn < since
    ? {
        reason: 'before_exam',
        message: `was sat on ${row.examOn}, and there is ${row.examCode} since ${since}`,
      }
    : null
}
