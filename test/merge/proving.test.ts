import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { TOTP } from 'otpauth'
import { beforeEach, describe, expect, test } from 'vitest'
import { mintTotpSecret } from '../../src/authenticators/totp.ts'
import { randomToken, sha256Hex } from '../../src/core/tokens.ts'
import * as schema from '../../src/schema.ts'
import { deliver, recordingMailer } from '../mail/given-mail.ts'
import { givenAccount, PASSWORD } from '../sign-in/given.ts'
import { db, givenCandidate, givenProgram, LONG_AGO } from '../support/builders.ts'
import { post, send, signedIn } from '../support/requests.ts'

const MERGE = '/profile/merge'

beforeEach(async () => {
  await givenProgram()
})

const proofs = () => db.select().from(schema.mergeProofs)
const owedLinks = async () =>
  (await db.select().from(schema.mailOutbox)).filter(({ template }) => template === 'merge_proof')

// The mail that is owed is looked at here, and not sent.
const swallow = { sendBatch: async () => ({}) } as unknown as Queue
const quiet = { MAIL_QUEUE: swallow, URGENT_MAIL_QUEUE: swallow }
const askFor = (account: string, headers: Record<string, string>) =>
  post(MERGE, { by: 'link', account }, { headers }, quiet)

async function givenSignedIn() {
  const own = await givenCandidate({ email: 'new@example.org' })
  return { own, headers: await signedIn(own) }
}

async function givenTotp({ id }: { id: string }) {
  const { base32, sealed } = await mintTotpSecret(env.SEAL_KEY, { candidateId: id })
  await db
    .insert(schema.totpSecrets)
    .values({ candidateId: id, sealed, createdAt: LONG_AGO, confirmedAt: LONG_AGO })
  return new TOTP({ secret: base32 }).generate()
}

async function givenProofLink(
  other: { id: string; email: string },
  own: { id: string },
  given: Partial<typeof schema.accessLinks.$inferInsert> = {},
) {
  const token = randomToken()
  await db.insert(schema.accessLinks).values({
    tokenHash: await sha256Hex(token),
    candidateId: other.id,
    purpose: 'merge_proof',
    sentTo: other.email,
    data: { candidateId: own.id },
    createdAt: LONG_AGO,
    expiresAt: new Date(Date.now() + 3_600_000),
    ...given,
  })
  return `${MERGE}/${token}`
}

test('who has not proved lately who they are does so first', async () => {
  const own = await givenCandidate()
  const headers = await signedIn(own, new Date(Date.now() - 11 * 60_000))

  for (const response of [await send(MERGE, { headers }), await post(MERGE, { by: 'link' }, { headers })])
    expect(response.headers.get('location')).toBe('/sign-in/again?return_to=%2Fprofile%2Fmerge')
})

