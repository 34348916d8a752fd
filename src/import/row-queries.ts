import { type SQL, sql } from 'drizzle-orm'
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core'
import type { Database } from '../core/database.ts'

/** One statement of a batch: each kind of row hands back some, and they are written together or not at all. */
export type Statement = D1PreparedStatement

/** Far enough below D1's 2 MB for a parameter even where every character takes three bytes. */
const LONGEST_PARAMETER = 500_000

const dialect = new SQLiteSyncDialect()

/** drizzle's own batch fails on written SQL with parameters, so the import binds its statements itself. */
export function statementOf(
  db: Database,
  query: SQL | { toSQL(): { sql: string; params: unknown[] } },
): Statement {
  const { sql: text, params } = 'toSQL' in query ? query.toSQL() : dialect.sqlToQuery(query)
  return clientOf(db)
    .prepare(text)
    .bind(...params)
}

/** One statement for each piece of the rows that fits into one parameter, as a JSON array. */
export function inSlices(db: Database, rows: readonly unknown[], query: (json: string) => SQL): Statement[] {
  if (rows.length === 0) return []
  const json = JSON.stringify(rows)
  if (json.length <= LONGEST_PARAMETER || rows.length === 1) return [statementOf(db, query(json))]
  const half = Math.ceil(rows.length / 2)
  return [...inSlices(db, rows.slice(0, half), query), ...inSlices(db, rows.slice(half), query)]
}

/**
 * inSlices for rows of many values. Taking a value out of JSON is most of what such a statement costs, so a value
 * that all rows have in common is bound once, and a row is written out as text once, not for each of its values, as
 * json_each by itself would. `value(n)` stands for the n-th value of a row, `given` for the table of rows.
 */
export function inWideSlices(
  db: Database,
  rows: readonly (readonly unknown[])[],
  query: (value: (index: number) => SQL, given: SQL) => SQL,
): Statement[] {
  const [first] = rows
  if (!first) return []
  const varying = first.flatMap((value, index) => (rows.every((row) => row[index] === value) ? [] : [index]))
  const value = (index: number) => {
    const place = varying.indexOf(index)
    return place === -1 ? sql`${first[index]}` : sql`one ->> ${sql.raw(String(place))}`
  }
  const narrow = rows.map((row) => varying.map((index) => row[index]))
  return inSlices(
    db,
    narrow,
    (json) =>
      sql`WITH given AS MATERIALIZED (SELECT value AS one FROM json_each(${json})) ${query(value, sql`given`)}`,
  )
}

export async function runTogether(db: Database, statements: readonly Statement[]): Promise<void> {
  if (statements.length > 0) await clientOf(db).batch([...statements])
}

/** Asks several questions in one round trip; each answers rows of its own kind. */
export async function askTogether<Answers extends unknown[]>(
  db: Database,
  questions: { [Index in keyof Answers]: SQL },
): Promise<{ [Index in keyof Answers]: Answers[Index][] }> {
  const statements = (questions as SQL[]).map((question) => statementOf(db, question))
  const answers = await clientOf(db).batch(statements)
  return answers.map(({ results }) => results) as { [Index in keyof Answers]: Answers[Index][] }
}

/** Set by drizzle on every database that it opens, and missing from the type without it. */
function clientOf(db: Database): D1Database {
  return (db as Database & { $client: D1Database }).$client
}
