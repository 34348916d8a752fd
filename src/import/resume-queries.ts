import { sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import type { Position } from './delivery-queries.ts'

type Run = { id: string; run: number }

/** How far each table of a run is staged, by its number. Pieces follow each other: what is before is staged, too. */
export async function listStagedTo(db: Database, { id, run }: Run): Promise<Record<number, Position>> {
  const last = await db.all<{ number: number } & Position>(sql`
    SELECT number, max(byte_offset), next_offset AS offset, next_line AS line
    FROM staged_chunks WHERE delivery_id = ${id} AND run = ${run} GROUP BY number`)
  return Object.fromEntries(last.map(({ number, offset, line }) => [number, { offset, line }]))
}

/** How far each table of a run is applied, by its name. */
export async function listAppliedTo(db: Database, { id, run }: Run): Promise<Record<string, Position>> {
  const last = await db.all<{ member: string } & Position>(sql`
    SELECT member, max(byte_offset), next_offset AS offset, next_line AS line
    FROM delivery_chunks WHERE delivery_id = ${id} AND run = ${run} GROUP BY member`)
  return Object.fromEntries(last.map(({ member, offset, line }) => [member, { offset, line }]))
}
