import { asc, eq, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { deliveryMembers } from '../schema.ts'
import { memberNote } from './open-delivery.ts'
import type { NotedMember, OpenedDelivery } from './open-members.ts'
import { keepRows } from './quarantine-queries.ts'
import { inSlices, runTogether, statementOf } from './row-queries.ts'

type Member = Omit<typeof deliveryMembers.$inferInsert, 'deliveryId'>

/** Notes what is in a delivery, and of what is not imported why not. A later run's finding takes the place of this one. */
export async function noteMembers(
  db: Database,
  deliveryId: string,
  { tables, others, refused }: OpenedDelivery,
  now: Date,
): Promise<void> {
  const noted = (kind: 'other' | 'refused') => (member: NotedMember) => ({
    number: member.number,
    name: member.member,
    kind,
    bytes: member.bytes,
    note: member.message,
  })
  const members: Member[] = [
    ...tables.map((table) => ({
      number: table.number,
      name: table.member,
      kind: table.layout.kind,
      bytes: table.bytes,
      encoding: table.encoding,
    })),
    ...others.map(noted('other')),
    ...refused.map(noted('refused')),
  ]
  const rows = members.map((one) => [
    one.number,
    one.name,
    one.kind,
    one.bytes,
    one.encoding ?? null,
    one.lines ?? null,
    one.note ?? null,
  ])
  await runTogether(db, [
    statementOf(db, sql`DELETE FROM delivery_members WHERE delivery_id = ${deliveryId}`),
    ...inSlices(
      db,
      rows,
      (json) => sql`
        INSERT INTO delivery_members (delivery_id, number, name, kind, bytes, encoding, lines, note)
        SELECT ${deliveryId}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6
        FROM json_each(${json})`,
    ),
    ...[
      ...others.map((one) => ({ ...one, waits: false })),
      ...refused.map((one) => ({ ...one, waits: true })),
    ].flatMap(({ member, message, waits }) =>
      keepRows(db, { deliveryId, member }, [memberNote(member, message, waits)], now),
    ),
  ])
}

/** The members of a delivery by number. */
export async function listMembers(db: Database, deliveryId: string) {
  return db
    .select()
    .from(deliveryMembers)
    .where(eq(deliveryMembers.deliveryId, deliveryId))
    .orderBy(asc(deliveryMembers.number))
}
