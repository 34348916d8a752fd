import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readPasskeyAnswer } from '../../src/authenticators/passkeys.ts'
import { randomToken } from '../../src/core/tokens.ts'
import { readAccountName } from '../../src/sign-in/account-name.ts'
import { sessionHash } from '../../src/sign-in/session.ts'
import { givenProgram } from '../support/builders.ts'
import { ORIGIN, send } from '../support/requests.ts'
import { givenAccount, givenApp, PASSWORD } from './given.ts'

const SEED = { seed: 20261123 }

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.base64String({ maxLength: 80 }),
)

test('no name of an account is too strange to be read, and what is read can be looked up', () => {
  fc.assert(
    fc.property(anyText, fc.constantFrom('', '@', '@example.org'), (text, end) => {
      const name = readAccountName(text + end)
      const found = name === null ? '' : name.kind === 'email' ? name.normalized : name.id
      expect(found.isWellFormed()).toBe(true)
      expect(found).not.toMatch(/\p{Cc}/u)
      expect(found.length).toBeLessThanOrEqual(320)
    }),
    { ...SEED, numRuns: 2000 },
  )
})

/** What an authenticator sends, with anything in any of its places. */
const anyAnswer = fc
  .record(
    {
      id: fc.oneof(anyText, fc.constant('AAAA')),
      rawId: fc.oneof(anyText, fc.constant('AAAA')),
      type: fc.constantFrom('public-key', 'password', null),
      response: fc.oneof(
        fc.jsonValue(),
        fc.record(
          {
            clientDataJSON: fc.oneof(
              anyText,
              fc.jsonValue().map((value) => btoa(JSON.stringify(value).replace(/[^\x20-\x7E]/g, '?'))),
              fc.constant(btoa('{"challenge":"AAAA"}').replaceAll('=', '')),
            ),
            authenticatorData: anyText,
            signature: anyText,
          },
          { requiredKeys: [] },
        ),
      ),
      clientExtensionResults: fc.oneof(fc.constant({}), fc.jsonValue()),
    },
    { requiredKeys: [] },
  )
  .map((answer) => JSON.stringify(answer))

test('no answer of a passkey is too strange to be read', () => {
  let read = 0
  fc.assert(
    fc.property(fc.oneof(anyText, anyAnswer, fc.json()), (text) => {
      const answer = readPasskeyAnswer(text)
      if (answer === null) return
      read += 1
      expect(answer.challenge).toMatch(/^[\w-]+$/)
      expect(answer.credentialId).toMatch(/^[\w-]+$/)
    }),
    { ...SEED, numRuns: 3000 },
  )
  expect(readPasskeyAnswer(`"${'x'.repeat(30_000)}"`)).toBeNull()
  expect(read).toBeGreaterThan(0)
})

test('no session cookie is too strange to be looked at', async () => {
  const anyCookie = fc.oneof(
    anyText,
    fc.tuple(fc.constantFrom('1', '2', '', 'toString', '__proto__'), anyText).map((parts) => parts.join('.')),
    fc.constant(`1.${randomToken()}`),
  )
  await fc.assert(
    fc.asyncProperty(anyCookie, async (id) => {
      expect((await sessionHash(id, env.SESSION_KEY)) ?? '0'.repeat(64)).toMatch(/^[0-9a-f]{64}$/)
    }),
    { ...SEED, numRuns: 500 },
  )
})

const cookieText = anyText.map((text) => text.replace(/[^\x21-\x3A\x3C-\x7E]/g, '?'))

test('no cookie, code or passkey makes signing in fail in a way that nobody meant', async () => {
  await givenProgram()
  const ada = await givenAccount()
  await givenApp(ada)
  const anyRequest = fc.record({
    path: fc.constantFrom('/sign-in', '/sign-in/code', '/sign-in/passkey', '/sign-in/again', '/sign-out'),
    session: cookieText,
    pending: fc.oneof(cookieText, fc.constant('A'.repeat(43))),
    browser: fc.oneof(cookieText, fc.constant('A'.repeat(43))),
    account: fc.oneof(anyText, fc.constant(ada.id)),
    password: fc.oneof(anyText, fc.constant(PASSWORD)),
    field: fc.constantFrom('code', 'recovery_code', 'passkey'),
    text: fc.oneof(anyText, anyAnswer),
    address: fc.ipV4(),
  })

  await fc.assert(
    fc.asyncProperty(anyRequest, async ({ path, session, pending, browser, address, ...given }) => {
      const cookie = `__Host-session=${session}; __Host-pending=${pending}; __Host-browser=${browser}`
      const fields = [
        ['account', given.account],
        ['password', given.password],
        [given.field, given.text],
      ]
      const response = await send(path, {
        method: 'POST',
        body: new URLSearchParams(fields),
        headers: { origin: ORIGIN, cookie, 'cf-connecting-ip': address },
      })
      expect(response.status).toBeLessThan(500)
    }),
    { ...SEED, numRuns: 150 },
  )
}, 60_000)
