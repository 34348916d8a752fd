import { introspectWorkflow } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { asc, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { keepAwards } from '../../src/certifications/keep-awards.ts'
import { openDatabase } from '../../src/core/database.ts'
import { QUERIES_A_UNIT } from '../../src/core/instance-steps.ts'
import { runPiece } from '../../src/program-changes/run-piece.ts'
import { claimRun, endRun, oweRunAgain } from '../../src/program-changes/run-queries.ts'
import { lookAfterProgram } from '../../src/program-changes/start-runs.ts'
import * as schema from '../../src/schema.ts'
import {
  beforeSecondBatch,
  givenManyPasses,
  givenPass,
  liveAwards,
  NOW,
  TODAY,
} from '../certifications/given-passes.ts'
import { db, givenProgram } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { givenStaff, post, send, signedInStaff } from '../support/requests.ts'
import {
  givenHolders,
  postAndRun,
  press,
  runsOf,
  type Staff,
  WINDOW,
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

test('a dry run says what would happen to whom, and stores nothing else', async () => {
  const { ada, eve } = await givenHolders()
  const before = await liveAwards(ada)
  const id = await writeExtension(author)

  expect(await press(id, 'trial', author)).toContain('?trying')

  expect(await runsOf(id)).toMatchObject([
    {
      kind: 'trial',
      state: 'done',
      total: 3,
      done: 3,
      changed: 2,
      failing: 0,
      counts: { extended: 1, restored: 1 },
    },
  ])
  const effects = await db.select().from(schema.runEffects).orderBy(asc(schema.runEffects.kind))
  expect(effects).toMatchObject([
    { candidateId: ada.id, certification: 'JNCIA-Junos', kind: 'extended' },
    { candidateId: eve.id, certification: 'JNCIA-Junos', kind: 'restored' },
  ])
  expect(await liveAwards(ada)).toEqual(before)
  expect(await db.$count(schema.heldMails)).toBe(0)
  expect(await db.$count(schema.programVersions)).toBe(1)
})

test('a second person puts it in force: awards are extended, expired ones are active again, mails are held', async () => {
  const { ada, eve, zoe } = await givenHolders()
  const id = await writeExtension(author)
  await press(id, 'trial', author)

  expect(await press(id, 'decision', second, { to: 'apply' })).toContain('?applied')

  expect(await runsOf(id)).toMatchObject([
    { kind: 'trial' },
    {
      kind: 'evaluation',
      state: 'done',
      done: 3,
      changed: 2,
      mails: 'held',
      mailsWritten: 2,
      counts: { extended: 1, restored: 1 },
    },
  ])
  expect(await liveAwards(ada)).toMatchObject([{ expiresOn: '2027-11-04' }])
  expect(await liveAwards(eve)).toMatchObject([{ expiresOn: '2027-05-01' }])
  expect(await liveAwards(zoe)).toMatchObject([{ expiresOn: '2028-05-04' }])
  expect(await db.$count(schema.heldMails)).toBe(2)
  expect(await db.$count(schema.mailOutbox)).toBe(0)
  expect(await db.select().from(schema.programVersions)).toHaveLength(2)
  expect((await db.select().from(schema.auditLog)).map(({ action }) => action)).toEqual([
    'program.change-made',
    'program.change-tried',
    'program.change-applied',
  ])
})

test('held mails are let go once, one for each candidate, or discarded', async () => {
  await givenHolders()
  const id = await writeExtension(author)
  await press(id, 'trial', author)
  await press(id, 'decision', second, { to: 'apply' })
  const run = (await runsOf(id))[1]!
  const headers = await signedInStaff(author)

  await post(`/staff/program/runs/${run.id}/mails`, { to: 'released' }, { headers })
  await post(`/staff/program/runs/${run.id}/mails`, { to: 'discarded' }, { headers })

  expect(await db.select().from(schema.mailOutbox)).toMatchObject([
    { template: 'program_changed', payload: { effects: [{ certification: 'JNCIA-Junos' }] } },
    { template: 'program_changed' },
  ])
  expect(await db.$count(schema.heldMails)).toBe(0)
})

describe('not put in force', () => {
  async function stays(id: number, who: Staff) {
    expect(await press(id, 'decision', who, { to: 'apply' })).toContain('?late')
    expect(await db.$count(schema.programVersions)).toBe(1)
    expect(await db.$count(schema.programRuns, eq(schema.programRuns.kind, 'evaluation'))).toBe(0)
  }

  test('by the one who wrote it', async () => {
    const id = await writeExtension(author)
    await press(id, 'trial', author)

    await stays(id, author)
  })

  test('by one of several who wrote on it', async () => {
    const id = await writeExtension(author)
    const document = (await db.select().from(schema.programChanges))[0]!.document
    const rewrite = (who: Staff, version: string) =>
      signedInStaff(who).then((headers) =>
        post(
          `/staff/program/changes/${id}/document`,
          { version, base: '1', title: 'Closed test centres', effective: 'as-it-is', document },
          { headers },
        ),
      )
    expect((await rewrite(second, '1')).status).toBe(303)
    expect((await rewrite(author, '2')).status).toBe(303)
    await press(id, 'trial', author, { version: '3' })

    expect(await press(id, 'decision', second, { to: 'apply', version: '3' })).toContain('?late')
    expect(await db.$count(schema.programVersions)).toBe(1)
  })

  test('where another version has come since, however often it is rewritten', async () => {
    const id = await writeExtension(author)
    await press(id, 'trial', author)
    await db.insert(schema.programVersions).values({
      version: 2,
      sha256: 'f'.repeat(64),
      document: (await db.select().from(schema.programVersions))[0]!.document,
      appliedAt: NOW,
      begunAt: NOW,
    })

    expect(await press(id, 'decision', second, { to: 'apply' })).toContain('?late')
    expect(await db.$count(schema.programRuns, eq(schema.programRuns.kind, 'evaluation'))).toBe(0)
  })

  test.each([{}, { to: '' }, { to: 'Apply' }])('by a form that says no such word: %o', async (fields) => {
    const id = await writeExtension(author)
    await press(id, 'trial', author)

    const answer = await post(
      `/staff/program/changes/${id}/decision`,
      { version: '1', ...fields },
      { headers: await signedInStaff(second) },
    )

    expect(answer.status).toBe(400)
    expect(await db.$count(schema.programVersions)).toBe(1)
  })

  test('before it was tried', async () => {
    await stays(await writeExtension(author), second)
  })

  test('where it was rewritten since it was tried', async () => {
    const id = await writeExtension(author)
    await press(id, 'trial', author)
    await db.update(schema.programChanges).set({ version: 2 })

    await stays(id, second)
  })

  test('once it was dropped', async () => {
    const id = await writeExtension(author)
    await press(id, 'trial', author)
    await press(id, 'decision', author, { to: 'drop' })

    await stays(id, second)
  })
})

test('the same form sent twice writes one change', async () => {
  const form = {
    submission: crypto.randomUUID(),
    base: '1',
    title: 'Once',
    effective: 'as-it-is',
    level: '',
    track: '',
  }
  const headers = await signedInStaff(author)
  const fields = { ...form, certification: '', ...WINDOW }

  const first = await post('/staff/program/changes/new/extension', fields, { headers })
  const again = await post('/staff/program/changes/new/extension', fields, { headers })

  expect(again.headers.get('location')).toBe(first.headers.get('location'))
  expect(await db.$count(schema.programChanges)).toBe(1)
})

test('a version that lies ahead begins on its day, and judges only what comes after', async () => {
  const { ada } = await givenHolders()
  const id = await writeRenewal(author, '60', { effective: 'from', effectiveOn: '2030-01-01' })
  await press(id, 'trial', author)
  await press(id, 'decision', second, { to: 'apply' })

  expect(await liveAwards(ada)).toMatchObject([{ expiresOn: '2027-05-04' }])
  expect((await runsOf(id))[1]).toMatchObject({ state: 'done', changed: 0 })
  const inForce = () =>
    send('/staff/program', { headers: {} }).then(() => db.select().from(schema.programVersions))
  expect((await inForce()).map(({ begunAt }) => begunAt === null)).toEqual([false, true])

  await lookAfterProgram(env, new Date('2030-01-01T20:00:00Z'))

  expect((await inForce()).map(({ begunAt }) => begunAt === null)).toEqual([false, false])
})

test('a form that was opened before another version came is not taken, and keeps what was typed', async () => {
  const answer = await post(
    '/staff/program/changes/new/extension',
    { submission: crypto.randomUUID(), base: '7', title: 'Too late', effective: 'as-it-is', ...WINDOW },
    { headers: await signedInStaff(author) },
  )

  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain('Another version has come since you opened this form')
  expect(await db.$count(schema.programChanges)).toBe(0)
})

async function keepAllAwards() {
  for (let kept = 1; kept > 0; ) kept = await keepAwards(db, TODAY, NOW, 500)
}

describe('a run', () => {
  async function givenRun(kind: 'trial' | 'evaluation' = 'evaluation') {
    const [run] = await db
      .insert(schema.programRuns)
      .values({ kind, state: 'running', total: 3, mails: 'held', owedAt: NOW, movedAt: NOW })
      .returning()
    return run!.id
  }

  test('that does a piece twice counts and writes it once', async () => {
    const { ada } = await givenHolders()
    await db.update(schema.awards).set({ expiresOn: '2026-12-31' })
    const id = await givenRun()
    const at = { today: TODAY, now: NOW }

    await Promise.all([runPiece(db, id, at), runPiece(db, id, at)])

    expect(await db.select().from(schema.programRuns)).toMatchObject([
      { done: 3, changed: 3, place: expect.any(String) },
    ])
    expect(await db.$count(schema.runEffects)).toBe(3)
    expect(await db.$count(schema.heldMails)).toBe(3)
    expect(await liveAwards(ada)).toMatchObject([{ expiresOn: '2027-05-04' }])
    expect(await runPiece(db, id, at)).toMatchObject({ isMore: false })
  })

  test('asks as often for a thousand as for one', async () => {
    await givenHolders()
    const id = await givenRun()
    const { d1, cost } = countedDatabase(env.DB)

    await runPiece(openDatabase(d1), id, { today: TODAY, now: NOW })

    expect(cost.roundTrips).toBe(3)
  })

  test('leaves whoever is owed an evaluation to the import, with mails of its own', async () => {
    const { ada } = await givenHolders()
    await givenPass(ada, 'JNCIA-SEC', '2026-05-04')
    const id = await givenRun()

    await runPiece(db, id, { today: TODAY, now: NOW })
    expect(await liveAwards(ada)).toHaveLength(1)
    await keepAwards(db, TODAY, NOW)

    expect(await liveAwards(ada)).toHaveLength(2)
    expect(await db.select().from(schema.mailOutbox)).toMatchObject([{ template: 'award' }])
    expect(await db.$count(schema.heldMails)).toBe(0)
  })

  test('that was given up goes on from where it was when somebody says so', async () => {
    await givenHolders()
    const id = await givenRun()
    await db.update(schema.programRuns).set({ deaths: 5, movedAt: new Date(0) })
    await lookAfterProgram(env, NOW)
    expect(await db.select().from(schema.programRuns)).toMatchObject([{ state: 'failed' }])

    await postAndRun(`/staff/program/runs/${id}/again`, {}, author)
    await postAndRun(`/staff/program/runs/${id}/again`, {}, author)

    expect(await db.select().from(schema.programRuns)).toMatchObject([{ state: 'done', done: 3, deaths: 0 }])
    expect(await db.select().from(schema.auditLog)).toMatchObject([
      { action: 'program.run-again', actor: `staff:${author.id}`, details: `{"run":${id}}` },
    ])
  })

  test('that somebody had go on is not ended by the instance that was given up', async () => {
    await givenHolders()
    const id = await givenRun()
    await oweRunAgain(db, id, { staffId: author.id, now: NOW })
    await db.update(schema.programRuns).set({ state: 'owed' })

    await endRun(db, { id, attempt: 0 }, 'done')
    expect(await db.select().from(schema.programRuns)).toMatchObject([{ state: 'owed' }])
    await claimRun(db, { id, attempt: 0 })
    await endRun(db, { id, attempt: 0 }, 'done')
    await endRun(db, { id, attempt: 0 }, 'failed')
    expect(await db.select().from(schema.programRuns)).toMatchObject([{ state: 'running' }])
    await endRun(db, { id, attempt: 1 }, 'done')
    expect(await db.select().from(schema.programRuns)).toMatchObject([{ state: 'done' }])
  })

  test('that gets on has died of nothing so far', async () => {
    await givenHolders()
    const id = await givenRun()
    await db.update(schema.programRuns).set({ deaths: 4 })

    await runPiece(db, id, { today: TODAY, now: NOW })

    expect(await db.select().from(schema.programRuns)).toMatchObject([{ deaths: 0 }])
  })

  test('stores nothing of a piece whose rules were replaced since they were read, and does it again', async () => {
    const { ada } = await givenHolders()
    await db.update(schema.awards).set({ expiresOn: '2026-12-31' })
    const id = await givenRun()
    const shorter = beforeSecondBatch(async () => {
      await givenProgram((program) => {
        program.settings.awardValidityMonths = 48
      })
    })

    expect(await runPiece(openDatabase(shorter), id, { today: TODAY, now: NOW })).toMatchObject({
      isMore: true,
    })

    expect((await db.select().from(schema.programRuns))[0]).toMatchObject({ place: '', done: 0, changed: 0 })
    expect(await db.$count(schema.runEffects)).toBe(0)
    expect(await db.$count(schema.heldMails)).toBe(0)
    expect(await liveAwards(ada)).toMatchObject([{ expiresOn: '2026-12-31' }])

    await runPiece(db, id, { today: TODAY, now: NOW })

    expect((await db.select().from(schema.programRuns))[0]).toMatchObject({ done: 3, changed: 3 })
    expect(await liveAwards(ada)).toMatchObject([{ expiresOn: '2028-05-04' }])
  })

  test('counts what a piece that changes everybody costs, statement by statement', async () => {
    await givenManyPasses(900)
    await keepAllAwards()
    await db.update(schema.awards).set({ expiresOn: '2026-12-31' })
    await db.delete(schema.renewals)
    const id = await givenRun()
    let sent = 0
    const counting = {
      prepare: (query: string) => env.DB.prepare(query),
      batch: (statements: D1PreparedStatement[]) => {
        sent += statements.length
        return env.DB.batch(statements)
      },
    } as unknown as D1Database

    const { statements } = await runPiece(openDatabase(counting), id, { today: TODAY, now: NOW })

    // And the one that finds the run.
    expect(statements).toBe(sent + 1)
    expect(statements).toBeGreaterThan(QUERIES_A_UNIT)
    expect(await db.select().from(schema.programRuns)).toMatchObject([{ done: 900, changed: 900 }])
  })

  test('that died is gone on with by another instance', async () => {
    await givenHolders()
    const id = await givenRun()
    await using workflows = await introspectWorkflow(env.PROGRAM_WORKFLOW)

    await lookAfterProgram(env, new Date(NOW.getTime() + 6 * 60_000))
    for (const instance of await workflows.get()) await instance.waitForStatus('complete')

    expect(await db.select().from(schema.programRuns)).toMatchObject([
      { id, state: 'done', done: 3, attempt: 1 },
    ])
  })
})
