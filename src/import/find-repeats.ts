import type { Database } from '../core/database.ts'
import { readDigests, repeatedAmong } from './key-digests.ts'
import type { OpenTable } from './open-table.ts'
import { listDigests } from './staging-queries.ts'

/** Of a hundred thousand rows, as a rule, and less than 10 MB whatever they are. */
const PIECES_AT_ONCE = 10
/** Three million keys at most, which take 27 MB of memory. */
const BYTES_IN_ONE_PART = 64 * 1024 * 1024
/** A step answers less than 1 MiB. A table that repeats itself more often is compared row by row. */
const MOST_REPEATS = 20_000

/** In how many parts the keys of a table are looked through, so that each fits into memory. */
export function partsOf({ bytes }: OpenTable): number {
  return Math.ceil(bytes / BYTES_IN_ONE_PART)
}

/** How many queries a part costs, where pieces have so many bytes. */
export function queriesOfPart({ bytes }: OpenTable, chunkBytes: number): number {
  return Math.ceil(bytes / chunkBytes / PIECES_AT_ONCE) + 1
}

/** The digests of keys that stand in a table more than once, among those of one part; `null` for too many to tell. */
export async function findRepeats(
  db: Database,
  run: { id: string; run: number },
  table: OpenTable,
  part: number,
): Promise<number[] | null> {
  const parts = partsOf(table)
  const found: Float64Array[] = []
  let byteOffset = 0
  for (let pieces = PIECES_AT_ONCE; pieces === PIECES_AT_ONCE; ) {
    const place = { deliveryId: run.id, run: run.run, number: table.number, byteOffset }
    const listed = await listDigests(db, place, PIECES_AT_ONCE)
    for (const { digests, next } of listed) {
      found.push(readDigests(digests).filter((digest) => digest % parts === part))
      byteOffset = next
    }
    pieces = listed.length
  }
  const repeated = repeatedAmong(joined(found))
  return repeated.length > MOST_REPEATS ? null : repeated
}

/** Those of two parts of a table; too many to tell where either or both together are. */
export function joinedRepeats(some: number[] | null, others: number[] | null): number[] | null {
  if (some === null || others === null || some.length + others.length > MOST_REPEATS) return null
  return [...some, ...others]
}

function joined(pieces: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(pieces.reduce((length, piece) => length + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}
