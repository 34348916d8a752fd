import { env } from 'cloudflare:workers'
import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server'
import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import * as schema from '../../src/schema.ts'
import { givenAccount } from '../sign-in/given.ts'
import { db, givenCandidate, givenProgram } from '../support/builders.ts'
import { ORIGIN, post, send, signedIn } from '../support/requests.ts'
import { createVirtualAuthenticator } from '../support/virtual-authenticator.ts'
import { actionsOf, entriesOf, givenPasskey, noticesOf } from './given.ts'

const PATH = '/profile/security/passkeys'

let authenticator: ReturnType<typeof createVirtualAuthenticator>
beforeEach(async () => {
  await givenProgram()
  authenticator = createVirtualAuthenticator({ origin: ORIGIN, rpId: 'localhost' })
})

type Headers = { cookie: string }

async function options(headers: Headers): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const response = await post(`${PATH}/challenge`, {}, { headers })
  expect(response.status).toBe(200)
  return response.json()
}

async function answer(headers: Headers) {
  return JSON.stringify(await authenticator.create(await options(headers)))
}

function add(headers: Headers, passkey: string, name = 'Work laptop') {
  return post(PATH, { passkey, name }, { headers })
}

function kept({ id }: { id: string }) {
  return db.select().from(schema.passkeys).where(eq(schema.passkeys.candidateId, id))
}

