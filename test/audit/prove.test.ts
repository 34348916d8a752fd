import { env } from 'cloudflare:workers'
import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { writeAudit } from '../../src/audit/audit-queries.ts'
import { CHAIN_START, entryHash } from '../../src/audit/chain.ts'
import { noteAuditHead } from '../../src/audit/note-head-job.ts'
import { proveLog } from '../../src/audit/prove.ts'
import { sealEntries } from '../../src/audit/seal-queries.ts'
import * as schema from '../../src/schema.ts'
import { db, givenCandidate } from '../support/builders.ts'

const at = new Date('2026-11-20T10:00:00Z')

/** Entries about a candidate and about nobody, sealed unless told otherwise. */
async function givenEntries(count: number, sealed = true) {
  for (let n = 0; n < count; n += 1)
    await writeAudit(db, { action: 'session.began', actor: 'nobody', details: { n } }, at)
  if (sealed) await sealEntries(db)
}

/** What somebody who has the database in their hands can do, and the product cannot. */
async function behindTheTriggers() {
  await db.run(sql`DROP TRIGGER audit_log_kept`)
  await db.run(sql`DROP TRIGGER audit_log_unchanged`)
}

/** Seals everything anew, as a forger would. */
async function sealAnew() {
  let previous = CHAIN_START
  for (const entry of await db.select().from(schema.auditLog).orderBy(schema.auditLog.seq)) {
    previous = await entryHash(previous, { ...entry, at: entry.at.getTime() })
    await db.run(sql`UPDATE audit_log SET hash = ${previous} WHERE seq = ${entry.seq}`)
  }
}

test('a log of nothing is proven', async () => {
  expect(await proveLog(env)).toMatchObject({ entries: 0, waiting: 0, fault: null, head: { seq: 0 } })
})

test('a whole log is proven over several pages, with those that still wait', async () => {
  await db.run(sql`
    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 2100)
    INSERT INTO audit_log (at, actor, action, details) SELECT n, 'system', 'session.began', '{}' FROM numbers`)
  expect(await sealEntries(db)).toBe(2100)
  await givenEntries(3, false)

  expect(await proveLog(env)).toMatchObject({ entries: 2103, waiting: 3, fault: null, head: { seq: 2100 } })
})

