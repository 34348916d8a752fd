import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { dependentTables, impersonalTables, personColumns } from '../../src/privacy/erasure-tables.ts'
import { tableNames } from './scan.ts'

async function columnsThatNameSomebody() {
  const columns = new Set<string>()
  for (const table of await tableNames()) {
    if (table === 'candidates') continue
    const references = await env.DB.prepare('SELECT "from", "table" FROM pragma_foreign_key_list(?)')
      .bind(table)
      .all<{ from: string; table: string }>()
    for (const { from, table: target } of references.results)
      if (target === 'candidates') columns.add(`${table}.${from}`)
    const named = await env.DB.prepare('SELECT name FROM pragma_table_info(?)')
      .bind(table)
      .all<{ name: string }>()
    // A vendor's number for somebody is no candidate's ID.
    for (const { name } of named.results)
      if (/(?<!vendor_)candidate_id$|^other_id$/.test(name)) columns.add(`${table}.${name}`)
  }
  return [...columns].toSorted()
}

test('every column that names a candidate has a fate when their account closes', async () => {
  expect(personColumns.map(({ table, column }) => `${table}.${column}`).toSorted()).toEqual(
    await columnsThatNameSomebody(),
  )
})

test('every table is a candidate’s, hangs on one that is, or knows no candidates', async () => {
  const known = [
    'candidates',
    'd1_migrations',
    ...personColumns.map(({ table }) => table),
    ...Object.keys(dependentTables),
    ...impersonalTables,
  ]

  expect((await tableNames()).filter((name) => !known.includes(name))).toEqual([])
})
