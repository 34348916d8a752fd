import { env } from 'cloudflare:workers'
import { and, eq, isNull } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import * as schema from '../../src/schema.ts'
import { changeRole, removePerson } from '../../src/staff/people-queries.ts'
import { recordingQueue } from '../mail/given-mail.ts'
import { db, givenProgram } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { givenStaff, post, send, signedInStaff } from '../support/requests.ts'
import { auditActions, givenAppAccount } from './given-account.ts'

beforeEach(async () => {
  await givenProgram()
})

const NOW = new Date('2026-11-23T10:00:00Z')

const personOf = async (id: number) =>
  (await db.select().from(schema.staff).where(eq(schema.staff.id, id)))[0]!

const workingOwners = () =>
  db
    .select()
    .from(schema.staff)
    .where(and(eq(schema.staff.role, 'owner'), isNull(schema.staff.removedAt)))

test('the list shows role, state and ways in, in two round trips', async () => {
  await givenAppAccount('reviewer')
  await givenStaff('support', { joinedAt: null, name: 'Dorothy Vaughan' })
  const headers = await signedInStaff('auditor')
  const { d1, cost } = countedDatabase(env.DB)

  const html = await (await send('/staff/people', { headers }, { DB: d1 })).text()

  expect(html).toContain('password with authenticator app')
  expect(html).toContain('Dorothy Vaughan')
  expect(html).toContain('Invited')
  expect(html).not.toContain('Invite a colleague')
  expect(cost.roundTrips).toBe(2)
})

test('a changed role holds from the next request on', async () => {
  const owner = await signedInStaff('owner')
  const mary = await givenStaff('auditor')
  const headers = await signedInStaff(mary)
  expect((await send('/staff/people', { headers })).status).toBe(200)

  const changed = await post(`/staff/people/${mary.id}`, { role: 'support' }, { headers: owner })

  expect(changed.headers.get('location')).toBe(`/staff/people/${mary.id}?role-changed`)
  expect((await send('/staff/people', { headers })).status).toBe(404)
  expect((await auditActions()).at(-1)).toMatch(/staff.role-changed$/)
})

test('removing ends sessions at once and takes every way in', async () => {
  const owner = await signedInStaff('owner')
  const mary = await givenAppAccount('support')
  const headers = await signedInStaff(mary)

  const removed = await post(`/staff/people/${mary.id}/removal`, {}, { headers: owner })

  expect(removed.headers.get('location')).toBe('/staff/people?removed')
  expect((await send('/staff', { headers })).status).toBe(303)
  expect(await personOf(mary.id)).toMatchObject({ name: mary.name, password: null })
  expect(await db.select().from(schema.totpSecrets)).toEqual([])
  expect(await db.select().from(schema.recoveryCodes)).toEqual([])
  expect((await auditActions()).at(-1)).toMatch(/staff.removed$/)
})

test('a session of somebody removed is dead even where its row was left', async () => {
  const mary = await givenStaff('support')
  const headers = await signedInStaff(mary)
  await db.update(schema.staff).set({ removedAt: NOW }).where(eq(schema.staff.id, mary.id))

  expect((await send('/staff', { headers })).status).toBe(303)
})

test('nobody changes their own role or removes themselves', async () => {
  await givenStaff('owner')
  const grace = await givenStaff('owner')
  const headers = await signedInStaff(grace)

  expect((await post(`/staff/people/${grace.id}`, { role: 'support' }, { headers })).status).toBe(404)
  expect((await post(`/staff/people/${grace.id}/removal`, {}, { headers })).status).toBe(404)
  expect(await personOf(grace.id)).toMatchObject({ role: 'owner', removedAt: null })
  expect(await changeRole(db, grace.id, { staffId: grace.id, role: 'support' }, NOW)).toBe('unchanged')
  expect(await removePerson(db, grace.id, grace.id, NOW)).toBe('unchanged')
})

