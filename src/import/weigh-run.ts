import type { Database } from '../core/database.ts'
import type { Brake } from '../schema.ts'
import { findBrakes, HABIT } from './brakes.ts'
import type { Delivery } from './delivery-queries.ts'
import { loadFeed } from './feed-queries.ts'
import { listStagedTables, listUsualRows } from './staging-queries.ts'

/** Why nothing of a staged run may be applied before one of the staff has looked; nothing for most. */
export async function weighRun(db: Database, delivery: Delivery): Promise<Brake[]> {
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
  return findBrakes(run, feed.brakes, usual)
}
