import type { Database } from '../core/database.ts'
import type { Brake } from '../schema.ts'
import { findBrakes, HABIT } from './brakes.ts'
import { checkBulk, checkManifest, checkSequence } from './check-manifest.ts'
import type { Delivery } from './delivery-queries.ts'
import { loadFeed } from './feed-queries.ts'
import type { Feed } from './feeds.ts'
import { countLeftOut, findSequences } from './manifest-queries.ts'
import type { OpenManifest } from './open-manifest.ts'
import type { OpenedDelivery } from './open-members.ts'
import { listStagedTables, listUsualRows, type StagedTable } from './staging-queries.ts'

/** Why nothing of a staged run may be applied before one of the staff has looked; nothing for most. */
export async function weighRun(db: Database, delivery: Delivery, opened: OpenedDelivery): Promise<Brake[]> {
  const [feed, tables, usual] = await Promise.all([
    loadFeed(db, delivery.feed),
    listStagedTables(db, { deliveryId: delivery.id, run: delivery.run }),
    listUsualRows(db, delivery.feed, HABIT),
  ])
  const run = { rows: 0, failing: 0, unmatched: 0 }
  for (const { read, failing, unmatched } of tables) {
    run.rows += read
    run.failing += failing
    run.unmatched += unmatched
  }
  const { manifest } = opened
  return [
    ...(manifest ? await weighManifest(db, delivery, feed, opened, manifest, tables) : []),
    ...findBrakes(run, feed.brakes, usual),
  ]
}

async function weighManifest(
  db: Database,
  delivery: Delivery,
  feed: Feed,
  { tables, others }: OpenedDelivery,
  manifest: OpenManifest,
  staged: readonly StagedTable[],
): Promise<Brake[]> {
  const delivered = tables.map(({ number, member, sha256, delimiter }) => {
    const { read = 0, failing = 0, totals = {} } = staged.find((one) => one.number === number) ?? {}
    return { member, sha256, delimiter, read, failing, totals }
  })
  const unused = others.map(({ member, sha256 = null }) => ({ member, sha256 }))
  const brakes = checkManifest(manifest, feed.id, delivered, unused, delivery.redactedAt !== null)
  if (!manifest.said.ok) return brakes

  const { sequence, mode } = manifest.said.value
  const bookings = tables.filter(({ layout }) => layout.kind === 'registration').map(({ number }) => number)
  return [
    ...brakes,
    ...checkSequence(sequence, await findSequences(db, delivery, sequence)),
    ...(mode === 'bulk' && bookings.length > 0
      ? checkBulk(await countLeftOut(db, delivery, bookings), feed.brakes)
      : []),
  ]
}
