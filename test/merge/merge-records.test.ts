import { env } from 'cloudflare:workers'
import { eq, is, sql } from 'drizzle-orm'
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { beforeEach, describe, expect, test } from 'vitest'
import { mergeRecords } from '../../src/merge/merge-queries.ts'
import * as schema from '../../src/schema.ts'
import { db, givenAward, givenCandidate, givenProgram, givenResult, LONG_AGO } from '../support/builders.ts'
import { givenTranscript } from '../transcripts/given-transcript.ts'
import { givenEverything } from './given-everything.ts'

const NOW = new Date('2026-11-23T10:00:00Z')
const always = sql`true`
const tables = Object.values(schema).flatMap((value) => (is(value, SQLiteTable) ? getTableConfig(value) : []))

beforeEach(async () => {
  await givenProgram()
})

const merge = (kept: { id: string }, merged: { id: string }, onlyIf = always) =>
  mergeRecords(db, { keptId: kept.id, mergedId: merged.id, actor: 'candidate' }, NOW, onlyIf)

/** Every column of every table that can name a candidate, as the database itself says. */
async function candidateColumns(): Promise<{ table: string; column: string }[]> {
  const columns: { table: string; column: string }[] = []
  for (const { name } of tables) {
    const info = await env.DB.prepare('SELECT name FROM pragma_table_info(?)')
      .bind(name)
      .all<{ name: string }>()
    const keys = await env.DB.prepare(`PRAGMA foreign_key_list(${name})`).all<{
      table: string
      from: string
    }>()
    const references = keys.results.filter(({ table }) => table === 'candidates').map(({ from }) => from)
    const named = info.results
      .map(({ name }) => name)
      .filter((name) => /(?<!vendor_)candidate_id$/.test(name))
    for (const column of new Set([...references, ...named])) columns.push({ table: name, column })
  }
  return columns
}

async function countOf({ table, column }: { table: string; column: string }, id: string) {
  const row = await env.DB.prepare(`SELECT count(*) AS found FROM ${table} WHERE ${column} = ?`)
    .bind(id)
    .first()
  return row!.found as number
}

describe('of every table that names a candidate', () => {
  test('no row names the record that left, when both had everything', async () => {
    const kept = await givenCandidate()
    const merged = await givenCandidate()
    const third = await givenCandidate()
    await givenEverything(kept.id, third.id)
    await givenEverything(merged.id, third.id)
    const proof = { provedBy: 'link' as const, provedAt: LONG_AGO, expiresAt: NOW }
    await db.insert(schema.mergeProofs).values({ candidateId: kept.id, otherId: merged.id, ...proof })
    const columns = await candidateColumns()
    expect(columns.length).toBeGreaterThan(20)
    for (const column of columns) expect([column, await countOf(column, merged.id)]).not.toEqual([column, 0])

    expect(await merge(kept, merged)).toBe(true)

    for (const column of columns) expect([column, await countOf(column, merged.id)]).toEqual([column, 0])
    expect(await db.select().from(schema.candidates).where(eq(schema.candidates.id, merged.id))).toEqual([])
  })

  test('what the record that stays lacked comes to it, and what opened the other does not', async () => {
    const kept = await givenCandidate()
    const merged = await givenCandidate()
    const third = await givenCandidate()
    await givenEverything(merged.id, third.id)
    const ended = [
      'passwords.candidate_id',
      'sessions.candidate_id',
      'totp_secrets.candidate_id',
      'recovery_codes.candidate_id',
      'passkey_challenges.candidate_id',
      'pending_sign_ins.candidate_id',
      'access_links.candidate_id',
      'merge_proofs.candidate_id',
      'merge_proofs.other_id',
    ]

    await merge(kept, merged)

    for (const column of await candidateColumns()) {
      const name = `${column.table}.${column.column}`
      expect([name, (await countOf(column, kept.id)) > 0]).toEqual([name, !ended.includes(name)])
    }
  })
})

test('nothing happens where the condition does not hold', async () => {
  const kept = await givenCandidate()
  const merged = await givenCandidate()
  await givenResult({ candidateId: merged.id })

  expect(await merge(kept, merged, sql`false`)).toBe(false)

  expect(await db.select().from(schema.candidateAliases)).toEqual([])
  expect(await db.select().from(schema.auditLog)).toEqual([])
  expect((await db.select().from(schema.results))[0]!.candidateId).toBe(merged.id)
})

test('a second time changes nothing, and is told once', async () => {
  const kept = await givenCandidate()
  const merged = await givenCandidate()

  expect(await merge(kept, merged)).toBe(true)
  expect(await merge(kept, merged)).toBe(true)

  const [row] = await db.select().from(schema.candidates).where(eq(schema.candidates.id, kept.id))
  expect(row!.revision).toBe(1)
  expect((await db.select().from(schema.auditLog)).map(({ action }) => action)).toEqual(['merge.done'])
})

