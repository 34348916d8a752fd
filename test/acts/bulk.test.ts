import { env } from 'cloudflare:workers'
import { asc, eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { keepAwards } from '../../src/certifications/keep-awards.ts'
import { addDays, addMonths } from '../../src/core/calendar-date.ts'
import { actProposals, auditLog, awardActs, awards, candidates, mailOutbox } from '../../src/schema.ts'
import { givenManyPasses } from '../certifications/given-passes.ts'
import { db, givenProgram } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { givenStaff, post, send, signedInStaff } from '../support/requests.ts'
import {
  act,
  awardOf,
  expiresOn,
  givenSpecialist,
  hiddenFields,
  page,
  passedOn,
  posted,
  today,
} from './given-awards.ts'

let [reviewer, second] = [{ cookie: '' }, { cookie: '' }]
const later = addMonths(expiresOn, 6)

beforeEach(async () => {
  await givenProgram()
  reviewer = await signedInStaff(await givenStaff('reviewer', { name: 'Grace Hopper' }))
  second = await signedInStaff(await givenStaff('reviewer', { name: 'Mary Jackson' }))
})

/** Fills in the form, looks at the preview, and proposes it. */
async function propose(fields: Record<string, string>) {
  const form = await page('/staff/acts/new', reviewer)
  const filled = { ...hiddenFields(form.text), on: today, reason: 'A decree', ...fields }
  const preview = await posted('/staff/acts/new', filled, reviewer)
  const sent = { ...hiddenFields(preview.text), propose: '1' }
  const done = await posted('/staff/acts/new', sent, reviewer)
  return { preview, sent, done, path: done.location ?? '' }
}

test('what one proposes, another confirms, and it is done to all of them at once', async () => {
  const [ada, eve] = [await givenSpecialist(), await givenSpecialist()]
  const [first, other] = [await awardOf(ada), await awardOf(eve)]
  const junos = await awardOf(ada, 'JNCIA-Junos')
  const lines = [first.number, 'nobody', other.verificationCode, first.number, junos.number].join('\n')

  const { preview, path } = await propose({ kind: 'extend', toExpiresOn: later, lines })
  expect(preview.text).toContain('Extend 3 certifications')
  expect(preview.text).toContain('2 lines are left out')
  expect(preview.text).toContain('The same as line 1')
  expect(await awardOf(ada)).toMatchObject({ expiresOn })

  const own = await page(path, reviewer)
  expect(own.text).toContain('somebody else has to confirm it')
  expect(hiddenFields(own.text)).toEqual({})
  const shown = await page(path, second)
  const confirmed = await posted(path, hiddenFields(shown.text), second)
  expect(confirmed).toMatchObject({ status: 303, location: path })

  for (const award of [await awardOf(ada), await awardOf(eve), await awardOf(ada, 'JNCIA-Junos')])
    expect(award).toMatchObject({ expiresOn: later })
  expect(await db.$count(awardActs)).toBe(3)
  expect(await db.$count(mailOutbox, eq(mailOutbox.template, 'award_act'))).toBe(3)
  const actions = (await db.select().from(auditLog).orderBy(asc(auditLog.seq))).map(({ action }) => action)
  const looks = actions.filter((one) => one === 'acts.viewed')
  expect(looks).toHaveLength(3)
  expect(actions.filter((one) => /^acts\.(?!viewed)|^award\./.test(one))).toEqual([
    'acts.proposed',
    'award.extended',
    'award.extended',
    'award.extended',
    'acts.confirmed',
  ])
  expect((await page(path, reviewer)).text).toContain('Mary Jackson')
  expect((await page(`${path}/certifications.csv`, reviewer)).text).toContain(`${first.number},${ada.id}`)
  expect((await page('/staff/acts', reviewer)).text).toContain('Extend 3 certifications')
})

test('nobody confirms what they proposed, not even past the page', async () => {
  const ada = await givenSpecialist()
  const { path } = await propose({ kind: 'revoke', lines: (await awardOf(ada)).number })
  const digest = hiddenFields((await page(path, second)).text)

  await posted(path, digest, reviewer)

  expect(await db.$count(awardActs)).toBe(0)
  const [proposal] = await db.select().from(actProposals)
  const direct = env.DB.prepare(
    "UPDATE act_proposals SET state = 'confirmed', decided_by = ?, decided_at = 1",
  )
  await expect(direct.bind(proposal!.proposedBy).run()).rejects.toThrow(/CHECK/)
})

test('proposed twice and confirmed three times at once, it is done once', async () => {
  const ada = await givenSpecialist()
  const { sent, path } = await propose({ kind: 'suspend', lines: (await awardOf(ada)).number })
  expect((await posted('/staff/acts/new', sent, reviewer)).location).toBe(path)
  const digest = hiddenFields((await page(path, second)).text)

  await Promise.all([1, 2, 3].map(() => posted(path, digest, second)))

  expect(await db.$count(actProposals)).toBe(1)
  expect(await db.$count(awardActs)).toBe(1)
  expect(await db.$count(mailOutbox, eq(mailOutbox.template, 'award_act'))).toBe(1)
  expect(await db.$count(auditLog, eq(auditLog.action, 'acts.confirmed'))).toBe(1)
  expect(await db.$count(auditLog, eq(auditLog.action, 'award.suspended'))).toBe(1)
})

test('who confirms what is not so any more sees it anew, with what falls out', async () => {
  const [ada, eve] = [await givenSpecialist(), await givenSpecialist()]
  const lines = [(await awardOf(ada)).number, (await awardOf(eve)).number].join('\n')
  const { path } = await propose({ kind: 'extend', toExpiresOn: later, lines })
  const digest = hiddenFields((await page(path, second)).text)
  await act((await awardOf(ada)).id, 'revoke', {}, reviewer)

  const stale = await posted(path, digest, second)
  expect(stale.status).toBe(200)
  expect(stale.text).toContain('Something has changed since you looked')
  expect(stale.text).toContain('As it stands, this cannot be done to it')
  expect(await awardOf(eve)).toMatchObject({ expiresOn })

  await posted(path, hiddenFields(stale.text), second)
  expect(await awardOf(eve)).toMatchObject({ expiresOn: later })
  expect(await awardOf(ada)).toMatchObject({ expiresOn, revokedOn: today })
})

test('who confirms by other rules than they looked by sees it anew', async () => {
  const ada = await givenSpecialist()
  const { path } = await propose({ kind: 'extend', toExpiresOn: later, lines: (await awardOf(ada)).number })
  const digest = hiddenFields((await page(path, second)).text)
  await givenProgram(({ renewal }) => {
    const decreed = { id: 'X1', name: 'A decree', on: addDays(today, -1), months: 3 }
    Object.assign(renewal, { extensions: [{ ...decreed, expiresFrom: today, expiresUntil: expiresOn }] })
  })

  const stale = await posted(path, digest, second)
  expect(stale.text).toContain('Something has changed since you looked')
  expect(await db.$count(awardActs)).toBe(0)
  expect((await posted(path, hiddenFields(stale.text), second)).status).toBe(303)
})

test('the mail about an award tells what changes with it', async () => {
  const ada = await givenSpecialist()
  const junos = await awardOf(ada, 'JNCIA-Junos')
  const { path } = await propose({ kind: 'revoke', on: passedOn, lines: junos.number })

  await posted(path, hiddenFields((await page(path, second)).text), second)

  const mails = await db.select().from(mailOutbox).where(eq(mailOutbox.template, 'award_act'))
  expect(mails).toMatchObject([
    { payload: { number: junos.number, besides: [{ certification: 'JNCIS-ENT', standing: 'suspended' }] } },
  ])
})

test('a proposal is looked at in two round trips, open or decided', async () => {
  const ada = await givenSpecialist()
  const { path } = await propose({ kind: 'suspend', lines: (await awardOf(ada)).number })
  const look = async () => {
    const { d1, cost } = countedDatabase(env.DB)
    expect((await send(path, { headers: second }, { DB: d1 })).status).toBe(200)
    return cost.roundTrips
  }

  // The third one notes the look, behind the answer.
  expect(await look()).toBe(3)
  await posted(path, hiddenFields((await page(path, second)).text), second)
  expect(await look()).toBe(3)
})

test('the reason of a proposal goes with the account of one whom it named, once it is decided', async () => {
  const [ada, eve] = [await givenSpecialist(), await givenSpecialist()]
  const lines = [(await awardOf(ada)).number, (await awardOf(eve)).number].join('\n')
  const reason = `As ${ada.id} asked`
  const { path } = await propose({ kind: 'suspend', lines, reason })
  await db.update(candidates).set({ erasedAt: new Date() }).where(eq(candidates.id, ada.id))

  await posted(path, hiddenFields((await page(path, second)).text), second)

  expect(await db.select({ reason: actProposals.reason }).from(actProposals)).toEqual([{ reason: '-' }])
  const acts = await db
    .select({ candidateId: awardActs.candidateId, reason: awardActs.reason })
    .from(awardActs)
    .orderBy(asc(awardActs.id))
  expect(acts).toEqual([
    { candidateId: ada.id, reason: '-' },
    { candidateId: eve.id, reason },
  ])
})

test('a proposal that was dropped is none any more', async () => {
  const ada = await givenSpecialist()
  const { path } = await propose({ kind: 'revoke', lines: (await awardOf(ada)).number })
  const digest = hiddenFields((await page(path, second)).text)

  await post(`${path}/drop`, {}, { headers: reviewer })
  await posted(path, digest, second)

  expect(await db.$count(awardActs)).toBe(0)
  expect((await page(path, second)).text).toContain('Dropped, nothing was done')
  expect(await db.$count(auditLog, eq(auditLog.action, 'acts.dropped'))).toBe(1)
})

test.each([
  [{ kind: '' }, 'Choose what is done to them'],
  [{ kind: 'extend' }, 'Enter a date'],
  [{ kind: 'extend', toExpiresOn: '2027-02-30' }, 'Enter a date that exists'],
  [{ kind: 'extend', toExpiresOn: '9999-12-31' }, 'Enter a date of the years 1900 to 2200'],
  [{ kind: 'revoke', lines: ' \n' }, 'Paste at least one number or code'],
  [{ kind: 'revoke', lines: 'x\n'.repeat(501) }, 'At most 500 at once'],
  [{ kind: 'revoke', reason: '' }, 'Give a reason'],
])('%o is refused: %s', async (fields, message) => {
  const { preview } = await propose({ lines: 'x', ...fields })
  expect(preview.status).toBe(422)
  expect(preview.text).toContain(message)
})

test('a form that says nothing at all is refused like an empty one', async () => {
  const refused = await posted('/staff/acts/new', {}, reviewer)
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('Choose what is done to them')
})

test('five hundred are looked at and done in a bounded number of round trips', async () => {
  await givenManyPasses(500)
  for (const _ of [1, 2, 3]) await keepAwards(db, today, new Date())
  const lines = (await db.select().from(awards)).map(({ number }) => number).join('\n')
  const { path } = await propose({ kind: 'suspend', lines, reason: 'ж'.repeat(2000) })
  const digest = hiddenFields((await page(path, second)).text)

  const { d1, cost } = countedDatabase(env.DB)
  const done = await post(path, digest, { headers: second }, { DB: d1 })

  expect(done.status).toBe(303)
  expect(cost.roundTrips).toBeLessThanOrEqual(16)
  expect(await db.$count(awardActs)).toBe(500)
  expect(await db.$count(awards, eq(awards.suspendedOn, today))).toBe(500)
}, 60_000)
