import { type Database, openDatabase } from '../../core/database.ts'
import { hex } from '../../core/tokens.ts'
import { bundleFile } from './bundle-file.ts'
import {
  type Claim,
  claimEvents,
  listClaimedEvents,
  listFeedsWithEvents,
  listOpenClaims,
  releaseEvents,
  settleClaim,
} from './queries.ts'

const MOST_EVENTS_OF_A_BUNDLE = 5000
/** Of one feed in one tick; the next one goes on. */
const MOST_BUNDLES = 20

type Bindings = Pick<Env, 'DB' | 'BUCKET'>

/**
 * Makes deliveries of the events that wait, so that they take the path that files take. What is claimed for a delivery
 * stays claimed: stopped anywhere and run again, the same events become the same delivery.
 */
export async function bundleEvents(env: Bindings): Promise<void> {
  const db = openDatabase(env.DB)
  for (const claim of await listOpenClaims(db)) await deliverClaim(env, db, claim)
  for (const feed of await listFeedsWithEvents(db)) {
    for (let made = 0, claimed = MOST_EVENTS_OF_A_BUNDLE; claimed > 0 && made < MOST_BUNDLES; made += 1) {
      const claim = { feed, deliveryId: crypto.randomUUID() }
      claimed = await claimEvents(db, claim, MOST_EVENTS_OF_A_BUNDLE)
      if (claimed > 0) await deliverClaim(env, db, claim)
    }
  }
}

/**
 * The object is named for the claim and not for its bytes: whoever leaves between two tries is in none of what lies in
 * the bucket in the end.
 */
async function deliverClaim({ BUCKET: bucket }: Bindings, db: Database, claim: Claim): Promise<void> {
  const { feed, deliveryId } = claim
  const events = await listClaimedEvents(db, deliveryId)
  if (events.length === 0) return

  const objectKey = `deliveries/${feed}/events-${deliveryId}`
  const { bytes, left } = bundleFile(events)
  if (left.length > 0) await releaseEvents(db, left)
  if (bytes === null) {
    await bucket.delete(objectKey)
    return settleClaim(db, deliveryId, null)
  }

  await bucket.put(objectKey, bytes)
  const receivedAt = new Date(Math.max(...events.map((event) => event.receivedAt)))
  await settleClaim(db, deliveryId, {
    id: deliveryId,
    feed,
    name: nameOf(receivedAt),
    sha256: hex(await crypto.subtle.digest('SHA-256', bytes)),
    bytes: bytes.length,
    vendorTime: receivedAt.getTime(),
    receivedAt,
    receivedBy: 'api',
    sender: 'events',
    objectKey,
  })
}

function nameOf(receivedAt: Date): string {
  return `events-${receivedAt.toISOString().slice(0, 19).replaceAll(':', '-')}Z.zip`
}