describe('Add a passkey', () => {
  test('keeps it and tells of it', async () => {
    const ada = await givenAccount()
    const headers = await signedIn(ada)

    const response = await add(headers, await answer(headers))

    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe('/profile/security?done=passkey-added')
    const [credential] = authenticator.credentials
    expect(await kept(ada)).toMatchObject([
      {
        credentialId: credential!.id,
        userHandle: credential!.userHandle,
        name: 'Work laptop',
        backedUp: true,
        counter: 0,
        transports: ['internal'],
        lastUsedAt: null,
      },
    ])
    expect(await entriesOf(ada)).toMatchObject([
      { action: 'passkey.added', actor: 'candidate', details: { synced: true } },
    ])
    expect(await noticesOf(ada)).toEqual(['passkey.added'])
    expect(await (await send('/profile/security', { headers })).text()).toContain('Work laptop')
  })

  test('has one user handle for all passkeys of a candidate, which does not tell the candidate', async () => {
    const ada = await givenAccount()
    const headers = await signedIn(ada)
    await add(headers, await answer(headers))
    const other = createVirtualAuthenticator({ origin: ORIGIN, rpId: 'localhost' })
    const second = await options(headers)
    await add(headers, JSON.stringify(await other.create(second)), 'Phone')

    const handles = (await kept(ada)).map(({ userHandle }) => userHandle)
    expect(handles).toHaveLength(2)
    expect(handles[0]).toBe(handles[1])
    expect(other.credentials[0]!.userHandle).toBe(handles[0])
    expect(handles[0]).toMatch(/^[A-Za-z0-9_-]{43}$/)
    const grace = await options(await signedIn(await givenAccount()))
    expect(grace.user.id).not.toBe(handles[0])
  })

  test('asks for a check of the user, and not for a device that has one', async () => {
    const ada = await givenAccount()
    const { credentialId } = await givenPasskey(ada)

    const asked = await options(await signedIn(ada))

    expect(asked.rp.id).toBe('localhost')
    expect(asked.authenticatorSelection).toMatchObject({
      residentKey: 'required',
      userVerification: 'required',
    })
    expect(asked.excludeCredentials).toMatchObject([{ id: credentialId }])
    expect(asked.user).toMatchObject({ name: ada.id, displayName: ada.fullName, id: 'aGFuZGxl' })
  })

  test.each([
    [
      'the browser',
      'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
      'Firefox, Linux',
    ],
    ['nothing', 'curl', 'Passkey'],
  ])('is named after %s where no name was typed', async (_, userAgent, name) => {
    const ada = await givenAccount()
    const headers = { ...(await signedIn(ada)), 'user-agent': userAgent }

    await add(headers, await answer(headers), '  ')

    expect(await kept(ada)).toMatchObject([{ name }])
  })

  test.each([
    ['too long', 'x'.repeat(61)],
    ['turned around', 'Work\u202Elaptop'],
  ])('refuses a name that is %s, and shows it again', async (_, name) => {
    const ada = await givenAccount()
    const headers = await signedIn(ada)

    const response = await add(headers, await answer(headers), name)

    expect(response.status).toBe(422)
    expect(await response.text()).toContain(name)
    expect(await kept(ada)).toEqual([])
  })

  test('takes an answer once', async () => {
    const ada = await givenAccount()
    const headers = await signedIn(ada)
    const passkey = await answer(headers)
    await add(headers, passkey)

    const again = await add(headers, passkey)

    expect(again.status).toBe(422)
    expect(await kept(ada)).toHaveLength(1)
    expect(await actionsOf(ada)).toEqual(['passkey.added'])
  })

  test('takes an answer of two sent at once only once', async () => {
    const ada = await givenAccount()
    const headers = await signedIn(ada)
    const passkey = await answer(headers)

    const answers = await Promise.all([add(headers, passkey), add(headers, passkey)])

    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 422])
    expect(await kept(ada)).toHaveLength(1)
  })

  test.each([
    ['another site', { origin: 'https://evil.example' }],
    ['another host', { rpId: 'evil.example' }],
    ['a device that checked nobody', { verifiesUser: false }],
  ])('refuses an answer of %s', async (_, lie) => {
    const ada = await givenAccount()
    const headers = await signedIn(ada)
    Object.assign(authenticator, lie)

    expect((await add(headers, await answer(headers))).status).toBe(422)
    expect(await kept(ada)).toEqual([])
  })

  test('refuses an answer to a challenge of its own making', async () => {
    const ada = await givenAccount()
    const headers = await signedIn(ada)
    const asked = { ...(await options(headers)), challenge: 'bm90IG91cnMgYnV0IGxvbmcgZW5vdWdo' }

    const response = await add(headers, JSON.stringify(await authenticator.create(asked)))

    expect(response.status).toBe(422)
    expect(await kept(ada)).toEqual([])
  })

  test("refuses an answer to another candidate's challenge", async () => {
    const ada = await givenAccount()
    const grace = await signedIn(await givenAccount())

    const response = await add(await signedIn(ada), await answer(grace))

    expect(response.status).toBe(422)
    expect(await kept(ada)).toEqual([])
  })

  test('refuses an answer to the challenge of a sign-in', async () => {
    const ada = await givenAccount()
    const headers = await signedIn(ada)
    const passkey = await answer(headers)
    await env.DB.exec("UPDATE passkey_challenges SET purpose = 'sign_in', candidate_id = NULL")

    expect((await add(headers, passkey)).status).toBe(422)
  })

  test('refuses an answer that comes after five minutes', async () => {
    const ada = await givenAccount()
    const headers = await signedIn(ada)
    const passkey = await answer(headers)
    await env.DB.exec('UPDATE passkey_challenges SET expires_at = expires_at - 300001')

    expect((await add(headers, passkey)).status).toBe(422)
    expect(await kept(ada)).toEqual([])
  })

  test('refuses a passkey that another candidate has', async () => {
    const ada = await givenAccount()
    const headers = await signedIn(ada)
    const passkey = await answer(headers)
    const grace = await givenAccount()
    await givenPasskey(grace, { credentialId: authenticator.credentials[0]!.id })

    expect((await add(headers, passkey)).status).toBe(422)
    expect(await kept(ada)).toEqual([])
    expect(await kept(grace)).toHaveLength(1)
    expect(await noticesOf(ada)).toEqual([])
  })

  test.each(['', 'null', '{}', '[]', 'x'.repeat(30_000), '{"id":"a","rawId":"a","type":"public-key"}'])(
    'refuses what is no answer of an authenticator: %.20s',
    async (passkey) => {
      const ada = await givenAccount()

      expect((await add(await signedIn(ada), passkey)).status).toBe(422)
    },
  )

  test('has room for twenty', async () => {
    const ada = await givenAccount()
    const headers = await signedIn(ada)
    for (let count = 0; count < 19; count++) await givenPasskey(ada)
    const twentieth = await answer(headers)
    const oneMore = JSON.stringify(
      await createVirtualAuthenticator({ origin: ORIGIN, rpId: 'localhost' }).create(await options(headers)),
    )

    expect((await add(headers, twentieth)).status).toBe(303)
    expect((await add(headers, oneMore)).status).toBe(422)
    expect(await kept(ada)).toHaveLength(20)
    const page = await (await send(PATH, { headers })).text()
    expect(page).toContain('You have 20 passkeys')
    expect(page).not.toContain('data-passkey=')
  })

  test('says why there is no form where there is no script', async () => {
    const page = await (await send(PATH, { headers: await signedIn(await givenAccount()) })).text()

    expect(page).toContain('needs JavaScript')
    expect(page).toMatch(/<form[^>]*data-passkey="create"[^>]* hidden/)
    expect(page).toContain('src="/passkeys.js"')
  })

  test('asks who signed in a while ago to do so again', async () => {
    const headers = await signedIn(await givenAccount(), new Date(Date.now() - 11 * 60_000))

    for (const response of [
      await send(PATH, { headers }),
      await post(PATH, {}, { headers }),
      await post(`${PATH}/challenge`, {}, { headers }),
    ])
      expect(response.headers.get('location')).toMatch(/^\/sign-in\/again\?return_to=/)
  })

  test('limits how many challenges are made', async () => {
    const limit = async () => ({ success: false })
    const headers = await signedIn(await givenAccount())

    const response = await post(`${PATH}/challenge`, {}, { headers }, {
      SIGN_IN_LIMITER: { limit },
    } as Partial<Env>)

    expect(response.status).toBe(429)
    expect(await db.select().from(schema.passkeyChallenges)).toEqual([])
  })
})