test('a record is not merged with itself, with nobody, or with an account that was closed', async () => {
  const kept = await givenCandidate()
  const closed = await givenCandidate({ erasedAt: LONG_AGO })

  expect(await merge(kept, kept)).toBe(false)
  expect(await merge(kept, { id: 'JPR999' })).toBe(false)
  expect(await merge(kept, closed)).toBe(false)
})

test('IDs that led to the record that leaves lead to the one that stays', async () => {
  const first = await givenCandidate()
  const second = await givenCandidate()
  const third = await givenCandidate()

  await merge(second, first)
  await merge(third, second)

  const aliases = await db.select().from(schema.candidateAliases)
  expect(new Map(aliases.map(({ aliasId, candidateId }) => [aliasId, candidateId]))).toEqual(
    new Map([
      [first.id, third.id],
      [second.id, third.id],
    ]),
  )
})

describe('addresses', () => {
  const addressesOf = async ({ id }: { id: string }) =>
    (await db.select().from(schema.candidateEmails).where(eq(schema.candidateEmails.candidateId, id))).map(
      ({ address, isPrimary, verifiedAt }) => [address, isPrimary, verifiedAt !== null],
    )

  test('join, and the primary one stays', async () => {
    const kept = await givenCandidate({ email: 'new@example.org' })
    const merged = await givenCandidate({ email: 'old@example.org' })

    await merge(kept, merged)

    expect(await addressesOf(kept)).toEqual([
      ['new@example.org', true, true],
      ['old@example.org', false, true],
    ])
  })

  test('of one on both the proved one stays, as primary where it was', async () => {
    const kept = await givenCandidate({ email: 'a@example.org', emailVerified: false })
    const merged = await givenCandidate({ email: 'a@example.org' })

    await merge(kept, merged)

    expect(await addressesOf(kept)).toEqual([['a@example.org', true, true]])
  })

  test('of one that neither proved one row stays', async () => {
    const kept = await givenCandidate({ email: 'a@example.org', emailVerified: false })
    const merged = await givenCandidate({ email: 'a@example.org', emailVerified: false })

    await merge(kept, merged)

    expect(await addressesOf(kept)).toEqual([['a@example.org', true, false]])
  })

  test('a record without any takes over the primary one', async () => {
    const kept = await givenCandidate()
    await db.delete(schema.candidateEmails).where(eq(schema.candidateEmails.candidateId, kept.id))
    const merged = await givenCandidate({ email: 'old@example.org' })

    await merge(kept, merged)

    expect(await addressesOf(kept)).toEqual([['old@example.org', true, true]])
  })

  test('all that may sign in are told', async () => {
    const kept = await givenCandidate({ email: 'new@example.org' })
    const merged = await givenCandidate({ email: 'old@example.org' })

    await merge(kept, merged)

    const mails = await db.select().from(schema.mailOutbox)
    expect(mails.map(({ template, recipient }) => [template, recipient])).toEqual([
      ['security_notice', 'new@example.org'],
      ['security_notice', 'old@example.org'],
    ])
  })
})

describe('awards', () => {
  const awardOf = async ({ id }: { id: number }) =>
    (await db.select().from(schema.awards).where(eq(schema.awards.id, id)))[0]!

  test('of one certification and date the own one stands for both', async () => {
    const kept = await givenCandidate()
    const merged = await givenCandidate()
    const own = await givenAward({ candidateId: kept.id })
    const other = await givenAward({ candidateId: merged.id })

    await merge(kept, merged)

    expect((await awardOf(own)).supersededBy).toBeNull()
    expect(await awardOf(other)).toMatchObject({ candidateId: kept.id, supersededBy: own.id })
  })

  test('what a person revoked is not hidden behind one that was not', async () => {
    const kept = await givenCandidate()
    const merged = await givenCandidate()
    const own = await givenAward({ candidateId: kept.id })
    const revoked = await givenAward({ candidateId: merged.id, revokedOn: '2026-01-02' })

    await merge(kept, merged)

    expect((await awardOf(own)).supersededBy).toBe(revoked.id)
    expect(await awardOf(revoked)).toMatchObject({ candidateId: kept.id, supersededBy: null })
  })
})

test('a transcript that was sent from both records in one go stands twice, with its own link each', async () => {
  const kept = await givenCandidate()
  const merged = await givenCandidate()
  const submission = crypto.randomUUID()
  const own = await givenTranscript({ candidateId: kept.id, awards: [], submission })
  const other = await givenTranscript({ candidateId: merged.id, awards: [], submission })

  await merge(kept, merged)

  const rows = await db.select().from(schema.transcripts)
  expect(rows.map(({ candidateId, publicId }) => [candidateId, publicId])).toEqual([
    [kept.id, own.publicId],
    [kept.id, other.publicId],
  ])
})

