/** What makes an empty database the same as another: its schema as it is, and its rows, such as the list of migrations. */
export type DatabaseCopy = { schema: string[]; rows: { insert: string; values: unknown[] }[] }

export async function copyDatabase(database: D1Database): Promise<DatabaseCopy> {
  const { results } = await database
    .prepare(
      `SELECT type, name, sql FROM sqlite_master
       WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_cf_%'
       ORDER BY type = 'trigger', type = 'view', type = 'index', rowid`,
    )
    .all<{ type: string; name: string; sql: string }>()
  const tables = results.filter(({ type }) => type === 'table')
  const read = await database.batch<Record<string, unknown>>(
    tables.map(({ name }) => database.prepare(`SELECT * FROM ${name}`)),
  )
  const rows = read.flatMap(({ results: found }, index) =>
    found.map((row) => {
      const columns = Object.keys(row)
      const places = columns.map(() => '?').join(', ')
      return {
        insert: `INSERT INTO ${tables[index]!.name} (${columns.join(', ')}) VALUES (${places})`,
        values: Object.values(row),
      }
    }),
  )
  return { schema: results.map(({ sql }) => sql), rows }
}

export async function pasteDatabase(database: D1Database, { schema, rows }: DatabaseCopy): Promise<void> {
  await database.batch([
    ...schema.map((statement) => database.prepare(statement)),
    ...rows.map(({ insert, values }) => database.prepare(insert).bind(...values)),
  ])
}
