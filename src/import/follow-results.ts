import type { Database } from '../core/database.ts'
import type { OwedMail } from '../mail/outbox.ts'
import {
  oweChangeMails,
  oweMailsInSlices,
  oweResultMails,
  type ToldChange,
  takeBackMailsInSlices,
} from './mail-queries.ts'
import type { Origin } from './origin.ts'
import { type ResultRow, reviseCandidates, reviseNewHolders } from './result-queries.ts'
import { type OpenedReview, openReviews } from './review-queries.ts'
import type { Statement } from './row-queries.ts'
import { isFinalAndVisible, type SeenResult, visibleChange } from './sitting.ts'

/** A result as it stands from now on, and as it stood before. */
export type ChangedResult = { row: ResultRow; stored: SeenResult | null }

/** What follows from results that were not there before. Lines rise within a table. */
export function followNewResults(db: Database, origin: Origin, added: readonly ResultRow[]): Statement[] {
  const [first, last] = [added[0], added.at(-1)]
  if (!first || !last) return []
  const stored = { ...origin, from: first.line, to: last.line }
  const revoked = added.filter(({ validity }) => validity === 'revoked')
  return [
    ...openReviews(
      db,
      origin,
      revoked.flatMap((row) => reviewOf({ row, stored: null })),
    ),
    reviseNewHolders(db, stored),
    oweResultMails(db, stored),
  ]
}

/** What follows from results that changed: awards and reviews, and what the candidate is told. */
export function followChanges(db: Database, origin: Origin, changed: readonly ChangedResult[]): Statement[] {
  const awardsMayChange = changed.filter(
    ({ row, stored }) => row.grade === 'pass' || stored?.grade === 'pass',
  )
  // What came with its hold is held before the candidate is told.
  const hidden = changed.filter(({ row }) => row.validity === 'held')
  return [
    ...reviseCandidates(
      db,
      awardsMayChange.map(({ row }) => row.candidateId),
    ),
    ...openReviews(db, origin, changed.flatMap(reviewOf)),
    ...takeBackMailsInSlices(
      db,
      hidden.map(({ row }) => resultMail(origin, row).dedupeKey),
    ),
    ...oweChangeMails(db, origin, changed.flatMap(toldChange)),
    ...oweMailsInSlices(
      db,
      changed.filter(isNews).map(({ row }) => resultMail(origin, row)),
      origin.importedAt,
    ),
  ]
}

/** The candidate is told once: when there is first something to tell. */
function isNews({ row, stored }: ChangedResult): boolean {
  return isFinalAndVisible(row) && !(stored && isFinalAndVisible(stored))
}

/** Each later change that the candidate can see is told of once. */
function toldChange({ row, stored }: ChangedResult): ToldChange[] {
  if (!stored) return []
  const isReleased = stored.validity === 'held' && isFinalAndVisible(row)
  const change = isReleased ? 'released' : visibleChange(stored, row)
  return change === null ? [] : [{ row, change }]
}

/** A pass that is none any more, and a result that was taken back, want a person's look. */
function reviewOf({ row, stored }: ChangedResult): OpenedReview[] {
  const kinds = [
    ...(stored?.grade === 'pass' && row.grade !== 'pass' ? (['pass_lost'] as const) : []),
    ...(row.validity === 'revoked' && stored?.validity !== 'revoked' ? (['revoked'] as const) : []),
  ]
  return kinds.map((kind) => ({ kind, row }))
}

function resultMail({ feed }: Origin, row: ResultRow): OwedMail {
  return {
    dedupeKey: `result/${feed.id}/${row.registrationId}`,
    candidateId: row.candidateId,
    template: 'result',
    payload: { exam: row.exam, examCode: row.examCode, examOn: row.examOn },
  }
}