describe('asking for a link', () => {
  test('answers the same whether or not there is such a record, and mails those that may get links', async () => {
    const { own, headers } = await givenSignedIn()
    const other = await givenCandidate({ email: 'old@example.org' })
    await db.insert(schema.candidateEmails).values([
      {
        candidateId: other.id,
        normalized: 'second@example.org',
        address: 'second@example.org',
        isPrimary: false,
        verifiedAt: LONG_AGO,
      },
      {
        candidateId: other.id,
        normalized: 'unproved@example.org',
        address: 'unproved@example.org',
        isPrimary: false,
      },
    ])

    for (const account of [other.id, 'nobody@example.org', 'JPR00009999']) {
      const response = await askFor(account, headers)
      expect(response.status).toBe(303)
      expect(response.headers.get('location')).toBe(`${MERGE}?sent`)
    }

    expect(
      (await owedLinks()).map(({ recipient, candidateId, payload }) => [recipient, candidateId, payload]),
    ).toEqual([
      ['old@example.org', other.id, { candidateId: own.id }],
      ['second@example.org', other.id, { candidateId: own.id }],
    ])
    expect(await (await send(`${MERGE}?sent`, { headers })).text()).toContain('If there is such a record')
  })

  test('reaches an unproved address only where the record has no proved one', async () => {
    const { headers } = await givenSignedIn()
    await givenCandidate({ email: 'fed@example.org', emailVerified: false })

    await askFor('fed@example.org', headers)

    expect((await owedLinks()).map(({ recipient }) => recipient)).toEqual(['fed@example.org'])
  })

  test('twice mails once', async () => {
    const { headers } = await givenSignedIn()
    const other = await givenCandidate()

    await askFor(other.id, headers)
    await askFor(other.email, headers)

    // At the border of two turns there may be a second one.
    expect((await owedLinks()).length).toBeLessThanOrEqual(2)
  })

  test('by an ID that was merged leads to the record that stayed', async () => {
    const { headers } = await givenSignedIn()
    const other = await givenCandidate({ email: 'stayed@example.org' })
    await db
      .insert(schema.candidateAliases)
      .values({ aliasId: 'JPR00007777', candidateId: other.id, fullName: 'Ada', mergedAt: LONG_AGO })

    await askFor('jpr00007777', headers)

    expect((await owedLinks()).map(({ recipient }) => recipient)).toEqual(['stayed@example.org'])
  })

  test("one's own ID is refused, and one's own address tells nothing", async () => {
    const { own, headers } = await givenSignedIn()

    const byId = await askFor(own.id, headers)
    const byAddress = await askFor(own.email, headers)

    expect(byId.status).toBe(422)
    expect(await byId.text()).toContain('signed in to')
    expect(byAddress.headers.get('location')).toBe(`${MERGE}?sent`)
    expect(await owedLinks()).toEqual([])
  })

  test('without a name is refused, beside what was typed', async () => {
    const { headers } = await givenSignedIn()

    const response = await askFor(' ', headers)

    expect(response.status).toBe(422)
    expect(await response.text()).toContain('href="#account"')
  })
})

test('the mailed link proves the record to who asked, once', async () => {
  const { own, headers } = await givenSignedIn()
  const other = await givenCandidate({ email: 'old@example.org' })
  await askFor(other.id, headers)
  const mailer = recordingMailer()
  await deliver([(await owedLinks())[0]!.id], mailer, new Date())
  const path = mailer.sent[0]!.text!.match(/\/profile\/merge\/\S{43}/)![0]

  const page = await send(path, { headers })
  expect(page.status).toBe(200)
  expect(await page.text()).toContain(other.id)
  expect(await proofs()).toEqual([])

  const proved = await post(path, {}, { headers })
  const [proof] = await proofs()
  expect(proof).toMatchObject({ candidateId: own.id, otherId: other.id, provedBy: 'link' })
  expect(proved.headers.get('location')).toBe(`${MERGE}/proofs/${proof!.id}`)
  const log = await db.select().from(schema.auditLog)
  expect(log.map(({ action }) => action)).toEqual(['merge.proved', 'merge.proved'])
  expect(new Set(log.map(({ subject }) => subject)).size).toBe(2)

  const again = await post(path, {}, { headers })
  expect(again.status).toBe(404)
  expect(await again.text()).toContain('Begin again')
  expect(await (await send(MERGE, { headers })).text()).toContain(`${MERGE}/proofs/${proof!.id}`)
})

describe('a link proves nothing', () => {
  test('to anyone but who asked', async () => {
    const { own } = await givenSignedIn()
    const other = await givenCandidate()
    const path = await givenProofLink(other, own)
    const strangers = [await signedIn(await givenCandidate()), await signedIn(other)]

    for (const headers of strangers) {
      expect((await send(path, { headers })).status).toBe(404)
      expect((await post(path, {}, { headers })).status).toBe(404)
    }
    expect(await proofs()).toEqual([])
  })

  test('to nobody, who is asked to sign in', async () => {
    const { own } = await givenSignedIn()
    const path = await givenProofLink(await givenCandidate(), own)

    expect((await send(path)).headers.get('location')).toContain('/sign-in?return_to=')
  })

  test.each<[string, Partial<typeof schema.accessLinks.$inferInsert>]>([
    ['too late', { expiresAt: LONG_AGO }],
    ['for another purpose', { purpose: 'password_reset' }],
    ['when used', { usedAt: LONG_AGO }],
    ['from an address that is no longer on the record', { sentTo: 'gone@example.org' }],
  ])('%s', async (_, given) => {
    const { own, headers } = await givenSignedIn()
    const path = await givenProofLink(await givenCandidate(), own, given)

    expect((await send(path, { headers })).status).toBe(404)
    expect((await post(path, {}, { headers })).status).toBe(404)
    expect(await proofs()).toEqual([])
  })

  test('of a record with an authenticator app, without its code', async () => {
    const { own, headers } = await givenSignedIn()
    const other = await givenCandidate()
    const code = await givenTotp(other)
    const path = await givenProofLink(other, own)

    expect(await (await send(path, { headers })).text()).toContain('name="code"')
    const wrong = await post(path, { code: '000000' }, { headers })
    expect(wrong.status).toBe(422)
    expect(await wrong.text()).toContain('href="#code"')
    expect(await proofs()).toEqual([])

    expect((await post(path, { code }, { headers })).status).toBe(303)
    expect(await proofs()).toHaveLength(1)
  })
})

