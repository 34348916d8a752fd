import { env } from 'cloudflare:workers'
import { asc, eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { addDays } from '../../src/core/calendar-date.ts'
import type { ContentOf } from '../../src/mail/outbox.ts'
import { remindOfExpiry } from '../../src/reminders/remind.ts'
import * as schema from '../../src/schema.ts'
import { deliver, recordingMailer } from '../mail/given-mail.ts'
import { db, givenAward, givenCandidate, givenProgram, givenResult } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'

// Noon of that day in the program's zone, so that its date and UTC's are the same.
const TODAY = '2026-11-26'
const noon = (days = 0) => new Date(`${addDays(TODAY, days)}T20:00:00Z`)

beforeEach(async () => {
  await givenProgram()
  await db.delete(schema.mailOutbox)
  await db.delete(schema.expiryReminders)
  await db.delete(schema.awards)
})

async function reminders() {
  const mails = await db
    .select()
    .from(schema.mailOutbox)
    .where(eq(schema.mailOutbox.template, 'expiry_reminder'))
    .orderBy(asc(schema.mailOutbox.id))
  return mails.map(({ payload, ...mail }) => ({
    ...mail,
    payload: payload as unknown as ContentOf<'expiry_reminder'>,
  }))
}

const awardsIn = async () =>
  (await reminders()).map(({ payload }) => payload.awards.map(({ certification }) => certification))

/** What somebody passed, each as `2024-05-20 JNCIA-Junos`. */
async function givenSat(candidateId: string, ...lines: string[]) {
  for (const line of lines) {
    const [examOn, exam] = line.split(' ') as [string, string]
    await givenResult({ candidateId, exam, examCode: exam, examOn })
  }
}

async function sent(now: Date) {
  const mailer = recordingMailer()
  await deliver(
    (await reminders()).map(({ id }) => id),
    mailer,
    now,
  )
  return mailer.sent
}

test('an award is told of 90, 60, 30 and 7 days before it expires and when it has, once each', async () => {
  const ada = await givenCandidate()
  const award = await givenAward({ candidateId: ada.id, expiresOn: addDays(TODAY, 100) })

  const kinds: [day: number, kind: string][] = []
  for (let day = 0; day <= 120; day += 1) {
    await remindOfExpiry(env, noon(day))
    await remindOfExpiry(env, noon(day))
    const told = await db.select().from(schema.expiryReminders)
    for (const { kind } of told) if (!kinds.some(([, known]) => known === kind)) kinds.push([100 - day, kind])
  }

  expect(kinds).toEqual([
    [90, '90'],
    [60, '60'],
    [30, '30'],
    [7, '7'],
    [-1, 'expired'],
  ])
  expect((await reminders()).map(({ payload }) => payload.awards)).toEqual(
    Array(5).fill([{ number: award.number, certification: 'JNCIA-Junos', expiresOn: award.expiresOn }]),
  )
})

test('after days without a trigger each gets the newest reminder only', async () => {
  const ada = await givenCandidate()
  await givenAward({ candidateId: ada.id, expiresOn: addDays(TODAY, 95) })
  await remindOfExpiry(env, noon())

  await remindOfExpiry(env, noon(70))

  expect(await db.select().from(schema.expiryReminders)).toMatchObject([{ kind: '30' }])
  expect(await reminders()).toHaveLength(1)
})

test('all that is due on a day is in one mail, with the exam that keeps most of it', async () => {
  const ada = await givenCandidate()
  await givenSat(ada.id, '2023-05-01 JNCIA-Junos', '2023-12-26 JNCIS-ENT', '2024-01-25 JNCIA-Design')
  await givenAward({ candidateId: ada.id, expiresOn: addDays(TODAY, 60) })
  await givenAward({ candidateId: ada.id, certification: 'JNCIS-ENT', expiresOn: addDays(TODAY, 30) })
  await givenAward({ candidateId: ada.id, certification: 'JNCIA-DC', expiresOn: addDays(TODAY, -3) })
  await givenAward({ candidateId: ada.id, certification: 'JNCIA-Cloud', expiresOn: addDays(TODAY, 400) })

  await remindOfExpiry(env, noon())
  const [letter, ...others] = await sent(noon())

  expect(others).toEqual([])
  expect(letter!.subject).toBe('2 of your certifications expire soon, the first on 26 December 2026')
  expect(letter!.text).toContain('Specialist (JNCIS-ENT): 26 December 2026, in 30 days')
  expect(letter!.text).toContain('Junos, Associate (JNCIA-Junos): 25 January 2027, in 60 days')
  expect(letter!.text).toMatch(/passed on 26 December 2026 at the latest, renews .*JNCIS-ENT/)
  expect(letter!.text).toContain('Data Center, Associate (JNCIA-DC): 23 November 2026, 3 days ago')
  expect(letter!.text).not.toContain('JNCIA-Cloud):')
})

test('the day by which an exam keeps something is that of all it is said to keep, told of before or not', async () => {
  const ada = await givenCandidate()
  await givenSat(ada.id, '2023-05-01 JNCIA-Junos', '2023-12-16 JNCIS-ENT', '2023-12-26 JNCIA-Cloud')
  await givenAward({ candidateId: ada.id, certification: 'JNCIS-ENT', expiresOn: addDays(TODAY, 20) })
  await remindOfExpiry(env, noon())
  for (const certification of ['JNCIA-Junos', 'JNCIA-Cloud'])
    await givenAward({ candidateId: ada.id, certification, expiresOn: addDays(TODAY, 30) })

  await remindOfExpiry(env, noon())

  const [, later] = await reminders()
  expect(later!.payload).toMatchObject({
    awards: [{ certification: 'JNCIA-Cloud' }, { certification: 'JNCIA-Junos' }],
    advice: { exam: 'JNCIS-ENT', by: '2026-12-16', renews: expect.arrayContaining(['JNCIS-ENT']) },
  })
})

test('whoever failed is told from when on, and whose award is in grace how long', async () => {
  await givenProgram(({ renewal }) => {
    Object.assign(renewal, { graceDays: 60 })
    renewal.rules.splice(1)
    Object.assign(renewal.rules[0]!, { by: { passing: { exam: 'JNCIA-Junos' } } })
  })
  const ada = await givenCandidate()
  await givenSat(ada.id, '2023-11-20 JNCIA-Junos')
  for (const examOn of ['2026-11-01', '2026-11-25'])
    await givenResult({ candidateId: ada.id, examOn, grade: 'fail' })
  await givenAward({ candidateId: ada.id, awardedOn: '2023-11-20', expiresOn: '2026-11-20' })

  await remindOfExpiry(env, noon())
  const [letter] = await sent(noon())

  expect(letter!.text).toContain(
    '20 November 2026, 6 days ago; it can still be renewed until 19 January 2027',
  )
  expect(letter!.text).toMatch(/passed on 19 January 2027 at the latest, renews JNCIA-Junos\./)
  expect(letter!.text).toContain('Not before 10 December 2026.')
})

test('what was renewed, or taken back, while the mail waited is not in it any more', async () => {
  const ada = await givenCandidate()
  const kept = await givenAward({ candidateId: ada.id, expiresOn: addDays(TODAY, 60) })
  const lapsing = await givenAward({
    candidateId: ada.id,
    certification: 'JNCIA-SEC',
    expiresOn: addDays(TODAY, 60),
  })
  const bob = await givenCandidate()
  const revoked = await givenAward({ candidateId: bob.id, expiresOn: addDays(TODAY, 5) })
  await remindOfExpiry(env, noon())

  await db
    .update(schema.awards)
    .set({ expiresOn: addDays(TODAY, 900) })
    .where(eq(schema.awards.id, kept.id))
  await db.update(schema.awards).set({ revokedOn: TODAY }).where(eq(schema.awards.id, revoked.id))

  const letters = await sent(noon())
  expect(letters.map(({ subject }) => subject)).toEqual([
    'Security, Associate (JNCIA-SEC) expires on 25 January 2027',
  ])
  expect(letters[0]!.text).toContain('you see what keeps each of them')
  expect(lapsing.expiresOn).toBe('2027-01-25')
  const errors = (await reminders()).map(({ lastError }) => lastError)
  expect(errors).toEqual([null, 'no longer so'])
})

test('an award that was renewed is told of anew before its new expiry', async () => {
  const ada = await givenCandidate()
  const award = await givenAward({ candidateId: ada.id, expiresOn: addDays(TODAY, 80) })
  await remindOfExpiry(env, noon())
  await db
    .update(schema.awards)
    .set({ expiresOn: addDays(TODAY, 500) })
    .where(eq(schema.awards.id, award.id))

  await remindOfExpiry(env, noon(1))
  await remindOfExpiry(env, noon(415))

  expect((await reminders()).map(({ payload }) => payload.awards[0]!.expiresOn)).toEqual([
    addDays(TODAY, 80),
    addDays(TODAY, 500),
  ])
})

test('an award expires on the date of the program, and not on that of UTC', async () => {
  const ada = await givenCandidate()
  await givenAward({ candidateId: ada.id, expiresOn: TODAY })
  await remindOfExpiry(env, noon(-1))

  // In Los Angeles it is still the evening of that day.
  await remindOfExpiry(env, new Date(`${addDays(TODAY, 1)}T03:17:00Z`))
  expect(await reminders()).toHaveLength(1)

  await remindOfExpiry(env, new Date(`${addDays(TODAY, 2)}T03:17:00Z`))
  expect(await reminders()).toHaveLength(2)
})

test.each([
  ['it was suspended', { award: { suspendedOn: '2026-01-01' } }],
  ['it was revoked', { award: { revokedOn: '2026-01-01' } }],
  ['it never expires', { award: { expiresOn: null } }],
  ['its holder wants no reminders', { candidate: { notifyReminders: false } }],
  ['its holder is leaving', { candidate: { closesAt: noon(3) } }],
  ['it was over before it came to us', { award: { expiresOn: addDays(TODAY, -2), createdAt: noon() } }],
] as const)(
  'nobody is told of an award when %s',
  async (_, {
    award = {},
    candidate = {},
  }: {
    award?: Partial<typeof schema.awards.$inferInsert>
    candidate?: Partial<typeof schema.candidates.$inferInsert>
  }) => {
    const ada = await givenCandidate(candidate)
    await givenAward({ candidateId: ada.id, expiresOn: addDays(TODAY, 20), ...award })

    await remindOfExpiry(env, noon())

    expect(await reminders()).toEqual([])
  },
)

test('that a certification expired is no news to whoever holds it again', async () => {
  const ada = await givenCandidate()
  await givenAward({ candidateId: ada.id, awardedOn: '2023-11-20', expiresOn: addDays(TODAY, -6) })
  await givenAward({ candidateId: ada.id, awardedOn: TODAY, expiresOn: addDays(TODAY, 1095) })

  await remindOfExpiry(env, noon())

  expect(await reminders()).toEqual([])
})

test('the mail comes by day where its reader is', async () => {
  const tokyo = await givenCandidate({ timeZone: 'Asia/Tokyo' })
  const home = await givenCandidate()
  for (const { id } of [tokyo, home]) await givenAward({ candidateId: id, expiresOn: addDays(TODAY, 20) })

  await remindOfExpiry(env, noon())

  expect((await reminders()).map(({ candidateId, sendAfter }) => [candidateId, sendAfter])).toEqual([
    // At noon in Los Angeles it is five in the morning in Tokyo.
    [tokyo.id, new Date('2026-11-26T23:00:00Z')],
    [home.id, noon()],
  ])
})

test('however many there are, each is told once, at three round trips for a page', async () => {
  const holders = []
  for (let n = 0; n < 12; n += 1) {
    const holder = await givenCandidate()
    holders.push(holder.id)
    await givenAward({ candidateId: holder.id, expiresOn: addDays(TODAY, 20 + (n % 3)) })
    await givenAward({ candidateId: holder.id, certification: 'JNCIA-SEC', expiresOn: addDays(TODAY, 25) })
  }
  const { d1, cost } = countedDatabase(env.DB)

  await remindOfExpiry({ DB: d1 }, noon(), 12)

  // The program; two pages of first awards and the rest; and the page that is empty.
  expect(cost.roundTrips).toBe(1 + 3 + 1)
  expect((await reminders()).map(({ candidateId }) => candidateId).sort()).toEqual(holders)
  expect(await awardsIn()).toEqual(Array(12).fill(['JNCIA-Junos', 'JNCIA-SEC']))

  const again = countedDatabase(env.DB)
  await remindOfExpiry({ DB: again.d1 }, noon())
  expect(again.cost.roundTrips).toBe(2)
})

test('those who get no mail take nobody’s place', async () => {
  for (let n = 0; n < 4; n += 1) {
    const silent = await givenCandidate({ notifyReminders: false })
    await givenAward({ candidateId: silent.id, expiresOn: addDays(TODAY, 5) })
  }
  const ada = await givenCandidate()
  await givenAward({ candidateId: ada.id, expiresOn: addDays(TODAY, 20) })
  const { d1, cost } = countedDatabase(env.DB)

  await remindOfExpiry({ DB: d1 }, noon(), 2)

  expect((await reminders()).map(({ candidateId }) => candidateId)).toEqual([ada.id])
  // The program, one page, and the page that is empty.
  expect(cost.roundTrips).toBe(1 + 3 + 1)
})
