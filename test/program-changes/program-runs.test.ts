import { introspectWorkflow } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { asc, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { keepAwards } from '../../src/certifications/keep-awards.ts'
import { openDatabase } from '../../src/core/database.ts'
import { runPiece } from '../../src/program-changes/run-piece.ts'
import { lookAfterProgram } from '../../src/program-changes/start-runs.ts'
import * as schema from '../../src/schema.ts'
import { givenPass, liveAwards, NOW, TODAY } from '../certifications/given-passes.ts'
import { db, givenCandidate, givenProgram } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { givenStaff, post, send, signedInStaff } from '../support/requests.ts'

type Staff = Awaited<ReturnType<typeof givenStaff>>

let author: Staff
let second: Staff

beforeEach(async () => {
  await givenProgram()
  author = await givenStaff('catalogue')
  second = await givenStaff('catalogue')
})

/** Two who hold a certification that expires within the window, and one outside of it. */
async function givenHolders() {
  const ada = await givenCandidate()
  const eve = await givenCandidate()
  const zoe = await givenCandidate()
  await givenPass(ada, 'JNCIA-Junos', '2024-05-04')
  await givenPass(eve, 'JNCIA-Junos', '2023-11-01')
  await givenPass(zoe, 'JNCIA-Junos', '2025-05-04')
  await keepAwards(db, TODAY, NOW)
  await db.delete(schema.mailOutbox)
  return { ada, eve, zoe }
}

const WINDOW = { expiresFrom: '2026-10-01', expiresUntil: '2027-06-30', months: '6' }

async function writeExtension(): Promise<number> {
  const answer = await post(
    '/staff/program/changes/new/extension',
    {
      submission: crypto.randomUUID(),
      base: '1',
      title: 'Closed test centres',
      effective: 'as-it-is',
      level: '',
      track: '',
      certification: '',
      ...WINDOW,
    },
    { headers: await signedInStaff(author) },
  )
  expect(answer.status).toBe(303)
  return Number(/changes\/(\d+)/.exec(answer.headers.get('location')!)![1])
}

/** Presses a button of a change's page, and waits for the run that it starts. */
async function press(
  id: number,
  what: 'trial' | 'decision',
  who: Staff,
  fields: Record<string, string> = {},
) {
  await using workflows = await introspectWorkflow(env.PROGRAM_WORKFLOW)
  const answer = await post(
    `/staff/program/changes/${id}/${what}`,
    { version: '1', ...fields },
    { headers: await signedInStaff(who) },
  )
  for (const instance of await workflows.get()) await instance.waitForStatus('complete')
  return answer.headers.get('location')!
}

const runsOf = (id: number) =>
  db
    .select()
    .from(schema.programRuns)
    .where(eq(schema.programRuns.changeId, id))
    .orderBy(asc(schema.programRuns.id))

test('a dry run says what would happen to whom, and stores nothing else', async () => {
  const { ada, eve } = await givenHolders()
  const before = await liveAwards(ada)
  const id = await writeExtension()

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
  const id = await writeExtension()
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
  const id = await writeExtension()
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
    const id = await writeExtension()
    await press(id, 'trial', author)

    await stays(id, author)
  })

  test('by one of several who wrote on it', async () => {
    const id = await writeExtension()
    const document = (await db.select().from(schema.programChanges))[0]!.document
    const rewrite = (who: Staff, version: string) =>
      signedInStaff(who).then((headers) =>
        post(
          `/staff/program/changes/${id}/document`,
          { version, title: 'Closed test centres', effective: 'as-it-is', document },
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
    const id = await writeExtension()
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
    const id = await writeExtension()
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
    await stays(await writeExtension(), second)
  })

  test('where it was rewritten since it was tried', async () => {
    const id = await writeExtension()
    await press(id, 'trial', author)
    await db.update(schema.programChanges).set({ version: 2 })

    await stays(id, second)
  })

  test('once it was dropped', async () => {
    const id = await writeExtension()
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
  const answer = await post(
    '/staff/program/changes/new/renewal',
    {
      submission: crypto.randomUUID(),
      base: '1',
      title: 'Longer',
      effective: 'from',
      effectiveOn: '2099-01-01',
      awardValidityMonths: '60',
      renewalMonths: '60',
      graceDays: '0',
    },
    { headers: await signedInStaff(author) },
  )
  const id = Number(/changes\/(\d+)/.exec(answer.headers.get('location')!)![1])
  await press(id, 'trial', author)
  await press(id, 'decision', second, { to: 'apply' })

  expect(await liveAwards(ada)).toMatchObject([{ expiresOn: '2027-05-04' }])
  expect((await runsOf(id))[1]).toMatchObject({ state: 'done', changed: 0 })
  const inForce = () =>
    send('/staff/program', { headers: {} }).then(() => db.select().from(schema.programVersions))
  expect((await inForce()).map(({ begunAt }) => begunAt === null)).toEqual([false, true])

  await lookAfterProgram(env, new Date('2099-01-01T20:00:00Z'))

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
    expect(await runPiece(db, id, at)).toBe(false)
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

    await using workflows = await introspectWorkflow(env.PROGRAM_WORKFLOW)
    await post(`/staff/program/runs/${id}/again`, {}, { headers: await signedInStaff(author) })
    for (const instance of await workflows.get()) await instance.waitForStatus('complete')

    expect(await db.select().from(schema.programRuns)).toMatchObject([{ state: 'done', done: 3, deaths: 0 }])
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