test('the last owner who has joined stays an owner, also for one who was only invited', async () => {
  const grace = await givenStaff('owner')
  const invited = await givenStaff('owner', { joinedAt: null })

  expect(await changeRole(db, invited.id, { staffId: grace.id, role: 'support' }, NOW)).toBe('last-owner')
  expect(await removePerson(db, invited.id, grace.id, NOW)).toBe('last-owner')
  expect(await personOf(grace.id)).toMatchObject({ role: 'owner', removedAt: null })
})

test('the page says why the last owner stays', async () => {
  const grace = await givenStaff('owner')
  const other = await givenStaff('owner', { joinedAt: null })
  const headers = await signedInStaff(other)

  const demoted = await post(`/staff/people/${grace.id}`, { role: 'support' }, { headers })
  const removed = await post(`/staff/people/${grace.id}/removal`, {}, { headers })

  expect([demoted.status, removed.status]).toEqual([422, 422])
  expect(await demoted.text()).toContain('This is the last owner')
  expect(await removed.text()).toContain('This is the last owner')
})

test.each(['remove', 'demote'])('of two owners who %s each other at once one stays', async (what) => {
  const [ada, bea] = [await givenStaff('owner'), await givenStaff('owner')]
  const change = (actor: { id: number }, other: { id: number }) =>
    what === 'remove'
      ? removePerson(db, actor.id, other.id, NOW)
      : changeRole(db, actor.id, { staffId: other.id, role: 'support' }, NOW)

  const outcomes = await Promise.all([change(ada, bea), change(bea, ada)])

  expect(outcomes.toSorted()).toEqual(['done', 'unchanged'])
  expect(await workingOwners()).toHaveLength(1)
})

test.each([
  ['no name', { name: '' }],
  ['a name that hides', { name: 'Mary\u202EJackson' }],
  ['a name of two scripts', { name: 'M\u0430ry' }],
  ['no address', { email: 'mary' }],
  ['no role', { role: '' }],
  ['a role that is none', { role: 'admin' }],
])('an invitation with %s is refused, and what was typed stays', async (_, wrong) => {
  const fields = { name: 'Mary Jackson', email: 'mary@program.example', role: 'reviewer', ...wrong }

  const refused = await post('/staff/people/new', fields, { headers: await signedInStaff('owner') })

  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('There is a problem')
  expect(await db.select().from(schema.mailOutbox)).toEqual([])
})

test('an address that is on the list already is refused', async () => {
  const mary = await givenStaff('support')
  const fields = { name: 'Mary Jackson', email: mary.email.toUpperCase(), role: 'reviewer' }

  const refused = await post('/staff/people/new', fields, { headers: await signedInStaff('owner') })

  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('is invited or has joined already')
})

test('somebody who was removed comes back under the row that they had', async () => {
  const mary = await givenStaff('support', { removedAt: NOW })
  const fields = { name: 'Mary Winston Jackson', email: mary.email, role: 'reviewer' }

  const headers = await signedInStaff('owner')
  const invited = await post('/staff/people/new', fields, { headers }, recordingQueue().bindings)

  expect(invited.headers.get('location')).toBe(`/staff/people/${mary.id}?invited`)
  expect(await personOf(mary.id)).toMatchObject({
    name: 'Mary Winston Jackson',
    role: 'reviewer',
    joinedAt: null,
    removedAt: null,
  })
})

test('who has joined is not invited again', async () => {
  const mary = await givenAppAccount('support')

  await post(`/staff/people/${mary.id}/invitation`, {}, { headers: await signedInStaff('owner') })

  expect(await personOf(mary.id)).toMatchObject({ password: mary.password, joinedAt: mary.joinedAt })
  expect(await db.select().from(schema.mailOutbox)).toEqual([])
})

test.each(['/staff/people/new', '/staff/people/1', '/staff/people/1/removal', '/staff/people/1/invitation'])(
  'posting to %s asks a session that is not fresh to prove itself',
  async (path) => {
    const headers = await signedInStaff('owner', new Date(Date.now() - 11 * 60_000))

    const asked = await post(path, { role: 'support' }, { headers })

    expect(asked.headers.get('location')).toBe(`/staff/sign-in/again?return_to=${encodeURIComponent(path)}`)
  },
)
