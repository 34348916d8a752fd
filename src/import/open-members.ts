import { openDatabase } from '../core/database.ts'
import { ok, type Result, refuse } from '../core/result.ts'
import { kindByName, loadingOrder, matchesFileName } from './columns.ts'
import type { Delivery } from './delivery-queries.ts'
import { feedOfDelivery } from './events/our-format.ts'
import { loadFeed } from './feed-queries.ts'
import { isManifest } from './manifest.ts'
import { openDelivery } from './open-delivery.ts'
import { type OpenManifest, openManifest } from './open-manifest.ts'
import { type OpenTable, openFile, type TableSource } from './open-table.ts'

/** `lines`: how many are not blank, where it was unpacked. */
export type NotedMember = {
  number: number
  member: string
  bytes: number
  message: string
  lines?: number
  sha256?: string | null
}

/** What is in a delivery: tables in the order in which they are loaded, and members that are not. */
export type OpenedDelivery = {
  tables: OpenTable[]
  /** Of no kind that is imported; counted and kept. */
  others: NotedMember[]
  /** Better left packed: somebody ought to look. */
  refused: NotedMember[]
  manifest: OpenManifest | null
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
  const listing = sources.find(({ member, inZip }) => inZip && isManifest(member))
  const manifest = listing
    ? await step.do('open manifest', () => openManifest(env.BUCKET, delivery, listing))
    : null
  const opened: OpenedDelivery = { tables: [], others: [], refused, manifest }
  for (const source of sources) {
    if (source === listing) continue
    const member = await step.do(`open member ${source.number}`, () =>
      openMember(env, delivery, source, manifest !== null),
    )
    if (!member.ok) return refuse(source.inZip ? `${source.member} ${member.refusal}` : member.refusal)
    if (member.value.table) opened.tables.push(member.value.table)
    else if (!source.inZip) return refuse('is neither a ZIP nor a table that we know')
    else opened.others.push(member.value.noted)
  }
  opened.tables.sort((one, other) => loadingOrder(one.layout.kind) - loadingOrder(other.layout.kind))
  return ok(opened)
}

type OpenedMember = { table: OpenTable; noted: null } | { table: null; noted: NotedMember }

/** A member that by its name is nothing of ours may be whatever it likes: it stops no other. */
async function openMember(
  env: Pick<Env, 'DB' | 'BUCKET'>,
  delivery: Delivery,
  source: TableSource,
  withDigest: boolean,
): Promise<Result<OpenedMember, string>> {
  const feed = feedOfDelivery(await loadFeed(openDatabase(env.DB), delivery.feed), delivery)
  const opened = await openFile(env.BUCKET, feed, delivery, source, withDigest)
  if (!opened.ok) return opened

  const { table, inspection } = opened.value
  const isExpected =
    !source.inZip ||
    kindByName(source.member) !== null ||
    feed.maps.some(({ files }) => matchesFileName(files, source.member))
  if (!table.ok && isExpected) return table
  if (table.ok && table.value) return ok({ table: table.value, noted: null })
  const { number, member, bytes } = source
  const { lines, sha256 } = inspection
  const message = table.ok ? 'is of no kind that is imported' : `is no table of ours: ${table.refusal}`
  return ok({ table: null, noted: { number, member, bytes, message, lines, sha256 } })
}
