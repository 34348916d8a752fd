import { openDatabase } from '../core/database.ts'
import { ok, type Result, refuse } from '../core/result.ts'
import { loadingOrder } from './columns.ts'
import type { Delivery } from './delivery-queries.ts'
import { loadFeed } from './feed-queries.ts'
import { openDelivery } from './open-delivery.ts'
import { type OpenTable, openTable, type TableSource } from './open-table.ts'

export type NotedMember = { number: number; member: string; bytes: number; message: string }

/** What is in a delivery: tables in the order in which they are loaded, and members that are not. */
export type OpenedDelivery = {
  tables: OpenTable[]
  /** Of no kind that is imported; counted and kept. */
  others: NotedMember[]
  /** Better left packed: somebody ought to look. */
  refused: NotedMember[]
}

type Steps = {
  do<Answer extends Rpc.Serializable<Answer>>(name: string, work: () => Promise<Answer>): Promise<Answer>
}

/** Opens every member of a delivery, each in a step of its own. A refusal is about the delivery as a whole. */
export async function openMembers(
  env: Pick<Env, 'DB' | 'BUCKET'>,
  delivery: Delivery,
  step: Steps,
): Promise<Result<OpenedDelivery, string>> {
  const listed = await step.do('open', () => openDelivery(env.BUCKET, delivery))
  if (!listed.ok) return listed

  const { sources, refused } = listed.value
  const opened: OpenedDelivery = { tables: [], others: [], refused }
  for (const source of sources) {
    const table = await step.do(`open member ${source.number}`, () => openMember(env, delivery, source))
    if (!table.ok) return refuse(source.inZip ? `${source.member} ${table.refusal}` : table.refusal)
    if (table.value) opened.tables.push(table.value)
    else if (!source.inZip) return refuse('is neither a ZIP nor a table that we know')
    else opened.others.push({ ...source, message: 'is of no kind that is imported' })
  }
  opened.tables.sort((one, other) => loadingOrder(one.layout.kind) - loadingOrder(other.layout.kind))
  return ok(opened)
}

async function openMember(env: Pick<Env, 'DB' | 'BUCKET'>, delivery: Delivery, source: TableSource) {
  const feed = await loadFeed(openDatabase(env.DB), delivery.feed)
  return openTable(env.BUCKET, feed, delivery, source)
}
