import { env } from 'cloudflare:workers'
import { and, eq, isNull } from 'drizzle-orm'
import { Secret, TOTP } from 'otpauth'
import { beforeEach, describe, expect, test } from 'vitest'
import { recoveryCodeHash } from '../../src/authenticators/recovery-codes.ts'
import { openTotpSecret } from '../../src/authenticators/totp.ts'
import * as schema from '../../src/schema.ts'
import { givenAccount } from '../sign-in/given.ts'
import { db, givenProgram } from '../support/builders.ts'
import { post, send, signedIn } from '../support/requests.ts'
import { actionsOf, noticesOf } from './given.ts'

const PATH = '/profile/security/authenticator'
const CONFIRM = `${PATH}/confirmation`
const CODES = '/profile/security/recovery-codes'

beforeEach(async () => {
  await givenProgram()
})

type Candidate = { id: string }
type Headers = { cookie: string }

async function keptSecret({ id }: Candidate) {
  const [row] = await db.select().from(schema.totpSecrets).where(eq(schema.totpSecrets.candidateId, id))
  return row ?? null
}

async function base32Of(candidate: Candidate) {
  const { sealed } = (await keptSecret(candidate))!
  return openTotpSecret(env.SEAL_KEY, { candidateId: candidate.id }, sealed)
}

/** What the candidate's app shows; `steps` of 30 seconds from now. */
async function codeOf(candidate: Candidate, steps = 0) {
  const totp = new TOTP({ secret: Secret.fromBase32(await base32Of(candidate)) })
  return totp.generate({ timestamp: Date.now() + steps * 30_000 })
}

function unusedCodes({ id }: Candidate) {
  return db
    .select()
    .from(schema.recoveryCodes)
    .where(and(eq(schema.recoveryCodes.candidateId, id), isNull(schema.recoveryCodes.usedAt)))
}

async function shownCodes(response: Response) {
  return [...(await response.text()).matchAll(/>\s*((?:[0-9A-Z]{4}-){5}[0-9A-Z]{4})\s*</g)].map(
    ([, code]) => code!,
  )
}

async function givenSetUp() {
  const ada = await givenAccount()
  const headers = await signedIn(ada)
  await post(PATH, {}, { headers })
  return { ada, headers }
}

async function givenTurnedOn() {
  const { ada, headers } = await givenSetUp()
  const response = await post(CONFIRM, { code: await codeOf(ada) }, { headers })
  return { ada, headers, codes: await shownCodes(response) }
}

async function titleOf(path: string, headers: Headers) {
  return /<h1>([^<]*)/.exec(await (await send(path, { headers })).text())?.[1]
}

describe('Set up an authenticator app', () => {
  test('writes nothing by looking', async () => {
    const ada = await givenAccount()
    const headers = await signedIn(ada)

    expect(await titleOf(PATH, headers)).toBe('Set up an authenticator app')
    expect(await keptSecret(ada)).toBeNull()
  })

  test('shows the key to scan and to type, and asks for nothing yet', async () => {
    const { ada, headers } = await givenSetUp()

    const page = await (await send(PATH, { headers })).text()

    const groups = (await base32Of(ada)).match(/.{4}/g)!.join(' ')
    expect(groups).toHaveLength(39)
    expect(page).toContain(groups)
    expect(page).toMatch(/<svg[^>]*role="img"[^>]*aria-label="QR code/)
    expect(page).not.toContain('data:')
    expect(page).not.toContain('otpauth:')
    expect((await keptSecret(ada))!.confirmedAt).toBeNull()
    expect(await actionsOf(ada)).toEqual([])
    expect(await (await send('/profile/security', { headers })).text()).toContain(
      'a password alone does not open',
    )
  })

  test('keeps the key that was scanned when pressed again', async () => {
    const { ada, headers } = await givenSetUp()
    const scanned = await base32Of(ada)

    await post(PATH, {}, { headers })

    expect(await base32Of(ada)).toBe(scanned)
  })

  test('begins anew after an hour', async () => {
    const { ada, headers } = await givenSetUp()
    const scanned = await base32Of(ada)
    await env.DB.exec('UPDATE totp_secrets SET created_at = created_at - 3600001')

    const late = await post(CONFIRM, { code: await codeOf(ada) }, { headers })
    await post(PATH, {}, { headers })

    expect(late.headers.get('location')).toBe(PATH)
    expect(await base32Of(ada)).not.toBe(scanned)
    expect((await keptSecret(ada))!.confirmedAt).toBeNull()
  })

  test('turns it on by a right code, and shows ten recovery codes once', async () => {
    const { ada, headers } = await givenSetUp()

    const response = await post(CONFIRM, { code: ` ${await codeOf(ada)} ` }, { headers })

    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toContain('no-store')
    const codes = await shownCodes(response)
    expect(new Set(codes).size).toBe(10)
    const hashes = await Promise.all(codes.map(recoveryCodeHash))
    expect((await unusedCodes(ada)).map(({ codeHash }) => codeHash).toSorted()).toEqual(hashes.toSorted())
    expect((await keptSecret(ada))!.confirmedAt).not.toBeNull()
    expect((await actionsOf(ada)).toSorted()).toEqual(['recovery-codes.made', 'totp.added'])
    expect((await noticesOf(ada)).toSorted()).toEqual(['recovery-codes.made', 'totp.added'])
    const page = await (await send('/profile/security', { headers })).text()
    expect(page).toContain('On since')
    expect(page).toContain('10 are left')
    expect(page).not.toContain(codes[0]!)
  })

  test('uses the code up that turned it on', async () => {
    const { ada } = await givenTurnedOn()

    expect((await keptSecret(ada))!.lastStep).toBeGreaterThan(Date.now() / 30_000 - 3)
  })

  test.each([
    ['', 'Enter the six digits'],
    ['000000000', 'not the code of now'],
    ['abcdef', 'not the code of now'],
  ])('refuses the code “%s” and shows the key again', async (code, words) => {
    const { ada, headers } = await givenSetUp()

    const response = await post(CONFIRM, { code }, { headers })

    expect(response.status).toBe(422)
    const page = await response.text()
    expect(page).toContain(words)
    expect(page).toContain('<svg')
    expect((await keptSecret(ada))!.confirmedAt).toBeNull()
    expect(await unusedCodes(ada)).toEqual([])
  })

  test("refuses an old code, and that of another's app", async () => {
    const { ada, headers } = await givenSetUp()
    const { ada: grace } = await givenSetUp()

    for (const code of [await codeOf(ada, -3), await codeOf(grace)])
      expect((await post(CONFIRM, { code }, { headers })).status).toBe(422)
    expect((await keptSecret(ada))!.confirmedAt).toBeNull()
  })

  test('happens once, and leads who sends it again to new codes', async () => {
    const { ada, headers } = await givenSetUp()
    const code = await codeOf(ada)

    const answers = await Promise.all([
      post(CONFIRM, { code }, { headers }),
      post(CONFIRM, { code }, { headers }),
    ])
    const again = await post(CONFIRM, { code }, { headers })

    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 303])
    expect(again.headers.get('location')).toBe(CODES)
    expect(await unusedCodes(ada)).toHaveLength(10)
    expect((await actionsOf(ada)).toSorted()).toEqual(['recovery-codes.made', 'totp.added'])
  })

  test('changes nothing where it is on', async () => {
    const { ada, headers } = await givenTurnedOn()
    const kept = await keptSecret(ada)

    await post(PATH, {}, { headers })

    expect(await keptSecret(ada)).toEqual(kept)
    expect((await send(PATH, { headers })).headers.get('location')).toBe('/profile/security')
  })
})

