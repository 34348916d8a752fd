import { openDatabase } from '../core/database.ts'
import {
  destroyExpiredPhotos,
  listDoomedObjects,
  listKnownObjects,
  recordDeletedObjects,
} from './file-queries.ts'
import { PHOTO_PREFIX } from './request.ts'

type Bindings = Pick<Env, 'DB' | 'BUCKET'>

/** An upload that is older has its row, or never gets one. */
const ORPHANED_AFTER_MS = 86_400_000

/** Destroys the keys of photos that nobody decided on in time. Their requests stay open, without a photo. */
export async function destroyOldPhotos(env: Pick<Env, 'DB'>, now: Date): Promise<void> {
  const db = openDatabase(env.DB)
  while (await destroyExpiredPhotos(db, now));
}

/** Deletes what is left in the bucket of photos whose key is destroyed. */
export async function deleteDestroyedPhotos(env: Bindings, now: Date): Promise<void> {
  const db = openDatabase(env.DB)
  const objectKeys = await listDoomedObjects(db)
  if (objectKeys.length === 0) return
  await env.BUCKET.delete(objectKeys)
  await recordDeletedObjects(db, objectKeys, now)
}

/** Deletes uploads whose request was never written down, since whatever wrote it was stopped in between. */
export async function deleteOrphanedPhotos(env: Bindings, now: Date): Promise<void> {
  const db = openDatabase(env.DB)
  let cursor: string | undefined
  do {
    const page = await env.BUCKET.list({ prefix: PHOTO_PREFIX, ...(cursor !== undefined && { cursor }) })
    const old = page.objects
      .filter(({ uploaded }) => now.getTime() - uploaded.getTime() > ORPHANED_AFTER_MS)
      .map(({ key }) => key)
    const known = await listKnownObjects(db, old)
    const orphans = old.filter((key) => !known.has(key))
    if (orphans.length > 0) await env.BUCKET.delete(orphans)
    cursor = page.truncated ? page.cursor : undefined
  } while (cursor !== undefined)
}
