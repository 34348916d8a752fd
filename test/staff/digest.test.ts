import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import * as schema from '../../src/schema.ts'
import { mailDigest } from '../../src/staff/digest.ts'
import { deliver, recordingMailer } from '../mail/given-mail.ts'
import { givenNameChange } from '../requests/given-request.ts'
import { db, givenCandidate, givenProgram, LONG_AGO } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { givenStaff, send, signedInStaff } from '../support/requests.ts'

// A Wednesday; the next day is a holiday of the sample program, and Saturday is none of its business days.
const WEDNESDAY = new Date('2026-11-25T20:00:00Z')
const days = (count: number) => new Date(WEDNESDAY.getTime() + count * 86_400_000)

beforeEach(async () => {
  await givenProgram()
  await db.delete(schema.mailOutbox)
})

type Person = { id: number }

async function givenProposal({ id }: Person) {
  await db.insert(schema.actProposals).values({
    kind: 'suspend',
    effectiveOn: '2026-11-20',
    reason: 'Under review',
    awardIds: [1],
    state: 'proposed',
    proposedBy: id,
    proposedAt: LONG_AGO,
    submission: crypto.randomUUID(),
  })
}

async function givenChange({ id }: Person, { isTried }: { isTried: boolean }) {
  const [newest] = await db.select().from(schema.programVersions)
  const [change] = await db
    .insert(schema.programChanges)
    .values({
      submission: crypto.randomUUID(),
      title: 'Longer',
      document: '{}',
      baseVersion: newest!.version,
      madeBy: id,
      madeAt: LONG_AGO,
      changedBy: id,
      changedAt: LONG_AGO,
      authors: `,${id},`,
    })
    .returning()
  if (!isTried) return
  const run = { kind: 'trial', changeId: change!.id, changeVersion: 1, state: 'done', total: 0 } as const
  await db
    .insert(schema.programRuns)
    .values({ ...run, owedAt: LONG_AGO, movedAt: LONG_AGO, finishedAt: LONG_AGO })
}

async function givenRun(mails: 'held' | 'released', heldFor: readonly { id: string }[]) {
  const run = { kind: 'evaluation', state: 'done', total: 1, mails } as const
  const [{ id: runId }] = await db
    .insert(schema.programRuns)
    .values({ ...run, owedAt: LONG_AGO, movedAt: LONG_AGO, finishedAt: LONG_AGO })
    .returning()
    .then((rows) => rows as [(typeof rows)[number]])
  for (const { id: candidateId } of heldFor) {
    await db.insert(schema.heldMails).values({ runId, candidateId, payload: { effects: [] } })
  }
}

const digests = () =>
  db.select().from(schema.mailOutbox).where(eq(schema.mailOutbox.template, 'staff_digest'))

test('those who decide are told once a day what waits, and nobody when nothing does', async () => {
  const reviewer = await givenStaff('reviewer')
  const owner = await givenStaff('owner')
  await givenStaff('auditor')
  const [invited] = await db
    .insert(schema.staff)
    .values({ email: 'later@example.org', name: 'Later', role: 'reviewer', invitedAt: LONG_AGO })
    .returning()
  await mailDigest(env, WEDNESDAY)
  expect(await digests()).toEqual([])

  await givenNameChange(await givenCandidate(), { at: days(-3) })
  await givenNameChange(await givenCandidate(), { at: days(-1) })
  await mailDigest(env, WEDNESDAY)
  await mailDigest(env, WEDNESDAY)

  const owed = await digests()
  expect(owed.map(({ recipient }) => recipient).sort()).toEqual([reviewer.email, owner.email].sort())
  expect(owed.map(({ recipient }) => recipient)).not.toContain(invited!.email)
  expect(owed[0]!.payload).toEqual({
    open: 2,
    overTwoDays: 1,
    deliveries: 0,
    rows: 0,
    lateResults: 0,
    doubted: 0,
    proposals: 0,
    changes: 0,
    heldRuns: 0,
  })

  const mailer = recordingMailer()
  await deliver([owed[0]!.id], mailer, WEDNESDAY)
  expect(mailer.sent[0]!.text).toContain('Open requests: 2\nOf these older than two days: 1')
  expect(mailer.sent[0]!.text).not.toContain('Rows in quarantine')
})

