import { eq } from 'drizzle-orm'
import { createLocalJWKSet, exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import * as schema from '../../src/schema.ts'
import { accessSettingsOf, verifyAccessToken } from '../../src/staff/access-token.ts'
import { db, givenProgram } from '../support/builders.ts'
import { givenStaff, post, send, signedInStaff } from '../support/requests.ts'
import { auditActions } from './given-account.ts'

const TEAM = 'team.cloudflareaccess.com'
const AUDIENCE = '32eafc7626e974616deaf0dc3ce63d7bcbed58a2731e84d06bc3cdf1b53c4228'
const ACCESS = { ACCESS_TEAM_DOMAIN: TEAM, ACCESS_AUD: AUDIENCE } as unknown as Partial<Env>
const SETTINGS = { team: TEAM, audience: AUDIENCE }

let pair: CryptoKeyPair
let stranger: CryptoKeyPair
let jwks: { keys: object[] }

beforeAll(async () => {
  pair = (await generateKeyPair('RS256', { extractable: true })) as CryptoKeyPair
  stranger = (await generateKeyPair('RS256')) as CryptoKeyPair
  jwks = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }] }
})

beforeEach(async () => {
  await givenProgram()
  vi.stubGlobal('fetch', async (url: string | URL) => {
    expect(String(url)).toBe(`https://${TEAM}/cdn-cgi/access/certs`)
    return Response.json(jwks)
  })
})

afterEach(() => {
  vi.unstubAllGlobals()
})

type Claims = Record<string, unknown>

function claimsOf(email: string, given: Claims = {}): Claims {
  const now = Math.floor(Date.now() / 1000)
  return {
    iss: `https://${TEAM}`,
    aud: [AUDIENCE],
    email,
    type: 'app',
    iat: now,
    nbf: now,
    exp: now + 3600,
    sub: '7335d417-61da-459d-899c-0a01c76a2f94',
    ...given,
  }
}

const signed = (claims: Claims, key = pair.privateKey) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'k1', typ: 'JWT' }).sign(key)

const withToken = (token: string) => ({ headers: { 'cf-access-jwt-assertion': token } })

test('staff whom Access names are signed in, whatever the case of the address', async () => {
  const grace = await givenStaff('auditor')
  const token = await signed(claimsOf(grace.email.toUpperCase()))

  const page = await send('/staff/people', withToken(token), ACCESS)

  expect(page.status).toBe(200)
  expect(page.headers.getSetCookie()).toEqual([])
  expect(await db.select().from(schema.staffSessions)).toEqual([])
})

test('whoever is invited joins when Access first lets them in', async () => {
  const grace = await givenStaff('support', { joinedAt: null })
  const token = await signed(claimsOf(grace.email))

  await send('/staff', withToken(token), ACCESS)
  await send('/staff', withToken(token), ACCESS)

  const [row] = await db.select().from(schema.staff).where(eq(schema.staff.id, grace.id))
  expect(row!.joinedAt).not.toBeNull()
  expect(await auditActions()).toEqual([`staff:${grace.id} staff.joined`])
})

test('a token that is not quite right is refused like none at all', async () => {
  const { email } = await givenStaff('owner')
  const gone = await givenStaff('support', { removedAt: new Date() })
  const now = Math.floor(Date.now() / 1000)
  const publicPem = new TextEncoder().encode(await exportSPKI(pair.publicKey))
  const whole = await signed(claimsOf(email))
  const tokens = {
    'another audience': await signed(claimsOf(email, { aud: ['another'] })),
    'no audience': await signed(claimsOf(email, { aud: undefined })),
    'another issuer': await signed(claimsOf(email, { iss: 'https://evil.cloudflareaccess.com' })),
    expired: await signed(claimsOf(email, { exp: now - 1 })),
    'without end': await signed(claimsOf(email, { exp: undefined })),
    'not yet valid': await signed(claimsOf(email, { nbf: now + 600 })),
    'for a service': await signed(claimsOf('', { email: undefined, common_name: 'bot' })),
    'of the organisation': await signed(claimsOf(email, { type: 'org' })),
    "with a stranger's key": await signed(claimsOf(email), stranger.privateKey),
    'signed with nothing': new UnsecuredJWT(claimsOf(email)).encode(),
    'HS256 with the public key': await new SignJWT(claimsOf(email))
      .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
      .sign(publicPem),
    'with another body': whole.replace(
      /\.[^.]+\./,
      (await signed(claimsOf('x@y.example'))).match(/\.[^.]+\./)![0],
    ),
    'no token': 'nonsense',
    'an unknown address': await signed(claimsOf('nobody@program.example')),
    'somebody removed': await signed(claimsOf(gone.email)),
  }
  const none = await send('/staff', {}, ACCESS)

  for (const [what, token] of Object.entries(tokens)) {
    const answer = await send('/staff', withToken(token), ACCESS)
    expect([what, answer.status, answer.headers.get('location')]).toEqual([
      what,
      none.status,
      none.headers.get('location'),
    ])
  }
  expect(none.headers.get('location')).toBe('/staff/sign-in?return_to=%2Fstaff')
  expect((await send('/staff', withToken(whole), ACCESS)).status).toBe(200)
})

