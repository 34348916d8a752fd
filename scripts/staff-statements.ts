import { openDatabase } from '../src/core/database.ts'

/** A statement of drizzle's, not run yet. */
type Statement = { toSQL(): { sql: string; params: unknown[] } }
export type StaffRow = {
  id: number
  email: string
  name: string
  role: string
  joined_at: number | null
  removed_at: number | null
}

/** Where the staff stand: the local database, or the deployed one by way of wrangler. */
export type StaffDatabase = {
  read(statement: Statement): Promise<StaffRow[]>
  /** All of them or none. */
  write(statements: readonly Statement[]): Promise<void>
}

/** Only for building statements; it is connected to nothing. */
export const builder = openDatabase({} as D1Database)

export function localStaff(env: Pick<Env, 'DB'>): StaffDatabase {
  const prepared = (statement: Statement) => {
    const { sql, params } = statement.toSQL()
    return env.DB.prepare(sql).bind(...params)
  }
  return {
    read: async (statement) => (await prepared(statement).all<StaffRow>()).results,
    write: async (statements) => void (await env.DB.batch(statements.map(prepared))),
  }
}

/** With its values in it: `wrangler d1 execute` takes no parameters. */
export function writtenOut(statement: Statement): string {
  const { sql, params } = statement.toSQL()
  const values = params.map((value) => {
    if (value === null || typeof value === 'number') return String(value)
    return `'${String(value).replaceAll("'", "''")}'`
  })
  return sql.replace(/\?/g, () => values.shift() ?? 'NULL')
}
