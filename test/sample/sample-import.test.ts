import { Buffer } from 'node:buffer'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { Expectations } from '../../programs/sample-generator/expectations.ts'
import * as schema from '../../src/schema.ts'
import { putInInbox, tick } from '../import/deliver.ts'
import { db, givenProgram } from '../support/builders.ts'

const inline = import.meta.glob('../../programs/juniper/sample/*.{zip,dat,csv}', {
  query: '?url&inline',
  import: 'default',
  eager: true,
}) as Record<string, string>

const [expected] = Object.values(
  import.meta.glob('../../programs/juniper/sample/expected.json', { import: 'default', eager: true }),
) as [Expectations]

const files = Object.fromEntries(
  Object.entries(inline).map(([path, url]) => [
    path.slice(path.lastIndexOf('/') + 1),
    Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'),
  ]),
)

test('every row of the sample is accounted for, and the peculiar ones for the reason foreseen', {
  timeout: 60_000,
}, async () => {
  await givenProgram()
  await putInInbox(files)
  await tick(new Date(`${expected.today}T20:00:00Z`))

  const deliveries = await db.select().from(schema.deliveries)
  const kept = await db
    .select({
      delivery: schema.deliveries.name,
      member: schema.quarantinedRows.member,
      line: schema.quarantinedRows.line,
      reason: schema.quarantinedRows.reason,
      resolvedAt: schema.quarantinedRows.resolvedAt,
    })
    .from(schema.quarantinedRows)
    .innerJoin(schema.deliveries, eq(schema.deliveries.id, schema.quarantinedRows.deliveryId))
  const foreseen = expected.deliveries.flatMap(({ name, peculiar }) =>
    peculiar.map((row) => ({ delivery: name, ...row })),
  )
  const written = (rows: { delivery: string; member: string; line: number; reason: string }[]) =>
    rows.map(({ delivery, member, line, reason }) => `${delivery} ${member} ${line} ${reason}`).sort()
  const [counts] = await db.all<{ read: number; superseded: number }>(
    'SELECT sum(rows_read) AS read, sum(rows_superseded) AS superseded FROM delivery_chunks',
  )

  expect(deliveries.filter(({ state }) => state === 'failed')).toEqual([])
  expect(deliveries).toHaveLength(expected.deliveries.length)
  expect(written(kept)).toEqual(written(foreseen.filter(({ outcome }) => outcome !== 'superseded')))
  expect(counts!.superseded).toBe(foreseen.filter(({ outcome }) => outcome === 'superseded').length)
  expect(await db.$count(schema.candidates)).toBe(expected.candidates)
  expect(await db.$count(schema.awards)).toBeGreaterThan(300)
})
