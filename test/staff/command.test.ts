import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { hasOwner, inviteStaff, listStaff, removeStaff } from '../../scripts/staff-command.ts'
import { localStaff, type StaffDatabase, writtenOut } from '../../scripts/staff-statements.ts'
import * as schema from '../../src/schema.ts'
import { db, givenProgram } from '../support/builders.ts'
import { givenStaff, send, signedInStaff } from '../support/requests.ts'
import { auditActions, givenAppAccount } from './given-account.ts'

const NOW = new Date()
const OWNER = { email: 'Grace@Program.example', name: "Grace O'Hopper?", role: 'owner' }
const GRACE = { ...OWNER, name: "Grace O'Hopper" }
const asked = { origin: 'https://our.example', anew: false, now: NOW }

/** As wrangler runs them on a deployed database: with their values written out. */
const written: StaffDatabase = {
  read: async (statement) => (await env.DB.prepare(writtenOut(statement)).all()).results as never,
  write: async (statements) => {
    await env.DB.batch(statements.map((statement) => env.DB.prepare(writtenOut(statement))))
  },
}

beforeEach(async () => {
  await givenProgram()
})

test.each([
  ['here', () => localStaff(env)],
  ['deployed', () => written],
])(
  'on the database %s the first owner is invited by a link that works, and nobody is mailed',
  async (_, open) => {
    const link = await inviteStaff(open(), GRACE, asked)

    const page = await send(new URL(link).pathname)

    expect(link).toMatch(/^https:\/\/our\.example\/staff\/invitations\/[\w-]{43}$/)
    expect(await page.text()).toContain('you are invited as Owner')
    expect(await listStaff(open())).toEqual(["1\towner\tinvited\tgrace@program.example\tGrace O'Hopper"])
    expect(await db.select().from(schema.mailOutbox)).toEqual([])
    expect(await auditActions()).toEqual(['system staff.invited'])
  },
)

test('a second invitation ends the link of the first', async () => {
  const first = await inviteStaff(written, GRACE, asked)
  const second = await inviteStaff(written, GRACE, asked)

  expect((await send(new URL(first).pathname)).status).toBe(404)
  expect((await send(new URL(second).pathname)).status).toBe(200)
})

test('who has joined is left alone, unless asked to begin anew', async () => {
  const grace = await givenAppAccount('owner')
  const headers = await signedInStaff(grace)
  const person = { email: grace.email, name: 'Grace Hopper', role: 'owner' }

  await expect(inviteStaff(written, person, asked)).rejects.toThrow('has joined already')
  expect((await send('/staff', { headers })).status).toBe(200)
  const link = await inviteStaff(written, person, { ...asked, anew: true })

  expect((await send('/staff', { headers })).status).toBe(303)
  expect((await send(new URL(link).pathname)).status).toBe(200)
  expect(await db.select().from(schema.totpSecrets)).toEqual([])
  expect(await hasOwner(written)).toBe(false)
})

test('removing ends sessions and ways in, and the last owner stays', async () => {
  const owner = await givenStaff('owner')
  const mary = await givenAppAccount('support')
  const headers = await signedInStaff(mary)

  await removeStaff(written, mary.email, NOW)

  expect((await send('/staff', { headers })).status).toBe(303)
  expect(await db.select().from(schema.recoveryCodes)).toEqual([])
  for (const staff of [written, localStaff(env)])
    await expect(removeStaff(staff, owner.email, NOW)).rejects.toThrow('is the last owner')
  await expect(removeStaff(written, 'nobody@program.example', NOW)).rejects.toThrow('not on the list')
  const [row] = await db.select().from(schema.staff).where(eq(schema.staff.id, owner.id))
  expect(row!.removedAt).toBeNull()
})

test.each([
  ['an address that is none', { ...GRACE, email: 'grace' }],
  ['no name', { ...GRACE, name: '' }],
  ['signs in the name', OWNER],
  ['a role that is none', { ...GRACE, role: 'admin' }],
])('%s is refused', async (_, person) => {
  await expect(inviteStaff(written, person, asked)).rejects.toThrow('needs an e-mail address')
})