test('who may act on awards is told of proposals, who changes the program of changes that were tried', async () => {
  const reviewer = await givenStaff('reviewer')
  const owner = await givenStaff('owner')
  const catalogue = await givenStaff('catalogue')
  await givenProposal(reviewer)
  await givenChange(catalogue, { isTried: true })
  await givenChange(catalogue, { isTried: false })

  await mailDigest(env, WEDNESDAY)

  const told = new Map((await digests()).map(({ recipient, payload }) => [recipient, payload]))
  expect(told.get(reviewer.email)).toMatchObject({ proposals: 1, changes: 0 })
  expect(told.get(owner.email)).toMatchObject({ proposals: 1, changes: 1 })
  expect(told.get(catalogue.email)).toMatchObject({ proposals: 0, changes: 1 })
  const html = await (await send('/staff', { headers: await signedInStaff('owner') })).text()
  expect(html).toContain('<a href="/staff/acts">Acts on many certifications, for a second person: 1</a>')
  expect(html).toContain('<a href="/staff/program">Changes of the program, for a second person: 1</a>')
})

test('who changes the program is told of runs whose mails are held back, where there are any', async () => {
  const reviewer = await givenStaff('reviewer')
  const catalogue = await givenStaff('catalogue')
  const ada = await givenCandidate()
  await givenNameChange(ada, { at: days(-1) })
  await givenRun('held', [ada, await givenCandidate()])
  await givenRun('held', [])
  await givenRun('released', [ada])

  await mailDigest(env, WEDNESDAY)

  const told = new Map((await digests()).map(({ recipient, payload }) => [recipient, payload]))
  expect(told.get(reviewer.email)).toMatchObject({ open: 1, heldRuns: 0 })
  expect(told.get(catalogue.email)).toMatchObject({ open: 0, heldRuns: 1 })
  const held = '<a href="/staff/program">Changes that are done, and whose mails are held back: 1</a>'
  expect(await (await send('/staff', { headers: await signedInStaff('catalogue') })).text()).toContain(held)
  expect(await (await send('/staff', { headers: await signedInStaff('reviewer') })).text()).not.toContain(
    held,
  )
})

test('there is none on holidays and weekends, and one again on the next business day', async () => {
  await givenStaff('reviewer')
  await givenNameChange(await givenCandidate(), { at: days(-1) })

  for (let day = 1; day <= 5; day += 1) await mailDigest(env, days(day))

  // Thanksgiving, Friday, Saturday, Sunday, Monday.
  expect((await digests()).map(({ dedupeKey }) => dedupeKey.slice(-10))).toEqual(['2026-11-27', '2026-11-30'])
})

test('in summer, when the trigger comes in the evening, it is read on the mornings of business days', async () => {
  await givenStaff('reviewer')
  await givenNameChange(await givenCandidate(), { at: days(-200) })

  // From Tuesday evening, 7 July 2026, to Monday evening: 20:17 in Los Angeles.
  for (let day = 8; day <= 14; day += 1) {
    await mailDigest(env, new Date(`2026-07-${String(day).padStart(2, '0')}T03:17:00Z`))
  }

  const owed = await digests()
  const read = owed.map(({ dedupeKey }) => dedupeKey.slice(-10))
  // Nothing for the weekend, and one for Monday.
  expect(read).toEqual(['2026-07-08', '2026-07-09', '2026-07-10', '2026-07-13', '2026-07-14'])
  expect(owed.map(({ sendAfter }) => sendAfter?.toISOString().slice(0, 13))).toEqual(
    read.map((on) => `${on}T15`),
  )
})

test('it costs three round trips', async () => {
  await givenStaff('reviewer')
  await givenNameChange(await givenCandidate(), { at: days(-1) })
  const { d1, cost } = countedDatabase(env.DB)

  await mailDigest({ DB: d1 }, WEDNESDAY)

  expect(cost.roundTrips).toBe(3)
})
