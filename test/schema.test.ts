import { env } from 'cloudflare:workers'
import { is } from 'drizzle-orm'
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { expect, test } from 'vitest'
import * as schema from '../src/schema.ts'

const tables = Object.values(schema)
  .filter((value) => is(value, SQLiteTable))
  .map((table) => getTableConfig(table))

const affinity = { text: 'TEXT', integer: 'INTEGER' } as Record<string, string>

test.each(tables.map((table) => [table.name, table] as const))(
  '%s matches its migration',
  async (name, table) => {
    const { results } = await env.DB.prepare(
      'SELECT name, type, "notnull" FROM pragma_table_info(?) ORDER BY name',
    )
      .bind(name)
      .all<{ name: string; type: string; notnull: number }>()

    // An INTEGER PRIMARY KEY is never null, though SQLite does not say so.
    expect(
      results.map((column) => ({
        ...column,
        notnull: column.notnull === 1 || column.name === table.columns.find((c) => c.primary)?.name,
      })),
    ).toEqual(
      table.columns
        .map((column) => ({
          name: column.name,
          type: affinity[column.getSQLType()],
          notnull: column.notNull || column.primary,
        }))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    )
  },
)

test('every table of the migrations stands in the schema, and is STRICT', async () => {
  const { results } = await env.DB.prepare(
    `SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main'
       AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_cf_%' AND name <> 'd1_migrations' ORDER BY name`,
  ).all<{ name: string; strict: number }>()

  expect(results).toEqual(
    tables.map((table) => ({ name: table.name, strict: 1 })).sort((a, b) => (a.name < b.name ? -1 : 1)),
  )
})