test('the header is only text where Access is not configured', async () => {
  const { email } = await givenStaff('owner')

  const answer = await send('/staff', withToken(await signed(claimsOf(email))))

  expect(answer.status).toBe(303)
})

test('where Access signs staff in, our own sessions and forms open nothing', async () => {
  const headers = await signedInStaff('owner')

  const page = await send('/staff', { headers }, ACCESS)
  const signIn = await send('/staff/sign-in', {}, ACCESS)
  const posted = await post('/staff/sign-in', { email: 'a@b.example', password: 'x' }, {}, ACCESS)
  const passkey = await post('/staff/sign-in/passkey/challenge', {}, {}, ACCESS)
  const code = await send('/staff/sign-in/code', {}, ACCESS)

  expect(page.status).toBe(303)
  expect(await signIn.text()).toContain('Cloudflare Access')
  expect(posted.headers.get('location')).toBe('/staff/sign-in')
  expect(passkey.status).toBe(404)
  expect(code.status).toBe(303)
})

test('there is nothing of their own to change for staff whom Access signs in', async () => {
  const { email } = await givenStaff('owner')
  const init = withToken(await signed(claimsOf(email)))

  expect(await (await send('/staff/security', init, ACCESS)).text()).toContain(
    'Cloudflare Access signs you in',
  )
  expect((await send('/staff/security/app', init, ACCESS)).headers.get('location')).toBe('/staff/security')
})

test("a token's age counts as that of the proof", async () => {
  const { email } = await givenStaff('owner')
  const old = Math.floor(Date.now() / 1000) - 11 * 60
  const init = withToken(await signed(claimsOf(email, { iat: old, nbf: old })))

  const sensitive = await send('/staff/people/new', init, ACCESS)
  const explained = await send('/staff/sign-in/again', init, ACCESS)

  expect(sensitive.headers.get('location')).toMatch(/^\/staff\/sign-in\/again/)
  expect(await explained.text()).toContain('/cdn-cgi/access/logout')
})

test('the clock that counts is the one of the request', async () => {
  const keys = createLocalJWKSet(jwks as never)
  const at = (iso: string) => Math.floor(Date.parse(iso) / 1000)
  const lifetime = {
    iat: at('2026-11-23T10:00:00Z'),
    nbf: at('2026-11-23T10:00:00Z'),
    exp: at('2026-11-23T11:00:00Z'),
  }
  const token = await signed(claimsOf('grace@program.example', lifetime))

  const within = await verifyAccessToken(token, SETTINGS, keys, new Date('2026-11-23T10:30:00Z'))
  const after = await verifyAccessToken(token, SETTINGS, keys, new Date('2026-11-23T11:00:01Z'))

  expect(within).toEqual({ email: 'grace@program.example', issuedAt: new Date('2026-11-23T10:00:00Z') })
  expect(after).toBeNull()
})

test('half a setting opens nothing', () => {
  expect(accessSettingsOf({ ACCESS_TEAM_DOMAIN: '', ACCESS_AUD: '' })).toBeNull()
  expect(() => accessSettingsOf({ ACCESS_TEAM_DOMAIN: TEAM, ACCESS_AUD: '' })).toThrow('belong together')
  expect(() => accessSettingsOf({ ACCESS_TEAM_DOMAIN: '', ACCESS_AUD: AUDIENCE })).toThrow('belong together')
  expect(() =>
    accessSettingsOf({ ACCESS_TEAM_DOMAIN: 'https://team.example/', ACCESS_AUD: AUDIENCE }),
  ).toThrow('a host name')
})
