import type { Database } from '../core/database.ts'
import type { OwedMail } from '../mail/outbox.ts'
import { type Applied, tallyOf } from './applied.ts'
import { contradictedKeys, contradiction } from './decide-row.ts'
import { decideResult, faultOfSitting } from './decide-sitting.ts'
import { examOfRow } from './exam-of-row.ts'
import { oweMailsInSlices, oweReleaseMails, oweResultMails } from './mail-queries.ts'
import type { Origin } from './origin.ts'
import type { ResultFields } from './read-result-row.ts'
import {
  confirmResults,
  insertResults,
  keepSupersededResults,
  loadResultFacts,
  type ResultFacts,
  type ResultRow,
  replaceResults,
  reviseCandidates,
  type StoredResult,
} from './result-queries.ts'
import { type OpenedReview, openReviews } from './review-queries.ts'
import type { SourceRow } from './row.ts'
import { rowHash } from './row-hash.ts'
import { isFinalAndVisible, visibleChange } from './sitting.ts'

type Change = { row: ResultRow; stored: StoredResult | null }

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
  const contradicted = contradictedKeys(rows, ({ registrationId }) => registrationId, origin.contradicted)
  const seen = new Set<string>()
  const applied: (Change & { outcome: 'new' | 'changed' })[] = []
  const superseded: ResultRow[] = []
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
        else if (outcome === 'superseded') superseded.push(row)
        else if (stored && row.vendorTime > stored.vendorTime) confirmed.push(row)
      }
    }
  }

  const rowsOf = (outcome: 'new' | 'changed') =>
    applied.filter((one) => one.outcome === outcome).map(({ row }) => row)
  const awardsMayChange = applied.filter(
    ({ row, stored }) => row.grade === 'pass' || stored?.grade === 'pass',
  )
  return {
    counts: tally.counts,
    kept: tally.kept,
    writes: [
      ...insertResults(db, origin, rowsOf('new')),
      ...replaceResults(db, origin, rowsOf('changed')),
      ...keepSupersededResults(db, origin, superseded),
      ...confirmResults(db, origin.feed.id, confirmed),
      ...reviseCandidates(
        db,
        awardsMayChange.map(({ row }) => row.candidateId),
      ),
      ...openReviews(db, origin, applied.flatMap(reviewOf)),
      ...oweMailsInSlices(
        db,
        applied.flatMap((change) => changeMail(origin, change) ?? []),
        origin.importedAt,
      ),
      ...oweReleaseMails(
        db,
        origin,
        applied.filter(isRelease).map(({ row }) => row),
      ),
      ...oweResultMails(
        db,
        origin,
        applied.filter(isNews).map(({ row }) => row),
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
  const exam = examOfRow(origin, fields.examCode)
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

  const { modifiedAt, registrationId, ...sitting } = fields
  const standing = {
    ...sitting,
    candidateId,
    exam: exam!.code,
    validity: fields.validity ?? stored?.validity ?? 'valid',
  }
  const said = JSON.stringify(standing)
  const row: ResultRow = {
    ...standing,
    registrationId,
    said,
    vendorTime: modifiedAt ?? origin.vendorTime,
    rowHash: rowHash(said),
    line,
  }
  const decision = decideResult(
    { ...row, deliveryId: origin.deliveryId },
    stored,
    origin.today,
    origin.isDecided,
  )
  return 'fault' in decision ? decision : { outcome: decision.outcome, row }
}

/** The candidate is told once: when there is first something to tell. */
function isNews({ row, stored }: Change): boolean {
  return isFinalAndVisible(row) && !(stored && isFinalAndVisible(stored))
}

/** Each later change that the candidate can see is told once: the version is what it hangs on. */
function changeMail({ feed, deliveryId }: Origin, { row, stored }: Change): OwedMail | null {
  const change = stored && visibleChange(stored, row)
  if (!change) return null
  const { exam, examCode, examOn, registrationId, candidateId } = row
  return {
    dedupeKey: `result-change/${feed.id}/${registrationId}/${deliveryId}/${row.rowHash}`,
    candidateId,
    template: 'result_changed',
    payload: { exam, examCode, examOn, change },
  }
}

function isRelease({ row, stored }: Change): boolean {
  return stored?.validity === 'held' && isFinalAndVisible(row)
}

/** A pass that is none any more, and a result that was taken back, want a person's look. */
function reviewOf({ row, stored }: Change): OpenedReview[] {
  const kinds = [
    ...(stored?.grade === 'pass' && row.grade !== 'pass' ? (['pass_lost'] as const) : []),
    ...(row.validity === 'revoked' && stored?.validity !== 'revoked' ? (['revoked'] as const) : []),
  ]
  return kinds.map((kind) => ({ kind, row }))
}
