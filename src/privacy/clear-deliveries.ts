import { openDatabase } from '../core/database.ts'
import { causeOf } from '../core/failure.ts'
import type { Delivery } from '../import/delivery-queries.ts'
import { feedOfDelivery } from '../import/events/our-format.ts'
import { loadFeed } from '../import/feed-queries.ts'
import { openDelivery } from '../import/open-delivery.ts'
import { membersPrefix } from '../import/open-table.ts'
import { type Cleared, listUncleared, loadClosedIds, markCleared } from './clearing-queries.ts'
import { closedIdHash } from './closed-ids.ts'
import { type Closed, chooseClosed } from './closed-records.ts'
import { findBlanks } from './find-blanks.ts'
import { deleteUnder } from './objects.ts'
import { findTable } from './readable-table.ts'
import { type BlankedMember, isMarkedRedacted, rewriteTable } from './rewrite-table.ts'
import { rewriteZip } from './rewrite-zip.ts'

type Bindings = Pick<Env, 'DB' | 'BUCKET' | 'SEAL_KEY'>

const MOST_DELIVERIES = 50
/** Begun in one run at most, so that it stays below five minutes of processor time; the next one goes on. */
const MOST_BYTES = 256 * 1024 * 1024
/** An upload that never became a delivery was broken off, and is nobody's. */
const UPLOAD_FORGOTTEN_MS = 24 * 3_600_000

/**
 * Blanks the lines about closed accounts in what the vendors delivered: each delivery is looked through once after
 * the last closing, and a new one once after its import. Objects are streamed, whatever their size; what one object
 * takes must fit into one run, which is some gigabytes of plain tables and about one of packed ones. What cannot be
 * read, such as an encrypted file, cannot be cleared: the log names the delivery.
 */
export async function clearDeliveries(env: Bindings, now: Date): Promise<void> {
  const db = openDatabase(env.DB)
  await deleteUnder(env.BUCKET, 'uploads/', (objects) =>
    objects.filter(({ uploaded }) => now.getTime() - uploaded.getTime() > UPLOAD_FORGOTTEN_MS),
  )
  const { through, uncleared } = await listUncleared(db, MOST_DELIVERIES)
  if (uncleared.length === 0) return

  const closed: Closed = {
    hashOf: await closedIdHash(env.SEAL_KEY),
    closedAtOf: await loadClosedIds(db),
  }
  const failures: unknown[] = []
  let begun = 0
  for (const delivery of uncleared) {
    if (begun > 0 && begun + delivery.bytes > MOST_BYTES) break
    begun += delivery.bytes
    try {
      const cleared = await clearDelivery(env, delivery, closed)
      await markCleared(db, { id: delivery.id, through, ...cleared }, now)
    } catch (error) {
      failures.push(new Error(`delivery ${delivery.id}: ${causeOf(error)}`))
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, failures.map(causeOf).join('; '))
}

/** Answers how many bytes the object has in the end, and whether lines of it were ever blanked. */
async function clearDelivery(
  { DB, BUCKET: bucket }: Bindings,
  stored: Delivery,
  closed: Closed,
): Promise<Cleared> {
  const head = await bucket.head(stored.objectKey)
  if (!head) return { bytes: stored.bytes, isRedacted: false }
  // A run that was killed may have written the object, and noted nothing of it.
  const before = { bytes: head.size, isRedacted: isMarkedRedacted(head) }
  const delivery = { ...stored, bytes: head.size }
  const opened = await openDelivery(bucket, delivery)
  if (!opened.ok) {
    reportUnreadable(delivery)
    return before
  }
  const { sources, refused } = opened.value
  const isZip = refused.length > 0 || sources.some(({ inZip }) => inZip)
  const feed = feedOfDelivery(await loadFeed(openDatabase(DB), delivery.feed), delivery)
  const members: BlankedMember[] = []
  for (const source of sources) {
    const found = await findTable(bucket, feed, delivery, source)
    if (!found) {
      reportUnreadable(delivery)
      continue
    }
    const choose = chooseClosed(openDatabase(DB), closed, delivery, found.layout, feed)
    const blanks = await findBlanks(bucket, found.table, found.start, choose)
    members.push({ name: source.member, objectKey: found.table.objectKey, bytes: found.table.bytes, blanks })
  }
  const rewrite = isZip ? rewriteZip(bucket, head) : rewriteTable(bucket, head)
  const isNamed = members.some(({ blanks }) => blanks.length > 0)
  const after = isNamed ? { bytes: await rewrite(members), isRedacted: true } : before
  if (isZip) await deleteUnder(bucket, membersPrefix(delivery.objectKey))
  return after
}

function reportUnreadable({ id }: Delivery): void {
  console.error({ message: 'not cleared of closed accounts: cannot be read', deliveryId: id })
}
