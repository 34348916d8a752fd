import { env } from 'cloudflare:workers'
import { eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { beginVersions } from '../../src/program-changes/run-queries.ts'
import * as schema from '../../src/schema.ts'
import { liveAwards } from '../certifications/given-passes.ts'
import { db, givenProgram } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { givenStaff, post, send, signedInStaff } from '../support/requests.ts'
import {
  givenHolders,
  postAndRun,
  press,
  runsOf,
  type Staff,
  write,
  writeExtension,
  writeRenewal,
} from './given-change.ts'

let author: Staff
let second: Staff

beforeEach(async () => {
  await givenProgram()
  author = await givenStaff('catalogue')
  second = await givenStaff('catalogue')
})

async function page(path: string, who = second) {
  const response = await send(path, { headers: await signedInStaff(who) })
  return response.text()
}

async function applied(id: number) {
  await press(id, 'trial', author)
  expect(await press(id, 'decision', second, { to: 'apply' })).toContain('?applied')
}

const isApplied = async (id: number) =>
  (await press(id, 'decision', second, { to: 'apply' })).includes('?applied')

const evaluations = () => db.$count(schema.programRuns, eq(schema.programRuns.kind, 'evaluation'))

describe('while everybody still has to be evaluated by the change before', () => {
  const HELD = { kind: 'evaluation', total: 0, mails: 'held' } as const

  async function givenEvaluation(state: 'owed' | 'running' | 'failed') {
    const at = new Date()
    const finishedAt = state === 'failed' ? at : null
    await db.insert(schema.programRuns).values({ ...HELD, state, owedAt: at, movedAt: at, finishedAt })
  }

  test.each(['running', 'failed'] as const)('that is %s, nothing is put in force', async (state) => {
    const id = await writeExtension(author)
    await press(id, 'trial', author)
    await givenEvaluation(state)

    expect(await isApplied(id)).toBe(false)
    expect(await db.$count(schema.programVersions)).toBe(1)
    const text = await page(`/staff/program/changes/${id}`)
    expect(text).toContain('Everybody still has to be evaluated')
    expect(text).not.toContain('value="apply"')
  })

  test('nothing is tried', async () => {
    const id = await writeExtension(author)
    await givenEvaluation('failed')

    await press(id, 'trial', author)

    expect(await runsOf(id)).toEqual([])
    expect(await page(`/staff/program/changes/${id}`)).not.toContain('Try it on everybody')
  })

  test('a later one that is done makes good one that was given up', async () => {
    const id = await writeExtension(author)
    await givenEvaluation('failed')
    const at = new Date()
    await db
      .insert(schema.programRuns)
      .values({ ...HELD, state: 'done', owedAt: at, movedAt: at, finishedAt: at })
    await press(id, 'trial', author)

    expect(await isApplied(id)).toBe(true)
  })
})

describe('a dry run', () => {
  test('says when it ended', async () => {
    const id = await writeExtension(author)
    await press(id, 'trial', author)

    expect(await page(`/staff/program/changes/${id}`)).toMatch(/That ended: <time/)
  })

  test('of the day before yesterday is none to decide by', async () => {
    const id = await writeExtension(author)
    await press(id, 'trial', author)
    await db.update(schema.programRuns).set({ finishedAt: new Date(Date.now() - 25 * 3_600_000) })

    expect(await isApplied(id)).toBe(false)
    expect(await page(`/staff/program/changes/${id}`)).toContain('too old to decide by')
    await press(id, 'trial', author)
    expect(await isApplied(id)).toBe(true)
  })

  test('is none to decide by once a version has come for another day', async () => {
    const id = await writeExtension(author)
    await press(id, 'trial', author)
    await applied(await writeRenewal(author, '60', { effective: 'from', effectiveOn: '2030-01-01' }))

    expect(await isApplied(id)).toBe(false)
    await press(id, 'trial', author)
    expect(await isApplied(id)).toBe(true)
  })
})

describe('with a version ahead', () => {
  const FROM_2030 = { effective: 'from', effectiveOn: '2030-01-01' }

  test('the program of today is what a form changes, unless somebody chooses the other', async () => {
    await applied(await writeRenewal(author, '60', FROM_2030))

    const today = await page('/staff/program/changes/new/renewal')
    const later = await page('/staff/program/changes/new/renewal?of=2')

    expect(today).toContain('name="base" value="1"')
    expect(today).toContain('It ends before 1 January 2030')
    expect(today).toContain('/staff/program/changes/new/renewal?of=2')
    expect(later).toContain('name="base" value="2"')
    expect(later).toContain('value="60"')
  })

  test('the program of today is changed in its place, and from a day before the other', async () => {
    await applied(await writeRenewal(author, '60', FROM_2030))
    await applied(await writeRenewal(author, '48'))
    const between = { base: '3', effective: 'from', effectiveOn: '2029-01-01' }
    await applied(await writeRenewal(author, '12', between))

    expect(
      await db
        .select({ version: schema.programVersions.version, effectiveOn: schema.programVersions.effectiveOn })
        .from(schema.programVersions),
    ).toEqual([
      { version: 1, effectiveOn: null },
      { version: 2, effectiveOn: '2030-01-01' },
      { version: 3, effectiveOn: null },
      { version: 4, effectiveOn: '2029-01-01' },
    ])
  })

  test('the draft of an extension is edited against the version that it was written for', async () => {
    await applied(await writeRenewal(author, '60', FROM_2030))
    const id = await writeExtension(author)
    const path = `/staff/program/changes/${id}/document`
    expect(await page(path)).toContain('name="base" value="1"')

    const change = (await db.select().from(schema.programChanges)).find((one) => one.id === id)!
    const fields = { version: '1', base: '1', title: 'Better said', effective: 'as-it-is' }
    const answer = await post(
      path,
      { ...fields, document: change.document },
      { headers: await signedInStaff(author) },
    )

    expect(answer.status).toBe(303)
  })

  test('an extension that applies from today on is put in force', async () => {
    await applied(await writeRenewal(author, '60', FROM_2030))
    const change = await writeExtension(author)
    const { document } = (await db.select().from(schema.programChanges)).find(({ id }) => id === change)!
    const { on } = (JSON.parse(document) as { renewal: { extensions: { on: string }[] } }).renewal
      .extensions[0]!
    const id = await writeExtension(author, { effective: 'from', effectiveOn: on })
    await press(id, 'trial', author)

    expect(await isApplied(id)).toBe(true)
  })
})

test('a draft that another version overtook is saved against that one, and can be decided then', async () => {
  const id = await writeRenewal(author, '48')
  await applied(await writeRenewal(author, '60'))
  await press(id, 'trial', author)
  expect(await runsOf(id)).toEqual([])
  const path = `/staff/program/changes/${id}/document`
  const text = await page(path)
  expect(text).toContain('Version 2 has come since this was written')
  expect(text).toContain('name="base" value="2"')

  const { document } = (await db.select().from(schema.programChanges)).find((one) => one.id === id)!
  const fields = { version: '1', base: '2', title: 'Again', effective: 'as-it-is', document }
  await post(path, fields, { headers: await signedInStaff(author) })

  expect(await page(`/staff/program/changes/${id}`)).toContain('settings.<wbr/>awardValidityMonths')
  await press(id, 'trial', author, { version: '2' })
  expect(await press(id, 'decision', second, { to: 'apply', version: '2' })).toContain('?applied')
})

describe('a version that has not begun', () => {
  const withdraw = (version: number) =>
    postAndRun(`/staff/program/versions/${version}/withdrawal`, {}, author)

  const versions = async () => {
    const text = await page('/staff/program')
    return [...text.matchAll(/Version (\d)<\/a>.*?<td[^>]*>([^<]+)/gs)].map(([, version, state]) => [
      version,
      state!.trim(),
    ])
  }

  test('is taken back: what comes starts from what is left, and everybody is evaluated', async () => {
    const { ada } = await givenHolders()
    await applied(await writeRenewal(author, '60', { effective: 'from', effectiveOn: '2030-01-01' }))
    expect(await page('/staff/program/versions/2/withdrawal')).toContain('1 January 2030')

    expect(await withdraw(2)).toContain('?withdrawn=2')
    await withdraw(2)

    expect(await db.$count(schema.programVersions)).toBe(3)
    expect(await evaluations()).toBe(2)
    expect((await db.select().from(schema.auditLog)).at(-1)).toMatchObject({
      action: 'program.version-withdrawn',
      details: '{"version":2}',
    })
    const text = await page('/staff/program?withdrawn=2')
    expect(text).toContain('Version 2 is taken back.')
    expect(text).toContain('Taken back before it began')
    expect(await page('/staff/program/changes/1')).toContain('taken back before it began')

    // The awards of everybody are still kept, and the same day can be used again.
    await applied(await writeExtension(author))
    expect(await liveAwards(ada)).toMatchObject([{ expiresOn: '2027-11-04' }])
    await applied(
      await writeRenewal(author, '48', { base: '4', effective: 'from', effectiveOn: '2030-01-01' }),
    )
    expect((await versions()).slice(0, 2)).toEqual([
      ['5', 'Begins later'],
      ['2', 'Replaced'],
    ])
  })

  test('never begins once it was taken back or replaced', async () => {
    const ahead = { effective: 'from', effectiveOn: '2030-01-01' }
    await applied(await writeRenewal(author, '60', ahead))
    await applied(await writeRenewal(author, '48', { base: '2' }))
    await withdraw(3)
    await beginVersions(db, '2031-01-01', new Date('2031-01-01T12:00:00Z'))

    const begun = await db
      .select({ version: schema.programVersions.version })
      .from(schema.programVersions)
      .where(sql`begun_at IS NOT NULL`)
    expect(begun).toEqual([{ version: 1 }])
  })

  test('is not taken back once it has begun', async () => {
    await withdraw(1)

    expect(await db.$count(schema.programVersions)).toBe(1)
    const headers = await signedInStaff(author)
    expect((await send('/staff/program/versions/1/withdrawal', { headers })).status).toBe(404)
  })
})

describe('a change that was dropped', () => {
  test('is tried no further', async () => {
    const id = await writeExtension(author)
    const at = new Date()
    await db.insert(schema.programRuns).values({
      kind: 'trial',
      changeId: id,
      changeVersion: 1,
      state: 'running',
      total: 1_000_000,
      owedAt: at,
      movedAt: at,
    })

    await press(id, 'decision', author, { to: 'drop' })

    expect(await runsOf(id)).toMatchObject([{ state: 'stopped' }])
  })

  test('is taken up again as it was', async () => {
    const id = await writeExtension(author)
    await press(id, 'decision', second, { to: 'drop' })
    expect(await page(`/staff/program/changes/${id}?dropped`)).toContain('value="take-up"')

    expect(await press(id, 'decision', author, { to: 'take-up' })).toContain('?taken-up')

    await applied(id)
    expect((await db.select().from(schema.auditLog)).map(({ action }) => action)).toContain(
      'program.change-taken-up',
    )
  })

  test('and one that was put in force stand on the list of what was decided, with who did it', async () => {
    await press(await write('course', COURSE, author), 'decision', second, { to: 'drop' })
    await applied(await writeExtension(author))

    const text = await page('/staff/program')

    expect(text).toMatch(
      /Changes that were decided[\s\S]*Closed test centres[\s\S]*Put in force[\s\S]*A course[\s\S]*Dropped/,
    )
    expect(text).toMatch(/Version 2<\/a>[\s\S]*?In force[\s\S]*?Closed test centres/)
    expect(text).toContain('Nobody to write to')
  })
})

const COURSE = {
  title: 'A course',
  course: 'NEW',
  courseName: '',
  renews: 'JNCIS-ENT',
  direction: 'same-level',
}

test('a change that begins in some years does not say that it is in force', async () => {
  const id = await writeRenewal(author, '60', { effective: 'from', effectiveOn: '2030-01-01' })
  await applied(id)

  const text = await page(`/staff/program/changes/${id}?applied`)

  expect(text).toContain('Begins on 1 January 2030, as version 2')
  expect(text).not.toMatch(/in force/i)
})

test('pages cost two round trips, with whoever looks at them', async () => {
  await givenHolders()
  const id = await writeExtension(author)
  await applied(id)
  const draft = await writeRenewal(author, '48', { base: '2' })
  const run = (await runsOf(id)).at(-1)!
  const headers = await signedInStaff(author)

  for (const path of [
    '/staff/program',
    '/staff/program/changes/new/renewal',
    `/staff/program/changes/${id}`,
    `/staff/program/changes/${draft}/document`,
    `/staff/program/runs/${run.id}`,
    `/staff/program/runs/${run.id}?kind=extended`,
  ]) {
    const { d1, cost } = countedDatabase(env.DB)
    expect((await send(path, { headers }, { DB: d1 })).status).toBe(200)
    expect([path, cost.roundTrips]).toEqual([path, 2])
  }
})
