import type { Database } from '../core/database.ts'
import { hex } from '../core/tokens.ts'
import type { Sender } from '../schema.ts'
import { type Delivery, findDeliveryOfBytes, insertDelivery } from './delivery-queries.ts'
import { type Feed, vendorTimeOf } from './feeds.ts'

/** Bytes that lie in the bucket and are not yet a delivery. */
export type Arrival = {
  name: string
  objectKey: string
  bytes: number
  sha256: string
  receivedAt: Date
  receivedBy: 'api' | 'inbox'
  /** The vendor, unless said otherwise. */
  sender?: Sender
}

/**
 * Makes an arrival a delivery. The bytes move to where they stay, under their digest; known bytes are the
 * delivery that they already were. Interrupted anywhere and done again, it ends the same.
 */
export async function takeIn(
  db: Database,
  bucket: R2Bucket,
  feed: Feed,
  arrival: Arrival,
): Promise<{ delivery: Delivery; isNew: boolean }> {
  const known = await findDeliveryOfBytes(db, feed.id, arrival.sha256)
  const isNew = known === null && (await register(db, bucket, feed, arrival))
  await bucket.delete(arrival.objectKey)
  return { delivery: known ?? (await findDeliveryOfBytes(db, feed.id, arrival.sha256))!, isNew }
}

async function register(
  db: Database,
  bucket: R2Bucket,
  feed: Feed,
  { objectKey: from, ...arrival }: Arrival,
): Promise<boolean> {
  const objectKey = `deliveries/${feed.id}/${arrival.sha256}`
  const object = await bucket.get(from)
  if (!object) throw new Error(`${from} is gone`)
  await bucket.put(objectKey, object.body, { sha256: arrival.sha256 })

  return insertDelivery(db, {
    id: crypto.randomUUID(),
    feed: feed.id,
    sender: 'vendor',
    ...arrival,
    vendorTime: vendorTimeOf(arrival.name, arrival.receivedAt, feed),
    objectKey,
  })
}

export async function digestOf(bucket: R2Bucket, objectKey: string): Promise<string> {
  const object = await bucket.get(objectKey)
  if (!object) throw new Error(`${objectKey} is gone`)
  const digest = new crypto.DigestStream('SHA-256')
  await object.body.pipeTo(digest)
  return hex(await digest.digest)
}
