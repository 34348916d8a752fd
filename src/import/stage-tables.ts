import { openDatabase } from '../core/database.ts'
import { type InstanceSteps, QUERIES_A_UNIT } from '../core/instance-steps.ts'
import type { Delivery, Position } from './delivery-queries.ts'
import { findRepeats, joinedRepeats, partsOf, queriesOfPart } from './find-repeats.ts'
import { CHUNK_BYTES } from './import-chunk.ts'
import type { OpenTable } from './open-table.ts'
import { listStagedTo } from './resume-queries.ts'
import { isAskedByKey, stageChunk, stageRepeats } from './stage-chunk.ts'

/**
 * How far a table, by its number, is looked through for keys that it repeats, and its rows are compared: an instance that
 * goes on begins there. `repeated` is null for too many to tell.
 */
export type Compared = { number: number; parts: number; repeated: number[] | null; to: Position | null }

type Staging = {
  env: Pick<Env, 'DB' | 'BUCKET'>
  delivery: Delivery
  tables: readonly OpenTable[]
  step: Pick<InstanceSteps, 'do' | 'unit'>
  /** Whether an instance before this one has begun. */
  isGoneOn?: boolean
  compared?: Compared | null
  onCompared?: (compared: Compared) => void
  pieceBytes?: number
}

/** Stages every row of a delivery, and one by one those of which a table speaks more than once. */
export async function stageTables(staging: Staging): Promise<void> {
  const { env, delivery, tables, step, isGoneOn, compared, pieceBytes = CHUNK_BYTES } = staging
  const stagedTo = isGoneOn
    ? await step.do('staged so far', () => listStagedTo(openDatabase(env.DB), delivery))
    : {}
  // Whoever else is brought by the same delivery is known by then: tables of people come first.
  const people = tables.filter(({ layout }) => layout.kind === 'candidate').map(({ number }) => number)
  for (const table of tables)
    await pieceByPiece(table, stagedTo[table.number], (from) =>
      step.unit(`stage ${table.number} at ${from.offset}`, () =>
        stageChunk(env, delivery, table, from, pieceBytes, people),
      ),
    )
  const first = Math.max(
    0,
    tables.findIndex(({ number }) => number === compared?.number),
  )
  for (const table of tables.slice(first)) if (!isAskedByKey(table.layout.kind)) await compare(staging, table)
}

async function compare(staging: Staging, table: OpenTable): Promise<void> {
  const { env, delivery, step, compared, onCompared, pieceBytes = CHUNK_BYTES } = staging
  const before =
    compared?.number === table.number
      ? compared
      : { number: table.number, parts: 0, repeated: [] as number[] | null, to: null }
  const units = Math.ceil(queriesOfPart(table, pieceBytes) / QUERIES_A_UNIT)
  let { parts, repeated } = before
  for (; parts < partsOf(table); ) {
    const part = parts
    const found = await step.unit(
      `repeats in ${table.number}, part ${part}`,
      () => findRepeats(openDatabase(env.DB), delivery, table, part),
      units,
    )
    repeated = joinedRepeats(repeated, found)
    parts += 1
    onCompared?.({ ...before, parts, repeated })
  }
  if (repeated?.length === 0) return
  const which = repeated && new Set(repeated)
  await pieceByPiece(table, before.to ?? undefined, async (from) => {
    const next = await step.unit(`compare ${table.number} at ${from.offset}`, () =>
      stageRepeats(env, delivery, table, from, pieceBytes, which),
    )
    onCompared?.({ number: table.number, parts, repeated, to: next })
    return next
  })
}

/** Does something to each piece of a table, one after the other, from where it was done before. */
export async function pieceByPiece(
  table: OpenTable,
  doneTo: Position | undefined,
  work: (from: Position) => Promise<Position>,
): Promise<void> {
  let position = doneTo ?? table.start
  while (position.offset < table.bytes) position = await work(position)
}