describe('Turn off the authenticator app', () => {
  test('takes its recovery codes with it, and tells of it', async () => {
    const { ada, headers } = await givenTurnedOn()

    expect(await titleOf(`${PATH}/removal`, headers)).toBe('Turn off the authenticator app?')
    const response = await post(`${PATH}/removal`, {}, { headers })
    await post(`${PATH}/removal`, {}, { headers })

    expect(response.headers.get('location')).toBe('/profile/security?done=authenticator-off')
    expect(await keptSecret(ada)).toBeNull()
    expect(await unusedCodes(ada)).toEqual([])
    expect((await actionsOf(ada)).filter((action) => action === 'totp.removed')).toHaveLength(1)
    expect(await noticesOf(ada)).toContain('totp.removed')
  })

  test("leaves another's alone", async () => {
    const { ada } = await givenTurnedOn()
    const grace = await givenTurnedOn()

    await post(`${PATH}/removal`, {}, { headers: grace.headers })

    expect(await keptSecret(ada)).not.toBeNull()
    expect(await unusedCodes(ada)).toHaveLength(10)
  })
})

describe('Recovery codes', () => {
  test('are made anew, and the old ones die', async () => {
    const { ada, headers, codes: old } = await givenTurnedOn()
    await db
      .update(schema.recoveryCodes)
      .set({ usedAt: new Date() })
      .where(eq(schema.recoveryCodes.codeHash, (await recoveryCodeHash(old[0]!))!))

    expect(await (await send(CODES, { headers })).text()).toContain('9 are left')
    const codes = await shownCodes(await post(CODES, {}, { headers }))

    expect(codes).toHaveLength(10)
    expect(codes).not.toContain(old[1])
    const hashes = await Promise.all(codes.map(recoveryCodeHash))
    const all = await db
      .select()
      .from(schema.recoveryCodes)
      .where(eq(schema.recoveryCodes.candidateId, ada.id))
    expect(all.map(({ codeHash }) => codeHash).toSorted()).toEqual(hashes.toSorted())
    expect((await actionsOf(ada)).filter((action) => action === 'recovery-codes.made')).toHaveLength(2)
  })

  test('are not made where there is no app to recover from', async () => {
    const { ada, headers } = await givenSetUp()

    const response = await post(CODES, {}, { headers })

    expect(response.headers.get('location')).toBe(PATH)
    expect((await send(CODES, { headers })).headers.get('location')).toBe(PATH)
    expect(await unusedCodes(ada)).toEqual([])
    expect(await actionsOf(ada)).toEqual([])
  })
})

test.each(['', '/confirmation', '/removal'])(
  'asks who signed in a while ago to do so again at %s',
  async (end) => {
    const headers = await signedIn(await givenAccount(), new Date(Date.now() - 11 * 60_000))

    for (const response of [
      await send(PATH + end, { headers }),
      await post(PATH + end, {}, { headers }),
      await post(CODES, {}, { headers }),
    ])
      expect(response.headers.get('location')).toMatch(/^\/sign-in\/again\?return_to=/)
  },
)
