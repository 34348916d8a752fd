import { eq, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { deliveries, type deliveryMembers, type ManifestFacts } from '../schema.ts'
import { memberNote } from './open-delivery.ts'
import type { OpenManifest } from './open-manifest.ts'
import type { NotedMember, OpenedDelivery } from './open-members.ts'
import { keepRows } from './quarantine-queries.ts'
import type { KeptRow } from './row.ts'
import { inSlices, runTogether, type Statement, statementOf } from './row-queries.ts'

type Member = Omit<typeof deliveryMembers.$inferInsert, 'deliveryId'>

/**
 * Notes what is in a delivery, and of what is not imported why not. A later run's finding takes the place of this one.
 * `missing`: how many deliveries before this one have not come, by the numbers of their manifests.
 */
export async function noteMembers(
  db: Database,
  deliveryId: string,
  { tables, others, refused, manifest }: OpenedDelivery,
  now: Date,
  missing = 0,
): Promise<void> {
  const noted = (kind: 'other' | 'refused') => (member: NotedMember) => ({
    number: member.number,
    name: member.member,
    kind,
    bytes: member.bytes,
    lines: member.lines ?? null,
    note: member.message,
  })
  const members: Member[] = [
    ...tables.map((table) => ({
      number: table.number,
      name: table.member,
      kind: table.layout.kind,
      bytes: table.bytes,
      encoding: table.encoding,
      header: { names: table.names, delimiter: table.delimiter },
      lines: table.lines,
    })),
    ...others.map(noted('other')),
    ...refused.map(noted('refused')),
    ...(manifest ? [manifestMember(manifest, missing)] : []),
  ]
  const rows = members.map((one) => [
    one.number,
    one.name,
    one.kind,
    one.bytes,
    one.encoding ?? null,
    one.lines ?? null,
    one.note ?? null,
    one.header ? JSON.stringify(one.header) : null,
  ])
  await runTogether(db, [
    statementOf(db, sql`DELETE FROM delivery_members WHERE delivery_id = ${deliveryId}`),
    ...inSlices(
      db,
      rows,
      (json) => sql`
        INSERT INTO delivery_members (delivery_id, number, name, kind, bytes, encoding, lines, note, header)
        SELECT ${deliveryId}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6,
          value ->> 7
        FROM json_each(${json})`,
    ),
    ...(manifest ? [storeManifest(db, deliveryId, manifest)] : []),
    ...(manifest && missing > 0
      ? keepRows(db, { deliveryId, member: manifest.member }, [gapNote(manifest, missing)], now)
      : []),
    ...[
      ...others.map((one) => ({ ...one, waits: false })),
      ...refused.map((one) => ({ ...one, waits: true })),
    ].flatMap(({ member, message, waits }) =>
      keepRows(db, { deliveryId, member }, [memberNote(member, message, waits)], now),
    ),
  ])
}

function manifestMember({ number, member, bytes, said }: OpenManifest, missing: number): Member {
  const gap = missing > 0 ? gapMessage(missing) : null
  return { number, name: member, kind: 'manifest', bytes, note: said.ok ? gap : said.refusal }
}

function storeManifest(db: Database, deliveryId: string, { said }: OpenManifest): Statement {
  const facts: ManifestFacts | null = said.ok
    ? { createdAt: said.value.created_at, sequence: said.value.sequence, mode: said.value.mode }
    : null
  return statementOf(db, db.update(deliveries).set({ manifest: facts }).where(eq(deliveries.id, deliveryId)))
}

function gapNote({ member }: OpenManifest, missing: number): KeptRow {
  return {
    ...memberNote(member, gapMessage(missing), false),
    fault: { reason: 'sequence_gap', message: gapMessage(missing) },
  }
}

function gapMessage(missing: number): string {
  return missing === 1
    ? 'is not the next in its sequence: one delivery before it has not come'
    : `is not the next in its sequence: ${missing} deliveries before it have not come`
}
