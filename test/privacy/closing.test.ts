import { beforeEach, expect, test } from 'vitest'
import * as schema from '../../src/schema.ts'
import { db, givenCandidate, givenProgram, LONG_AGO } from '../support/builders.ts'
import { post, send, signedIn } from '../support/requests.ts'

const CLOSING = '/profile/privacy/closing'
const FORTNIGHT = 14 * 24 * 3_600_000

beforeEach(async () => {
  await givenProgram()
})

async function givenAda() {
  const ada = await givenCandidate()
  await db.insert(schema.candidateEmails).values([
    {
      candidateId: ada.id,
      normalized: 'two@a.example',
      address: 'two@a.example',
      isPrimary: false,
      verifiedAt: LONG_AGO,
    },
    {
      candidateId: ada.id,
      normalized: 'no@a.example',
      address: 'no@a.example',
      isPrimary: false,
      verifiedAt: null,
    },
  ])
  return { ada, headers: await signedIn(ada) }
}

const closesAt = async (id: string) =>
  (await db.select().from(schema.candidates)).find((row) => row.id === id)!.closesAt

const noticesOf = async () =>
  (await db.select().from(schema.mailOutbox)).filter(({ template }) => template === 'closing_notice')

test('closing begins after a typed ID, tells every address that may sign in, and shows on every page', async () => {
  const { ada, headers } = await givenAda()
  const form = { verification: 'ends', confirm: ` ${ada.id.toLowerCase()} ` }

  expect((await post(CLOSING, form, { headers })).status).toBe(303)
  expect((await post(CLOSING, form, { headers })).status).toBe(303)

  const at = await closesAt(ada.id)
  expect(Math.abs(at!.getTime() - Date.now() - FORTNIGHT)).toBeLessThan(60_000)
  expect((await noticesOf()).map(({ recipient }) => recipient).toSorted()).toEqual(
    [ada.email, 'two@a.example'].toSorted(),
  )
  for (const path of ['/profile', '/exams', '/transcripts', '/profile/privacy'])
    expect(await (await send(path, { headers })).text()).toContain('Keep my account')
  const log = await db.select().from(schema.auditLog)
  expect(log.filter(({ action }) => action === 'account.closing')).toHaveLength(1)
})

test.each([
  [{ verification: 'ends', confirm: 'JPR99999999' }, 'That is not your candidate ID.'],
  [{ verification: 'ends' }, 'That is not your candidate ID.'],
  [{ confirm: 'JPR99999999' }, 'Choose what becomes of your certificates.'],
  [{ verification: 'both', confirm: 'x' }, 'Choose what becomes of your certificates.'],
])('a form that says %j is refused', async (form, message) => {
  const { ada, headers } = await givenAda()

  const response = await post(CLOSING, form as Record<string, string>, { headers })

  expect(response.status).toBe(422)
  expect(await response.text()).toContain(message)
  expect(await closesAt(ada.id)).toBeNull()
})

test('a stale session changes nothing', async () => {
  const { ada } = await givenAda()
  const headers = await signedIn(ada, new Date(Date.now() - 11 * 60_000))

  const response = await post(CLOSING, { verification: 'ends', confirm: ada.id }, { headers })

  expect(response.headers.get('location')).toContain('/sign-in/again')
  expect(await closesAt(ada.id)).toBeNull()
})

test('one press keeps the account, without proving again who it is, and is told of once', async () => {
  const { ada, headers } = await givenAda()
  await post(CLOSING, { verification: 'keeps', confirm: ada.id }, { headers })

  const stale = await signedIn(ada, new Date(Date.now() - 11 * 60_000))
  const kept = await post(`${CLOSING}/stop`, {}, { headers: stale })
  await post(`${CLOSING}/stop`, {}, { headers: stale })

  expect(kept.headers.get('location')).toBe('/profile/privacy?kept')
  expect(await closesAt(ada.id)).toBeNull()
  const page = await (await send('/profile/privacy?kept', { headers })).text()
  expect(page).toContain('Your account stays open.')
  expect(page).not.toContain('Keep my account')
  const log = await db.select().from(schema.auditLog)
  expect(log.filter(({ action }) => action === 'account.closing-stopped')).toHaveLength(1)
})

test('an account whose time is up is not kept any more', async () => {
  const { ada, headers } = await givenAda()
  await db.update(schema.candidates).set({ closesAt: LONG_AGO })

  await post(`${CLOSING}/stop`, {}, { headers })

  expect(await closesAt(ada.id)).toEqual(LONG_AGO)
})
