import { and, eq } from 'drizzle-orm'
import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Database } from '../core/database.ts'
import type { sessions } from '../schema.ts'
import type { Joining } from './merge-queries.ts'

/** A table whose rows are a candidate's; what follows asks for nothing else of it. */
type HeldTable = SQLiteTable & { candidateId: AnySQLiteColumn }

/** Gives the rows of the record that leaves to the one that stays. */
export function handOver(db: Database, table: HeldTable, { keptId, mergedId, isMerging }: Joining) {
  const held = table as unknown as typeof sessions
  return db
    .update(held)
    .set({ candidateId: keptId })
    .where(and(eq(held.candidateId, mergedId), isMerging))
}

/** Takes away the rows of the record that leaves. */
export function drop(db: Database, table: HeldTable, { mergedId, isMerging }: Joining) {
  const held = table as unknown as typeof sessions
  return db.delete(held).where(and(eq(held.candidateId, mergedId), isMerging))
}