describe('the password of the other record', () => {
  const typed = (record: string, more = {}) => ({ by: 'password', record, password: PASSWORD, ...more })

  test('proves it', async () => {
    const { own, headers } = await givenSignedIn()
    const other = await givenAccount()

    const response = await post(MERGE, typed(other.id), { headers })

    const [proof] = await proofs()
    expect(proof).toMatchObject({ candidateId: own.id, otherId: other.id, provedBy: 'password' })
    expect(response.headers.get('location')).toBe(`${MERGE}/proofs/${proof!.id}`)
    expect(await db.select().from(schema.signInBrakes)).toEqual([])
  })

  test('is refused in one way, whatever is wrong', async () => {
    const { headers } = await givenSignedIn()
    const known = await givenAccount()
    const withoutPassword = await givenCandidate()
    const unproved = await givenAccount({ email: 'unproved@example.org', emailVerified: false })
    const attempts = [
      typed(known.id, { password: 'not the password' }),
      typed('JPR00009999'),
      typed('nobody@example.org'),
      typed(withoutPassword.id),
      typed(unproved.email),
    ]

    const pages = await Promise.all(
      attempts.map(async (attempt) => {
        const response = await post(MERGE, attempt, { headers })
        expect(response.status).toBe(422)
        return (await response.text()).replaceAll(attempt.record, '')
      }),
    )

    expect(new Set(pages).size).toBe(1)
    expect(pages[0]).toContain('This did not prove')
    expect(pages[0]).not.toContain('the password"')
    expect(await proofs()).toEqual([])
  })

  test('is not enough where the record asks for a code', async () => {
    const { headers } = await givenSignedIn()
    const other = await givenAccount()
    const code = await givenTotp(other)

    expect((await post(MERGE, typed(other.id), { headers })).status).toBe(422)
    expect((await post(MERGE, typed(other.id, { code: '000000' }), { headers })).status).toBe(422)
    expect((await post(MERGE, typed(other.id, { code }), { headers })).status).toBe(303)
    expect(await proofs()).toHaveLength(1)
    const [totp] = await db
      .select()
      .from(schema.totpSecrets)
      .where(eq(schema.totpSecrets.candidateId, other.id))
    expect(totp!.lastStep).toBeGreaterThan(0)
  })

  test('cannot be guessed at here faster than at sign-in', async () => {
    const { headers } = await givenSignedIn()
    const other = await givenAccount()
    const guess = async (record: string) => {
      const statuses: number[] = []
      for (const n of [1, 2, 3, 4, 5, 6]) {
        const from = { ...headers, 'cf-connecting-ip': `192.0.2.${n}` }
        const response = await post(MERGE, typed(record, { password: `guess number ${n}` }), {
          headers: from,
        })
        statuses.push(response.status)
      }
      return statuses
    }

    expect(await guess(other.id)).toEqual([422, 422, 422, 422, 422, 429])
    expect(await guess('JPR00009999')).toEqual([422, 422, 422, 422, 422, 429])
  })

  test("one's own proves nothing", async () => {
    const own = await givenAccount()

    const response = await post(MERGE, typed(own.id), { headers: await signedIn(own) })

    expect(response.status).toBe(422)
    expect(await response.text()).toContain('signed in to')
  })

  test('must be typed', async () => {
    const { headers } = await givenSignedIn()

    const response = await post(MERGE, { by: 'password', record: 'JPR1' }, { headers })

    expect(response.status).toBe(422)
    const html = await response.text()
    expect(html).toContain('href="#password"')
    expect(html).toContain('value="JPR1"')
  })
})
