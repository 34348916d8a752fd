import { beforeEach, describe, expect, test } from 'vitest'
import {
  authenticationOptions,
  readPasskeyAnswer,
  registrationOptions,
  relyingPartyOf,
  verifyAuthentication,
  verifyRegistration,
} from '../../src/authenticators/passkeys.ts'
import { createVirtualAuthenticator } from '../support/virtual-authenticator.ts'

const party = relyingPartyOf('https://record.example', 'Record')
const user = {
  handle: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  name: 'JPR1',
  displayName: 'Ada Byron',
}

let authenticator: ReturnType<typeof createVirtualAuthenticator>
beforeEach(() => {
  authenticator = createVirtualAuthenticator({ origin: party.origin, rpId: party.id })
})

const read = (json: unknown) => readPasskeyAnswer(JSON.stringify(json))!

async function registered() {
  const options = await registrationOptions(party, user, [])
  return (await verifyRegistration(party, read(await authenticator.create(options))))!
}

describe('registration', () => {
  test('keeps the key of an authenticator that checked its user', async () => {
    const options = await registrationOptions(party, user, [])
    const answer = read(await authenticator.create(options))

    expect(answer.challenge).toBe(options.challenge)
    expect(options.user.id).toBe(user.handle)
    expect(await verifyRegistration(party, answer)).toMatchObject({
      credentialId: authenticator.credentials[0]!.id,
      counter: 0,
      backedUp: true,
      transports: ['internal'],
    })
  })

  test('tells a passkey that stays on its device', async () => {
    authenticator.isSynced = false

    expect(await registered()).toMatchObject({ backedUp: false })
  })

  test.each([
    ['another site', { origin: 'https://evil.example' }],
    ['another host of ours', { rpId: 'evil.example' }],
    ['nobody present but the device', { verifiesUser: false }],
  ])('refuses an answer that was given to %s', async (_, lie) => {
    Object.assign(authenticator, lie)
    const options = await registrationOptions(party, user, [])

    expect(await verifyRegistration(party, read(await authenticator.create(options)))).toBeNull()
  })

  test('refuses an answer to a sign-in', async () => {
    await registered()
    const answer = read(await authenticator.get(await authenticationOptions(party)))

    expect(await verifyRegistration(party, answer)).toBeNull()
  })
})

describe('authentication', () => {
  test('proves possession of the passkey', async () => {
    const passkey = await registered()
    const answer = read(await authenticator.get(await authenticationOptions(party)))

    expect(await verifyAuthentication(party, answer, passkey)).toBe(0)
  })

  test('answers the counter of an authenticator that counts', async () => {
    authenticator.isSynced = false
    const passkey = await registered()
    const answer = read(await authenticator.get(await authenticationOptions(party)))

    expect(await verifyAuthentication(party, answer, passkey)).toBe(1)
    expect(await verifyAuthentication(party, answer, { ...passkey, counter: 1 })).toBeNull()
  })

  test('refuses a passkey of another authenticator', async () => {
    const passkey = await registered()
    const other = createVirtualAuthenticator({ origin: party.origin, rpId: party.id })
    await other.create(await registrationOptions(party, user, []))
    const answer = read(await other.get(await authenticationOptions(party)))

    expect(await verifyAuthentication(party, answer, passkey)).toBeNull()
  })

  test.each([
    ['another site', { origin: 'https://evil.example' }],
    ['another host', { rpId: 'evil.example' }],
    ['nobody present', { verifiesUser: false }],
  ])('refuses an answer that was given to %s', async (_, lie) => {
    const passkey = await registered()
    Object.assign(authenticator, lie)
    const answer = read(await authenticator.get(await authenticationOptions(party)))

    expect(await verifyAuthentication(party, answer, passkey)).toBeNull()
  })

  test('refuses an answer whose challenge was put in afterwards', async () => {
    const passkey = await registered()
    const answer = read(await authenticator.get(await authenticationOptions(party)))

    expect(await verifyAuthentication(party, { ...answer, challenge: 'AAAA' }, passkey)).toBeNull()
  })
})