describe('is found:', () => {
  beforeEach(async () => {
    await givenCandidate({ id: 'ADA' })
    await givenEntries(4)
    await writeAudit(db, { action: 'session.ended', actor: 'candidate', candidateId: 'ADA' }, at)
    await givenEntries(5)
    expect(await proveLog(env)).toMatchObject({ entries: 10, fault: null })
  })

  test.each([
    ['at', sql`UPDATE audit_log SET at = at + 1 WHERE seq = 5`],
    ['actor', sql`UPDATE audit_log SET actor = 'staff:1' WHERE seq = 5`],
    ['action', sql`UPDATE audit_log SET action = 'session.began' WHERE seq = 5`],
    ['subject', sql`UPDATE audit_log SET subject = NULL WHERE seq = 5`],
    ['details', sql`UPDATE audit_log SET details = '{ }' WHERE seq = 5`],
    ['hash', sql`UPDATE audit_log SET hash = ${'f'.repeat(64)} WHERE seq = 5`],
  ])('another %s', async (_, change) => {
    await behindTheTriggers()
    await db.run(change)

    expect(await proveLog(env)).toMatchObject({ fault: { seq: 5, fault: 'changed' }, head: { seq: 4 } })
  })

  test('another number', async () => {
    await behindTheTriggers()
    await db.run(sql`UPDATE audit_log SET seq = 50 WHERE seq = 5`)

    expect((await proveLog(env)).fault).toEqual({ seq: 5, fault: 'missing' })
  })

  test('a hash taken away', async () => {
    await behindTheTriggers()
    await db.run(sql`UPDATE audit_log SET hash = NULL WHERE seq = 5`)

    expect((await proveLog(env)).fault).toEqual({ seq: 5, fault: 'unsealed' })
  })

  test('one deleted', async () => {
    await behindTheTriggers()
    await db.run(sql`DELETE FROM audit_log WHERE seq = 5`)

    expect((await proveLog(env)).fault).toEqual({ seq: 5, fault: 'missing' })
  })

  test('the first deleted', async () => {
    await behindTheTriggers()
    await db.run(sql`DELETE FROM audit_log WHERE seq = 1`)

    expect((await proveLog(env)).fault).toEqual({ seq: 1, fault: 'missing' })
  })

  test('two that changed places', async () => {
    await behindTheTriggers()
    await db.run(sql`UPDATE audit_log SET seq = -5 WHERE seq = 5`)
    await db.run(sql`UPDATE audit_log SET seq = 5 WHERE seq = 6`)
    await db.run(sql`UPDATE audit_log SET seq = 6 WHERE seq = -5`)

    expect((await proveLog(env)).fault).toEqual({ seq: 5, fault: 'changed' })
  })

  test('the end cut off, by the head that was noted', async () => {
    await noteAuditHead(env, at)
    await behindTheTriggers()
    await db.run(sql`DELETE FROM audit_log WHERE seq > 7`)

    expect((await proveLog(env)).fault).toEqual({ seq: 8, fault: 'cut-off' })
  })

  test('everything deleted', async () => {
    await noteAuditHead(env, at)
    await behindTheTriggers()
    await db.run(sql`DELETE FROM audit_log`)

    expect((await proveLog(env)).fault).toEqual({ seq: 1, fault: 'cut-off' })
  })

  test('the end cut off and written anew', async () => {
    await noteAuditHead(env, at)
    await behindTheTriggers()
    await db.run(sql`DELETE FROM audit_log WHERE seq > 7`)
    await givenEntries(6)

    expect((await proveLog(env)).fault).toEqual({ seq: 10, fault: 'rewritten' })
  })

  test('a change with all hashes made anew', async () => {
    await noteAuditHead(env, at)
    await behindTheTriggers()
    await db.run(sql`UPDATE audit_log SET actor = 'staff:1' WHERE seq = 5`)
    await sealAnew()

    expect((await proveLog(env)).fault).toEqual({ seq: 10, fault: 'rewritten' })
  })
})

test('the product itself can neither change nor delete an entry', async () => {
  await givenEntries(1)

  for (const change of [
    sql`UPDATE audit_log SET hash = NULL`,
    sql`UPDATE audit_log SET at = 0`,
    sql`DELETE FROM audit_log`,
  ])
    await expect(db.run(change)).rejects.toThrow()
  expect((await proveLog(env)).fault).toBeNull()
})

test('the head of a day is noted once, and never changed', async () => {
  await noteAuditHead(env, at)
  expect((await env.BUCKET.list({ prefix: 'audit/' })).objects).toEqual([])
  await givenEntries(2)
  await noteAuditHead(env, at)
  const first = await (await env.BUCKET.get('audit/heads/2026-11-20.json'))!.text()
  await givenEntries(1)

  await noteAuditHead(env, new Date(at.getTime() + 3_600_000))
  await noteAuditHead(env, new Date('2026-11-21T03:17:00Z'))

  expect(await (await env.BUCKET.get('audit/heads/2026-11-20.json'))!.text()).toBe(first)
  expect((await proveLog(env)).heads.map(({ seq }) => seq)).toEqual([2, 3])
})

test('a head that cannot be read, or contradicts another, is said', async () => {
  await givenEntries(1)
  await noteAuditHead(env, at)
  await env.BUCKET.put('audit/heads/2026-11-21.json', JSON.stringify({ seq: 1, hash: 'f'.repeat(64) }))
  await expect(proveLog(env)).rejects.toThrow('2026-11-21.json contradicts')

  await env.BUCKET.put('audit/heads/2026-11-21.json', '{')
  await expect(proveLog(env)).rejects.toThrow('2026-11-21.json cannot be read')
})

test('two that seal at once set the same hashes', async () => {
  await givenEntries(40, false)

  await Promise.all([sealEntries(db), sealEntries(db), givenEntries(5, false)])
  await sealEntries(db)

  expect(await proveLog(env)).toMatchObject({ entries: 45, waiting: 0, fault: null, head: { seq: 45 } })
})
