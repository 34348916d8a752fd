import { sql } from 'drizzle-orm'
import { type DrizzleD1Database, drizzle } from 'drizzle-orm/d1'

export type Database = DrizzleD1Database

/**
 * Opens the database, or one session of it. Drizzle only calls `prepare` and `batch`,
 * which a D1 session has too; its types do not know that yet (drizzle-orm#4522).
 */
export function openDatabase(d1: D1Database | D1DatabaseSession): Database {
  return drizzle(d1 as D1Database)
}

const BOOKMARK = /^[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{32}$/

/** A bookmark that a browser sent back, or null: D1 takes any text without complaint. */
export function readBookmark(value: string | undefined): string | null {
  return value !== undefined && BOOKMARK.test(value) ? value : null
}

/** True when a write was refused by a UNIQUE index or a primary key. D1 reports it only in the cause's text. */
export function isUniqueViolation(error: unknown): boolean {
  return (
    error instanceof Error &&
    error.cause instanceof Error &&
    /SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY)/.test(error.cause.message)
  )
}

/**
 * The machine's clock in UTC milliseconds. Whether long work is alive is told by it, not by the time that a trigger bears:
 * a simulated one may lie years away.
 */
export const DATABASE_CLOCK = sql`CAST(unixepoch('subsec') * 1000 AS INTEGER)`
