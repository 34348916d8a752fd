import { and, desc, eq, gt, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import { audited } from '../audit/audit-queries.ts'
import type { CalendarDate } from '../core/calendar-date.ts'
import type { Database } from '../core/database.ts'
import { oweMails } from '../mail/outbox-queries.ts'
import { accessLinks, dataExports } from '../schema.ts'
import { COPIES_PER_DAY, copyExpiresAt, dayBefore } from './rules.ts'

export type Copy = typeof dataExports.$inferSelect

/** A claim that came to nothing is anybody's again after this long. */
const CLAIM_MS = 10 * 60_000

/** The copy of their data that the candidate asked for last, and how many they asked for within a day. */
export async function findLastCopy(db: Database, candidateId: string, now: Date) {
  const [last] = await db
    .select({ copy: dataExports, askedToday: askedToday(candidateId, now) })
    .from(dataExports)
    .where(eq(dataExports.candidateId, candidateId))
    .orderBy(desc(dataExports.id))
    .limit(1)
  return last ?? null
}

function askedToday(candidateId: string, now: Date): SQL<number> {
  return sql<number>`(
    SELECT count(*) FROM data_exports AS other
    WHERE other.candidate_id = ${candidateId} AND other.asked_at > ${dayBefore(now).getTime()})`
}

/** Asks for a copy, unless one is pending or enough were asked for; answers its id, or null. */
export async function askForCopy(db: Database, candidateId: string, now: Date): Promise<number | null> {
  const { before, after } = audited(db, { action: 'data.asked', actor: 'candidate', candidateId }, now)
  const [, asked] = await db.batch([
    before,
    db
      .insert(dataExports)
      .select(sql`
        SELECT NULL, ${candidateId}, ${now.getTime()}, NULL, NULL, NULL, NULL, NULL,
          ${copyExpiresAt(now).getTime()}, NULL
        WHERE ${askedToday(candidateId, now)} < ${COPIES_PER_DAY}
          AND NOT EXISTS (
            SELECT 1 FROM data_exports AS pending
            WHERE pending.candidate_id = ${candidateId} AND pending.ready_at IS NULL AND pending.gone_at IS NULL)`)
      .returning({ id: dataExports.id }),
    ...after,
  ])
  return asked[0]?.id ?? null
}

/** Takes on the copy that waits longest, or that of this id, for a while: nobody else makes it then. */
export async function claimCopy(
  db: Database,
  now: Date,
  id: number | null = null,
): Promise<{ id: number; candidateId: string } | null> {
  const [claimed] = await db
    .update(dataExports)
    .set({ claimedAt: now })
    .where(
      sql`${dataExports.id} = (
        SELECT waiting.id FROM data_exports AS waiting
        WHERE waiting.ready_at IS NULL AND waiting.gone_at IS NULL AND waiting.id = coalesce(${id}, waiting.id)
          AND (waiting.claimed_at IS NULL OR waiting.claimed_at <= ${now.getTime() - CLAIM_MS})
        ORDER BY waiting.id LIMIT 1)`,
    )
    .returning({ id: dataExports.id, candidateId: dataExports.candidateId })
  return claimed ?? null
}

/** The copy lies under its key, and mail says so; false when somebody else made it, or the account is closed. */
export async function finishCopy(
  db: Database,
  made: { id: number; candidateId: string; objectKey: string; bytes: number; expiresOn: CalendarDate },
  now: Date,
): Promise<boolean> {
  const { id, candidateId, objectKey, bytes, expiresOn } = made
  const { before, after } = audited(db, { action: 'data.ready', actor: 'system', candidateId }, now)
  const isOurs = sql`EXISTS (SELECT 1 FROM data_exports WHERE object_key = ${objectKey})`
  const mail = {
    dedupeKey: `data_ready:${id}`,
    candidateId,
    template: 'data_ready',
    payload: { exportId: id, expiresOn },
  } as const
  const [, finished] = await db.batch([
    before,
    db
      .update(dataExports)
      .set({ readyAt: now, objectKey, bytes, expiresAt: copyExpiresAt(now) })
      .where(and(eq(dataExports.id, id), isNull(dataExports.readyAt), isNull(dataExports.goneAt)))
      .returning({ id: dataExports.id }),
    ...after,
    oweMails(db, [mail], now, isOurs),
  ])
  return finished.length === 1
}

/**
 * The copy behind a link of this candidate's own, whatever became of it; null for anybody else's link, for one that
 * was used or went to an address that was removed, and for none.
 */
export async function findLinkedCopy(
  db: Database,
  { tokenHash, candidateId }: { tokenHash: string; candidateId: string },
): Promise<Copy | null> {
  const [found] = await db
    .select({ copy: dataExports })
    .from(accessLinks)
    .innerJoin(dataExports, eq(dataExports.id, sql`${accessLinks.data} ->> 'exportId'`))
    .where(
      and(
        eq(accessLinks.tokenHash, tokenHash),
        eq(accessLinks.purpose, 'data_export'),
        eq(accessLinks.candidateId, candidateId),
        isNull(accessLinks.usedAt),
        eq(dataExports.candidateId, candidateId),
      ),
    )
  return found?.copy ?? null
}

/** Uses the copy up: of two downloads at once one gets it. */
export async function takeCopy(
  db: Database,
  { id, candidateId, tokenHash }: { id: number; candidateId: string; tokenHash: string },
  now: Date,
): Promise<boolean> {
  const { before, after } = audited(db, { action: 'data.downloaded', actor: 'candidate', candidateId }, now)
  const [, taken] = await db.batch([
    before,
    db
      .update(dataExports)
      .set({ downloadedAt: now })
      .where(
        and(
          eq(dataExports.id, id),
          eq(dataExports.candidateId, candidateId),
          isNotNull(dataExports.readyAt),
          isNull(dataExports.downloadedAt),
          isNull(dataExports.goneAt),
          gt(dataExports.expiresAt, now),
        ),
      )
      .returning({ id: dataExports.id }),
    ...after,
    db
      .update(accessLinks)
      .set({ usedAt: now })
      .where(and(eq(accessLinks.tokenHash, tokenHash), isNull(accessLinks.usedAt))),
  ])
  return taken.length === 1
}

/** Copies that nobody can download any more: expired, never finished, or downloaded before `streamedBefore`. */
export async function listSpentCopies(db: Database, now: Date, streamedBefore: Date, limit: number) {
  return db
    .select({ id: dataExports.id, objectKey: dataExports.objectKey })
    .from(dataExports)
    .where(
      sql`${dataExports.goneAt} IS NULL AND (${dataExports.expiresAt} <= ${now.getTime()}
        OR ${dataExports.downloadedAt} <= ${streamedBefore.getTime()})`,
    )
    .limit(limit)
}

export async function markGone(db: Database, ids: readonly number[], now: Date): Promise<void> {
  await db
    .update(dataExports)
    .set({ goneAt: now })
    .where(sql`${dataExports.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`)
}

/** Of these keys, those that are no copy's. */
export async function listUnknownCopies(db: Database, keys: readonly string[]): Promise<string[]> {
  const unknown = await db.all<{ key: string }>(sql`
    SELECT value AS key FROM json_each(${JSON.stringify(keys)})
    WHERE value NOT IN (SELECT object_key FROM data_exports WHERE object_key IS NOT NULL)`)
  return unknown.map(({ key }) => key)
}