describe('requests', () => {
  async function givenRequest(
    candidateId: string,
    kind: 'name_change' | 'address_recovery' | 'course_completion' | 'other',
    details: object = {},
  ) {
    const [request] = await db
      .insert(schema.requests)
      .values({
        candidateId,
        kind,
        submission: crypto.randomUUID(),
        state: 'open',
        details,
        createdAt: LONG_AGO,
        turnSince: LONG_AGO,
      })
      .returning()
    await db.insert(schema.requestFiles).values({
      requestId: request!.id,
      objectKey: crypto.randomUUID(),
      sealedKey: 'sealed',
      mediaType: 'image/png',
      bytes: 1,
      createdAt: LONG_AGO,
      destroyAfter: NOW,
    })
    return request!
  }
  const statesOf = async () =>
    (await db.select().from(schema.requests)).map(({ candidateId, state }) => [candidateId, state])
  const keysOf = async () => (await db.select().from(schema.requestFiles)).map(({ sealedKey }) => sealedKey)

  test('an open change of name goes on', async () => {
    const kept = await givenCandidate()
    const merged = await givenCandidate()
    await givenRequest(merged.id, 'name_change')

    await merge(kept, merged)

    expect(await statesOf()).toEqual([[kept.id, 'open']])
    expect(await keysOf()).toEqual(['sealed'])
  })

  test('a question goes on with what was said about it', async () => {
    const kept = await givenCandidate()
    const merged = await givenCandidate()
    const { id: requestId } = await givenRequest(merged.id, 'other')
    await db.insert(schema.requestMessages).values({
      requestId,
      submission: 'said',
      visibility: 'shared',
      body: 'Can you post it?',
      createdAt: LONG_AGO,
    })

    await merge(kept, merged)

    expect(await statesOf()).toEqual([[kept.id, 'open']])
    expect(await keysOf()).toEqual(['sealed'])
    expect(await db.select().from(schema.requestMessages)).toMatchObject([{ requestId }])
  })

  const course = (completedOn: string) => ({
    course: 'JIR',
    completedOn,
    submittedOn: completedOn,
    notes: '',
  })

  test('an open claim of a course goes on with its certificate', async () => {
    const kept = await givenCandidate()
    const merged = await givenCandidate()
    await givenRequest(kept.id, 'course_completion', course('2026-05-03'))
    await givenRequest(merged.id, 'course_completion', course('2026-05-04'))

    await merge(kept, merged)

    expect(await statesOf()).toEqual([
      [kept.id, 'open'],
      [kept.id, 'open'],
    ])
    expect(await keysOf()).toEqual(['sealed', 'sealed'])
  })

  test('a second claim of the same course on the same day is withdrawn', async () => {
    const kept = await givenCandidate()
    const merged = await givenCandidate()
    await givenRequest(kept.id, 'course_completion', course('2026-05-04'))
    await givenRequest(merged.id, 'course_completion', course('2026-05-04'))

    await merge(kept, merged)

    expect(await statesOf()).toEqual([
      [kept.id, 'open'],
      [kept.id, 'withdrawn'],
    ])
    expect(await keysOf()).toEqual(['sealed', null])
  })

  test('a second change of name is withdrawn, and its photo destroyed', async () => {
    const kept = await givenCandidate()
    const merged = await givenCandidate()
    await givenRequest(kept.id, 'name_change')
    await givenRequest(merged.id, 'name_change')

    await merge(kept, merged)

    expect(await statesOf()).toEqual([
      [kept.id, 'open'],
      [kept.id, 'withdrawn'],
    ])
    expect(await keysOf()).toEqual(['sealed', null])
  })

  test('nobody gets in by a lost address of the record that left', async () => {
    const kept = await givenCandidate()
    const merged = await givenCandidate()
    await givenRequest(merged.id, 'address_recovery')
    await db.insert(schema.recoveries).values({
      candidateId: merged.id,
      newAddress: 'thief@example.org',
      newNormalized: 'thief@example.org',
      proof: 'number_and_birth',
      askedAt: LONG_AGO,
      confirmedAt: LONG_AGO,
      effectiveAt: NOW,
    })

    await merge(kept, merged)

    expect(await statesOf()).toEqual([[kept.id, 'withdrawn']])
    expect((await db.select().from(schema.recoveries))[0]!.stoppedAt).toEqual(NOW)
  })
})

test('a mail with a link to the record that left is not sent any more; other mail is', async () => {
  const kept = await givenCandidate()
  const merged = await givenCandidate()
  const owed = { candidateId: merged.id, payload: {}, owedAt: LONG_AGO, sendAfter: LONG_AGO }
  await db.insert(schema.mailOutbox).values([
    { ...owed, dedupeKey: 'link', template: 'access_link' },
    { ...owed, dedupeKey: 'news', template: 'result' },
  ])

  await merge(kept, merged)

  const mails = await db.select().from(schema.mailOutbox).where(eq(schema.mailOutbox.owedAt, LONG_AGO))
  expect(mails.map(({ dedupeKey, candidateId, givenUpAt }) => [dedupeKey, candidateId, givenUpAt])).toEqual([
    ['link', kept.id, NOW],
    ['news', kept.id, null],
  ])
})
