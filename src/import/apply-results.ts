import type { Database } from '../core/database.ts'
import type { OwedMail } from '../mail/outbox.ts'
import { examOfSeriesCode, seriesCodeSince } from '../program/catalogue.ts'
import { type Applied, tallyOf } from './applied.ts'
import { createCandidates, type NewCandidate } from './create-candidates.ts'
import { contradictedKeys, contradiction } from './decide-row.ts'
import { decideResult, faultOfSitting } from './decide-sitting.ts'
import { oweMailsInSlices, oweReleaseMails, oweResultMails } from './mail-queries.ts'
import { matchCandidate } from './match-candidate.ts'
import type { Origin } from './origin.ts'
import { keyOfResult, type ResultFields } from './read-result-row.ts'
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
import type { Fault, SourceRow } from './row.ts'
import { rowHash } from './row-hash.ts'
import { isFinalAndVisible, isGraded, sittingKey, UNNUMBERED, visibleChange } from './sitting.ts'

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
  const contradicted = contradictedKeys(rows, keyOfResult, origin.contradicted)
  const seen = new Set<string>()
  const applied: (Change & { outcome: 'new' | 'changed' })[] = []
  const superseded: ResultRow[] = []
  const confirmed: ResultRow[] = []
  const people: NewCandidate[] = []

  for (const source of rows) {
    const key = keyOfResult(source.fields)
    if (contradicted.has(key)) tally.refuse(source, contradiction(key))
    else if (seen.has(key)) tally.count('unchanged')
    else {
      const decided = decide(origin, source, facts)
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
      ...createCandidates(db, origin, people),
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

function decide(origin: Origin, { line, fields }: SourceRow<ResultFields>, facts: ResultFacts) {
  const known = facts.results.get(fields.registrationId) ?? null
  const holder = known?.candidateId ?? facts.holders.get(fields.registrationId) ?? null
  const match = matchCandidate(fields, holder, facts, origin.feed.createsCandidates)
  if (!match.ok) return { fault: match.refusal }

  const { candidateId, isNew } = match.value
  const stored = known ?? unnumbered(candidateId, fields, facts)
  const exam = examOfSeriesCode(origin.program, fields.examCode)
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

  // How the candidate was found, and a zone that is only the feed's, are not part of what the row says.
  const { modifiedAt, registrationId, vendorCandidateId: _, person: __, ...sitting } = fields
  const standing = {
    ...sitting,
    candidateId,
    exam: exam!.code,
    validity: fields.validity ?? stored?.validity ?? 'valid',
  }
  const said = JSON.stringify(standing)
  const row: ResultRow = {
    ...standing,
    registrationId: registrationId || (stored?.registrationId ?? newNumber(origin, line)),
    timeZone: fields.timeZone ?? origin.feed.timeZone,
    said,
    vendorTime: modifiedAt ?? origin.vendorTime,
    rowHash: rowHash(said),
    line,
  }
  const decision = decideResult({ ...row, deliveryId: origin.deliveryId }, stored, origin.today)
  return 'fault' in decision ? decision : { outcome: decision.outcome, row, stored, isNew }
}

/** The sitting itself, where the vendor has no registration to know it by. */
function unnumbered(candidateId: string, fields: ResultFields, facts: ResultFacts): StoredResult | null {
  if (fields.registrationId !== '') return null
  return facts.unnumbered.get(sittingKey(candidateId, fields)) ?? null
}

/** The same line of the same delivery gets the same number, however often it is tried. */
function newNumber({ deliveryId, member }: Origin, line: number): string {
  return UNNUMBERED + rowHash(`${deliveryId}/${member}/${line}`)
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
