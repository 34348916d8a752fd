import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { loadReport } from '../../src/import/delivery-queries.ts'
import { loadFeed } from '../../src/import/feed-queries.ts'
import { importChunk } from '../../src/import/import-chunk.ts'
import { noteMembers } from '../../src/import/member-queries.ts'
import { openTable } from '../../src/import/open-table.ts'
import { stageTables } from '../../src/import/stage-tables.ts'
import { markContradictions } from '../../src/import/staging-queries.ts'
import { digestOf, takeIn } from '../../src/import/take-in.ts'
import * as schema from '../../src/schema.ts'
import { NOW } from '../import/deliver.ts'
import { straightOn } from '../import/import-in-pieces.ts'
import { db } from '../support/builders.ts'

/** One file from its bytes to its balance, as the workflow does it, without the workflow's waiting. Again for known bytes. */
export async function importFile(name: string, text: string, now = NOW): Promise<string> {
  const bytes = new TextEncoder().encode(text)
  await env.BUCKET.put(`uploads/${name}`, bytes)
  const feed = await loadFeed(db, 'pearson')
  const arrival = {
    name,
    objectKey: `uploads/${name}`,
    bytes: bytes.length,
    sha256: await digestOf(env.BUCKET, `uploads/${name}`),
    receivedAt: now,
    receivedBy: 'api' as const,
  }
  const { delivery } = await takeIn(db, env.BUCKET, feed, arrival)
  const source = { member: name, bytes: bytes.length, number: 0, inZip: false }
  const opened = await openTable(env.BUCKET, feed, delivery, source)
  if (!opened.ok || !opened.value) throw new Error('not a table')
  await noteMembers(db, delivery.id, { tables: [opened.value], others: [], refused: [], manifest: null }, now)
  await stageTables({ env, delivery, tables: [opened.value], step: straightOn })
  await markContradictions(db, delivery.id)
  for (let at = opened.value.start; at.offset < bytes.length; )
    at = await importChunk(env, delivery, opened.value, at, now, 1_000_000)
  await db.delete(schema.stagedRows)
  await db.update(schema.deliveries).set({ state: 'imported' }).where(eq(schema.deliveries.id, delivery.id))
  return delivery.id
}

/** What became of a delivery's rows in its last run; that the numbers add up is the table's own CHECK. */
export async function countsOf(deliveryId: string) {
  return (await loadReport(db, deliveryId, { limit: 1, offset: 0 }))!.counts
}
