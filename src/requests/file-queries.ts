import { and, asc, eq, isNull, lte, type SQL, sql } from 'drizzle-orm'
import type { Actor } from '../audit/actions.ts'
import { audited } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import { requestFiles, requests } from '../schema.ts'

/** Far below the statements of one batch, four for each. */
const DESTROYED_PER_RUN = 50
/** R2 deletes this many at once. */
const DELETED_PER_RUN = 1000

type Destruction = {
  requestId: number
  candidateId: string
  actor: Actor
  why: 'decided' | 'withdrawn' | 'age'
}

/**
 * The statements that destroy the keys of a request's files, those for which `onlyIf` holds, and say so. They do not
 * depend on what comes before them in the batch.
 */
export function destroyPhoto(
  db: Database,
  { requestId, candidateId, actor, why }: Destruction,
  now: Date,
  onlyIf: SQL = sql`true`,
) {
  const event = { action: 'request.file-destroyed', actor, candidateId, details: { requestId, why } } as const
  const { before, after } = audited(db, event, now)
  return [
    before,
    db
      .update(requestFiles)
      .set({ sealedKey: null, destroyedAt: now })
      .where(and(eq(requestFiles.requestId, requestId), isNull(requestFiles.destroyedAt), onlyIf)),
    ...after,
  ] as const
}

/** Destroys the files whose time is over, the oldest first. Answers whether there may be more. */
export async function destroyExpiredPhotos(db: Database, now: Date): Promise<boolean> {
  const due = await db
    .select({ requestId: requestFiles.requestId, candidateId: requests.candidateId })
    .from(requestFiles)
    .innerJoin(requests, eq(requests.id, requestFiles.requestId))
    .where(and(lte(requestFiles.destroyAfter, now), isNull(requestFiles.destroyedAt)))
    .orderBy(asc(requestFiles.destroyAfter))
    .limit(DESTROYED_PER_RUN)
  const [first, ...others] = due.map((file) =>
    destroyPhoto(db, { ...file, actor: 'system', why: 'age' }, now, lte(requestFiles.destroyAfter, now)),
  )
  if (!first) return false
  await db.batch([...first, ...others.flat()])
  return due.length === DESTROYED_PER_RUN
}

/** The objects whose key is destroyed: nobody can open them, and they are of no use. */
export async function listDoomedObjects(db: Database): Promise<string[]> {
  const doomed = await db
    .select({ objectKey: requestFiles.objectKey })
    .from(requestFiles)
    .where(and(sql`${requestFiles.destroyedAt} IS NOT NULL`, isNull(requestFiles.objectDeletedAt)))
    .orderBy(asc(requestFiles.destroyedAt))
    .limit(DELETED_PER_RUN)
  return doomed.map(({ objectKey }) => objectKey)
}

export async function recordDeletedObjects(db: Database, objectKeys: readonly string[], now: Date) {
  await db
    .update(requestFiles)
    .set({ objectDeletedAt: now })
    .where(
      and(
        sql`${requestFiles.objectKey} IN (SELECT value FROM json_each(${JSON.stringify(objectKeys)}))`,
        sql`${requestFiles.destroyedAt} IS NOT NULL`,
      ),
    )
}

/** Those of the objects that a row knows. */
export async function listKnownObjects(db: Database, objectKeys: readonly string[]): Promise<Set<string>> {
  const known = await db
    .select({ objectKey: requestFiles.objectKey })
    .from(requestFiles)
    .where(sql`${requestFiles.objectKey} IN (SELECT value FROM json_each(${JSON.stringify(objectKeys)}))`)
  return new Set(known.map(({ objectKey }) => objectKey))
}
