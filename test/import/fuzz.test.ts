import { env } from 'cloudflare:workers'
import { and, eq, gt, isNull } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as schema from '../../src/schema.ts'
import { db, givenProgram } from '../support/builders.ts'
import { fuzzedFile, published } from './fuzz-files.ts'
import { importInPieces, type ReadTable, type Told } from './import-in-pieces.ts'

/** `npm run fuzz` asks for more. */
const { rounds, seed } = JSON.parse(env.TEST_FUZZ) as { rounds: number; seed: number }
const LIMIT_MS = 60_000 + rounds * 400

test(
  'whatever is delivered, nothing crashes, no row is lost, and it balances',
  async () => {
    await givenProgram()
    const ends: Record<string, number> = {}

    await fc.assert(
      fc.asyncProperty(fuzzedFile(), async (file) => {
        const told = await importInPieces(file.name, file.bytes, file.pieceBytes)
        ends[told.state] = (ends[told.state] ?? 0) + 1
        await expectAccounted(told)
      }),
      { numRuns: rounds, seed },
    )

    const source =
      published.length > 0 ? `${published.length} published files` : 'no published files beside the project'
    console.log(`fuzzed ${rounds} deliveries, seed ${seed}, with ${source}: ${JSON.stringify(ends)}`)
    for (const state of ['imported', 'needs_review', 'failed']) expect(ends[state], state).toBeGreaterThan(0)
  },
  LIMIT_MS,
)

async function expectAccounted({ id, state, reason, tables, read, applied }: Told) {
  if (state === 'failed') return expect(reason).toMatch(/\w/)
  if (state === 'needs_review') expect(reason).toMatch(/\w/)

  const records = tables.flatMap((table) => table.records)
  for (const table of tables) expectEveryLine(table)
  expect(read, 'staged').toBe(records.length)
  if (state === 'imported') expect(applied, 'applied').toBe(read)

  // Each row that waits is kept once, under a line that there is.
  const waiting = await db
    .select({ line: schema.quarantinedRows.line })
    .from(schema.quarantinedRows)
    .where(
      and(
        eq(schema.quarantinedRows.deliveryId, id),
        gt(schema.quarantinedRows.line, 0),
        isNull(schema.quarantinedRows.resolvedAt),
      ),
    )
  const chunks = await db.select().from(schema.deliveryChunks).where(eq(schema.deliveryChunks.deliveryId, id))
  expect(waiting.length, 'waiting').toBe(
    chunks.reduce((sum, { rowsQuarantined }) => sum + rowsQuarantined, 0),
  )
  const lines = new Set(records.map(({ line }) => line))
  for (const { line } of waiting) expect(lines.has(line), `line ${line}`).toBe(true)
}

/** Every line that is not blank, but those of the header, is in one record, and at the place that the record says. */
function expectEveryLine({ table, bytes, records }: ReadTable) {
  const text = new TextDecoder(table.encoding).decode(bytes)
  const lines = text.split(/\r\n|\r|\n/)
  const taken = new Set(Array.from({ length: table.start.line - 1 }, (_, n) => n + 1))
  for (const { line, raw } of records)
    for (const [offset, part] of raw.split(/\r\n|\r|\n/).entries()) {
      expect(lines[line - 1 + offset], `line ${line + offset}`).toBe(part)
      expect(taken.has(line + offset), `line ${line + offset} twice`).toBe(false)
      taken.add(line + offset)
    }
  for (const [index, line] of lines.entries())
    if (!taken.has(index + 1)) expect(line.trim(), `line ${index + 1} is lost`).toBe('')
}