describe('Remove a passkey', () => {
  test('takes it away and tells of it', async () => {
    const ada = await givenAccount()
    const headers = await signedIn(ada)
    const { credentialId } = await givenPasskey(ada, { name: 'Old phone' })
    await givenPasskey(ada, { name: 'Laptop' })

    const page = await send(`${PATH}/${credentialId}/removal`, { headers })
    const response = await post(`${PATH}/${credentialId}/removal`, {}, { headers })

    expect(await page.text()).toContain('Old phone')
    expect(response.headers.get('location')).toBe('/profile/security?done=passkey-removed')
    expect(await kept(ada)).toMatchObject([{ name: 'Laptop' }])
    expect(await actionsOf(ada)).toEqual(['passkey.removed'])
    expect(await noticesOf(ada)).toEqual(['passkey.removed'])
  })

  test.each([
    ['the only way in', false, true],
    ['one way of two', true, false],
  ])('says whether it is %s', async (_, hasPassword, warns) => {
    const ada = hasPassword ? await givenAccount() : await givenCandidate()
    const { credentialId } = await givenPasskey(ada)

    const page = await send(`${PATH}/${credentialId}/removal`, { headers: await signedIn(ada) })

    expect((await page.text()).includes('your only passkey')).toBe(warns)
  })

  test("finds nobody else's, and nothing twice", async () => {
    const ada = await givenAccount()
    const { credentialId } = await givenPasskey(ada)
    const grace = await signedIn(await givenAccount())
    const path = `${PATH}/${credentialId}/removal`

    expect((await send(path, { headers: grace })).status).toBe(404)
    expect((await post(path, {}, { headers: grace })).status).toBe(404)
    expect(await kept(ada)).toHaveLength(1)

    const headers = await signedIn(ada)
    await post(path, {}, { headers })
    const again = await post(path, {}, { headers })
    expect(again.status).toBe(404)
    expect(await again.text()).toContain('no longer in your list')
    expect(await actionsOf(ada)).toEqual(['passkey.removed'])
  })
})
