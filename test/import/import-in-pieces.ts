import { env } from 'cloudflare:workers'
import { Buffer } from 'node:buffer'
import { eq } from 'drizzle-orm'
import { balanceOf, type Delivery, finishDelivery } from '../../src/import/delivery-queries.ts'
import { importChunk } from '../../src/import/import-chunk.ts'
import { noteMembers } from '../../src/import/member-queries.ts'
import { openMembers } from '../../src/import/open-members.ts'
import type { OpenTable } from '../../src/import/open-table.ts'
import { readPiece } from '../../src/import/read-piece.ts'
import { stageTables } from '../../src/import/stage-tables.ts'
import { markContradictions } from '../../src/import/staging-queries.ts'
import { takeIn } from '../../src/import/take-in.ts'
import { weighRun } from '../../src/import/weigh-run.ts'
import * as schema from '../../src/schema.ts'
import { db } from '../support/builders.ts'
import { givenFeed } from './given-feed.ts'
import { heldInMemory } from './held-in-memory.ts'

const NOW = new Date('2026-06-01T12:00:00Z')

/** A table as the import read it, with its bytes as they are once they are unpacked. */
export type ReadTable = { table: OpenTable; bytes: Uint8Array; records: { line: number; raw: string }[] }

/** `read`: what was staged; `applied`: what is accounted for. */
export type Told = {
  id: string
  state: 'imported' | 'needs_review' | 'failed'
  reason: string
  tables: ReadTable[]
  read: number
  applied: number
}

/**
 * What the Workflow does with a delivery, in its order, with pieces as small as a test wants them and without an
 * engine: nothing is tried again, so whatever throws is seen. The bucket is held in memory. The same bytes may come
 * again.
 */
export async function importInPieces(name: string, bytes: Uint8Array, pieceBytes: number): Promise<Told> {
  const bucket = heldInMemory()
  const delivery = await begin(bucket, name, bytes)
  try {
    return await importAll(bucket, delivery, pieceBytes)
  } catch (error) {
    // Else it would stand in the way of the next.
    await finishDelivery(db, delivery.id, { state: 'failed', failure: 'crashed' })
    throw error
  }
}

/** No step is kept, and none is too much. */
export const straightOn = {
  do: <Answer>(_: string, work: () => Promise<Answer>) => work(),
  unit: <Answer>(_: string, work: () => Promise<Answer>) => work(),
}

async function importAll(bucket: R2Bucket, delivery: Delivery, pieceBytes: number): Promise<Told> {
  const bindings = { ...env, BUCKET: bucket }
  const told = { id: delivery.id, tables: [], read: 0, applied: 0 }
  const opened = await openMembers(bindings, delivery, straightOn)
  if (!opened.ok) return end({ ...told, state: 'failed', reason: opened.refusal })
  await noteMembers(db, delivery.id, opened.value, NOW)

  const { tables, refused } = opened.value
  await stageTables({ env: bindings, delivery, tables, step: straightOn, pieceBytes })
  await markContradictions(db, delivery.id)
  const brakes = await weighRun(db, delivery, opened.value)
  const read = {
    ...told,
    tables: await Promise.all(tables.map((table) => readAll(bucket, table, pieceBytes))),
  }
  if (brakes.length > 0) {
    const { staged, applied } = await balanceOf(db, delivery)
    return end({ ...read, read: staged, applied, state: 'needs_review', reason: JSON.stringify(brakes) })
  }

  for (const table of tables)
    await pieceByPiece(table, (from) => importChunk(bindings, delivery, table, from, NOW, pieceBytes))
  const { staged, applied } = await balanceOf(db, delivery)
  const state = refused.length > 0 ? 'needs_review' : 'imported'
  const reason = refused.map(({ member, message }) => `${member} ${message}`).join('; ')
  return end({ ...read, read: staged, applied, state, reason })
}

async function begin(bucket: R2Bucket, name: string, bytes: Uint8Array): Promise<Delivery> {
  const objectKey = `uploads/${name}`
  await bucket.put(objectKey, bytes)
  const { delivery } = await takeIn(db, bucket, givenFeed(), {
    name,
    objectKey,
    bytes: bytes.length,
    sha256: await sha256Of(bytes),
    receivedAt: NOW,
    receivedBy: 'inbox',
  })
  await db
    .update(schema.deliveries)
    .set({ state: 'importing', startedAt: NOW, sha256: await sha256Of(Buffer.from(delivery.id)) })
    .where(eq(schema.deliveries.id, delivery.id))
  return delivery
}

async function end(told: Told): Promise<Told> {
  const { id, state, reason } = told
  await finishDelivery(db, id, state === 'failed' ? { state, failure: reason } : { state })
  return told
}

async function readAll(bucket: R2Bucket, table: OpenTable, pieceBytes: number): Promise<ReadTable> {
  const records: ReadTable['records'] = []
  await pieceByPiece(table, async (from) => {
    const piece = await readPiece(bucket, table, from, pieceBytes)
    records.push(...piece.records)
    return piece.next
  })
  const object = (await bucket.get(table.objectKey))!
  return { table, bytes: new Uint8Array(await object.arrayBuffer()), records }
}

/** A piece that gets nowhere would be read for ever. */
async function pieceByPiece(
  table: OpenTable,
  work: (from: OpenTable['start']) => Promise<OpenTable['start']>,
): Promise<void> {
  let position = table.start
  while (position.offset < table.bytes) {
    const next = await work(position)
    if (next.offset <= position.offset) throw new Error(`stands still at ${position.offset}`)
    position = next
  }
}

async function sha256Of(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
