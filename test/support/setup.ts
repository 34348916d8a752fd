import { applyD1Migrations, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach } from 'vitest'
import { copyDatabase, type DatabaseCopy, pasteDatabase } from './database-copy.ts'

let copy: DatabaseCopy | null = null

// reset() empties every binding and drops every table. The first test of a file migrates; the others begin with a copy of
// what it began with, since migrating anew would be most of what most of them do.
beforeEach(async () => {
  if (copy) return pasteDatabase(env.DB, copy)
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
  copy = await copyDatabase(env.DB)
})

afterEach(async () => {
  await reset()
})
