import { and, asc, desc, eq, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import type { RequestKind } from '../mail/outbox.ts'
import { candidates, requestFiles, requests, staff } from '../schema.ts'
import { askedFor, recordName } from './own-queries.ts'

/** Where a page ends: its last row's instant, in UTC milliseconds, and id. */
export type Cursor = { at: number; id: number }

type Asked = { tab: 'open' | 'decided'; kind: RequestKind | null; after: Cursor | null; limit: number }

/** One page of the open requests, the oldest first, or of those that are not open any more, the latest first. */
export async function listRequests(db: Database, { tab, kind, after, limit }: Asked) {
  // Written out, so that the partial indexes are used.
  const isOpenTab = tab === 'open'
  const isInTab = isOpenTab ? sql`${requests.state} = 'open'` : sql`${requests.state} <> 'open'`
  const instant = isOpenTab ? requests.createdAt : requests.decidedAt
  const order = isOpenTab ? asc : desc
  const isBehind = (cursor: Cursor) =>
    isOpenTab
      ? sql`(${instant}, ${requests.id}) > (${cursor.at}, ${cursor.id})`
      : sql`(${instant}, ${requests.id}) < (${cursor.at}, ${cursor.id})`
  const rows = await db
    .select({
      id: requests.id,
      kind: requests.kind,
      state: requests.state,
      details: requests.details,
      createdAt: requests.createdAt,
      decidedAt: requests.decidedAt,
      decidedBy: staff.name,
      candidateId: requests.candidateId,
      ...recordName,
      nameDecidedAt: candidates.nameDecidedAt,
      photoId: requestFiles.id,
      photoDestroyedAt: requestFiles.destroyedAt,
    })
    .from(requests)
    .innerJoin(candidates, eq(candidates.id, requests.candidateId))
    .leftJoin(staff, eq(staff.id, requests.decidedBy))
    .leftJoin(requestFiles, eq(requestFiles.requestId, requests.id))
    .where(
      and(isInTab, kind === null ? undefined : eq(requests.kind, kind), after ? isBehind(after) : undefined),
    )
    .orderBy(order(instant), order(requests.id))
    .limit(limit)
  return rows.map(askedFor)
}

export type ListedRequest = Awaited<ReturnType<typeof listRequests>>[number]
