import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import * as schema from '../../src/schema.ts'
import { givenAccount, PASSWORD } from '../sign-in/given.ts'
import {
  db,
  givenAward,
  givenCandidate,
  givenProgram,
  givenRegistration,
  givenResult,
  LONG_AGO,
} from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { post, send, signedIn } from '../support/requests.ts'
import { givenTranscript } from '../transcripts/given-transcript.ts'

const FAR = new Date('2099-12-31')

beforeEach(async () => {
  await givenProgram()
})

/** Two records of one person, the second proved by the holder of the first. */
async function givenProved(given: Partial<typeof schema.mergeProofs.$inferInsert> = {}) {
  const own = await givenAccount({ fullName: 'Ada Lovelace', email: 'new@example.org' })
  const other = await givenAccount({ fullName: 'Ada Byron', email: 'old@example.org' })
  const [proof] = await db
    .insert(schema.mergeProofs)
    .values({
      candidateId: own.id,
      otherId: other.id,
      provedBy: 'link',
      provedAt: LONG_AGO,
      expiresAt: FAR,
      ...given,
    })
    .returning()
  const path = `/profile/merge/proofs/${proof!.id}`
  return { own, other, path, headers: await signedIn(own), form: { other: other.id, sure: 'on' } }
}

const candidateIds = async () => (await db.select().from(schema.candidates)).map(({ id }) => id)
const textOf = async (response: Response) => (await response.text()).replace(/\s*<[^>]*>\s*/g, ' ')

describe('the preview', () => {
  test('says what joins, what stays, what both hold, and changes nothing', async () => {
    const { own, other, path, headers } = await givenProved()
    await givenResult({ candidateId: other.id })
    await givenRegistration({ candidateId: other.id })
    const award = await givenAward({ candidateId: other.id })
    await givenAward({ candidateId: own.id, awardedOn: '2024-01-02' })
    await givenTranscript({ candidateId: other.id, awards: [award] })

    const response = await send(path, { headers })

    expect(response.status).toBe(200)
    const text = await textOf(response)
    for (const words of [
      `Merge ${other.id} into ${own.id}`,
      'Ada Lovelace',
      'Ada Byron',
      '1 registration',
      '1 exam result',
      '1 certification',
      '1 transcript',
      'The address old@example.org',
      'JNCIA-Junos',
      'Merge the two records',
    ])
      expect(text).toContain(words)
    expect(text).not.toContain('passkey')
    expect(await candidateIds()).toHaveLength(2)
  })

  test('counts courses and requests, and names those that end', async () => {
    const { own, other, path, headers } = await givenProved()
    await db.insert(schema.courseCompletions).values({
      candidateId: other.id,
      course: 'JIR',
      completedOn: '2026-05-04',
      createdAt: LONG_AGO,
    })
    const details = { course: 'JIR', completedOn: '2026-05-05', submittedOn: '2026-05-06', notes: '' }
    const claim = { kind: 'course_completion', state: 'open', details, turnSince: LONG_AGO } as const
    const asked = { ...claim, submission: 'form', createdAt: LONG_AGO }
    await db.insert(schema.requests).values({ ...asked, candidateId: other.id })

    const before = await textOf(await send(path, { headers }))
    expect(before).toContain('1 completed course ')
    expect(before).toContain('1 request ')
    expect(before).not.toContain('These open requests of it')

    await db.insert(schema.requests).values({ ...asked, candidateId: own.id })
    expect(await textOf(await send(path, { headers }))).toMatch(
      /These open requests of it.*Recertification by a course/s,
    )
  })

  test('is read in two round trips, whoever else there is', async () => {
    const { other, path, headers } = await givenProved()
    await givenResult({ candidateId: other.id })
    const measured = async () => {
      const { d1, cost } = countedDatabase(env.DB)
      expect((await send(path, { headers }, { DB: d1 })).status).toBe(200)
      return cost
    }
    const crowd = async (size: number) => {
      for (let n = 0; n < size; n += 1) {
        const { id: candidateId } = await givenCandidate()
        await givenResult({ candidateId })
        await givenAward({ candidateId })
      }
    }
    await crowd(2)
    const before = await measured()
    await crowd(20)

    const after = await measured()
    expect(after.roundTrips).toBe(2)
    expect(after.rowsRead).toBe(before.rowsRead)
  })

  test.each<[string, Partial<typeof schema.mergeProofs.$inferInsert>]>([
    ['of a proof that is too old', { expiresAt: LONG_AGO }],
  ])('%s is gone', async (_, given) => {
    const { path, headers, form } = await givenProved(given)

    for (const response of [await send(path, { headers }), await post(path, form, { headers })]) {
      expect(response.status).toBe(404)
      expect(await response.text()).toContain('Begin again')
    }
    expect(await candidateIds()).toHaveLength(2)
  })

  test("of somebody else's proof is gone, too, also for the record that was proved", async () => {
    const { other, path, form } = await givenProved()

    for (const stranger of [other, await givenCandidate()]) {
      const headers = await signedIn(stranger)
      expect((await send(path, { headers })).status).toBe(404)
      expect((await post(path, form, { headers })).status).toBe(404)
    }
    expect(await candidateIds()).toHaveLength(3)
  })
})

describe('merging', () => {
  test('needs the box', async () => {
    const { other, path, headers } = await givenProved()

    const response = await post(path, { other: other.id }, { headers })

    expect(response.status).toBe(422)
    expect(await response.text()).toContain('href="#sure"')
    expect(await candidateIds()).toHaveLength(2)
  })

  test('joins the records, and sent twice it ends as well', async () => {
    const { own, path, headers, form } = await givenProved()

    const responses = await Promise.all([1, 2, 3].map(() => post(path, form, { headers })))

    for (const response of responses) {
      expect(response.status).toBe(303)
      expect(response.headers.get('location')).toBe('/profile/merge?merged')
    }
    expect(await candidateIds()).toEqual([own.id])
    expect(await (await send('/profile/merge?merged', { headers })).text()).toContain('are one now')
    expect((await send(path, { headers })).status).toBe(404)
  })

  test('makes awards of what both passed', async () => {
    const { own, other, path, headers, form } = await givenProved()
    // JNCIS-SEC wants JNCIA-Junos or a sister of it, which the other record has.
    await givenResult({ candidateId: other.id, exam: 'JNCIA-Junos', examOn: '2026-01-10' })
    await givenResult({
      candidateId: own.id,
      exam: 'JNCIS-ENT',
      examCode: 'JN0-351',
      examOn: '2026-03-10',
    })

    await post(path, form, { headers })

    const held = await db.select().from(schema.awards)
    expect(held.map(({ candidateId, certification }) => [candidateId, certification]).sort()).toEqual([
      [own.id, 'JNCIA-Junos'],
      [own.id, 'JNCIS-ENT'],
    ])
    expect(await textOf(await send('/certifications/status', { headers }))).toContain('JNCIS-ENT')
  })

  test('leaves the awards of everybody else to the tick', async () => {
    const { path, headers, form } = await givenProved()
    await givenCandidate({ id: 'AAA00000001', revision: 1 })

    await post(path, form, { headers })

    const owed = await db.select().from(schema.candidates).where(eq(schema.candidates.id, 'AAA00000001'))
    expect(owed).toMatchObject([{ evaluatedRevision: 0 }])
  })

  test('ends the sessions of the other record', async () => {
    const { other, path, headers, form } = await givenProved()
    const elsewhere = await signedIn(other)

    await post(path, form, { headers })

    expect((await send('/profile', { headers: elsewhere })).headers.get('location')).toContain('/sign-in')
  })

  test('waits while a change of the primary address can be undone: a thief could be behind it', async () => {
    const { other, path, headers, form } = await givenProved()
    await db.insert(schema.primaryChanges).values({
      candidateId: other.id,
      fromNormalized: 'a@example.org',
      toNormalized: 'old@example.org',
      changedAt: LONG_AGO,
      undoUntil: FAR,
    })

    const response = await post(path, form, { headers })

    expect(await textOf(response)).toContain('can be taken back')
    expect(await candidateIds()).toHaveLength(2)
  })

  test.each(['own', 'other'] as const)('waits while the %s account is about to close', async (which) => {
    const { path, headers, form, ...records } = await givenProved()
    await db
      .update(schema.candidates)
      .set({ closesAt: FAR })
      .where(eq(schema.candidates.id, records[which].id))

    const response = await post(path, form, { headers })

    expect(await textOf(response)).toContain('about to close')
    expect(await candidateIds()).toHaveLength(2)
  })
})

describe('afterwards', () => {
  test('both IDs and both addresses sign in, with the password of the record that stayed', async () => {
    const { own, other, path, headers, form } = await givenProved()
    await post(path, form, { headers })

    for (const account of [own.id, other.id, other.id.toLowerCase(), own.email, other.email]) {
      const response = await post('/sign-in', { account, password: PASSWORD })
      expect([account, response.status]).toEqual([account, 303])
    }
  })

  test('a link asked for by the old ID goes to the record that stayed', async () => {
    const { own, other, path, headers, form } = await givenProved()
    await post(path, form, { headers })

    const swallow = { sendBatch: async () => ({}) } as unknown as Queue
    const quiet = { MAIL_QUEUE: swallow, URGENT_MAIL_QUEUE: swallow }
    await post('/forgotten', { account: other.id }, {}, quiet)

    const mails = await db
      .select()
      .from(schema.mailOutbox)
      .where(eq(schema.mailOutbox.template, 'access_link'))
    expect(mails.map(({ candidateId, recipient }) => [candidateId, recipient])).toEqual([
      [own.id, 'new@example.org'],
    ])
  })

  test('codes on paper, links of transcripts and eCertificates of both go on working', async () => {
    const { own, other, path, headers, form } = await givenProved()
    const passed = { examOn: '2025-03-18', exam: 'JNCIA-Junos' }
    const ownPass = await givenResult({
      candidateId: own.id,
      exam: 'JNCIA-DC',
      examCode: 'JN0-281',
      examOn: '2025-04-01',
    })
    const otherPass = await givenResult({ candidateId: other.id, ...passed })
    const ownAward = await givenAward({
      candidateId: own.id,
      certification: 'JNCIA-DC',
      awardedOn: '2025-04-01',
      expiresOn: '2028-04-01',
      reason: JSON.stringify({ pass: { resultId: ownPass.id } }),
    })
    const otherAward = await givenAward({
      candidateId: other.id,
      reason: JSON.stringify({ pass: { resultId: otherPass.id } }),
    })
    const awards = [ownAward, otherAward]
    const transcripts = [
      await givenTranscript({ candidateId: own.id, awards: [ownAward] }),
      await givenTranscript({ candidateId: other.id, awards: [otherAward] }),
    ]
    const statuses = async () =>
      Promise.all(
        [
          ...awards.map(({ verificationCode }) => `/verify/${verificationCode}`),
          ...transcripts.map((transcript) => transcript.path),
        ].map(async (address) => {
          const response = await send(address)
          return [response.status, /JNCIA-(DC|Junos)/.exec(await response.text())?.[0]]
        }),
      )
    const before = await statuses()
    expect(
      (await send(`/certifications/${otherAward.id}/ecertificate.pdf`, { headers: await signedIn(other) }))
        .status,
    ).toBe(200)

    await post(path, form, { headers })

    expect(await statuses()).toEqual(before)
    expect(before.every(([status]) => status === 200)).toBe(true)
    expect(await textOf(await send(`/verify/${otherAward.verificationCode}`))).toContain('Ada Lovelace')
    for (const { id } of awards) {
      const pdf = await send(`/certifications/${id}/ecertificate.pdf`, { headers })
      expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    }
  })

  test('the code of an award that both held shows the one that stays', async () => {
    const { own, other, path, headers, form } = await givenProved()
    const ownPass = await givenResult({ candidateId: own.id, examOn: '2025-03-18', examTime: '09:00' })
    await givenAward({ candidateId: own.id, reason: JSON.stringify({ pass: { resultId: ownPass.id } }) })
    const doubled = await givenAward({ candidateId: other.id })
    const transcript = await givenTranscript({ candidateId: other.id, awards: [doubled] })

    await post(path, form, { headers })

    for (const address of [`/verify/${doubled.verificationCode}`, transcript.path]) {
      const response = await send(address)
      expect(response.status).toBe(200)
      expect(await textOf(response)).toContain('JNCIA-Junos')
    }
  })
})

describe('a conflict', () => {
  async function givenConflict() {
    const proved = await givenProved()
    await givenRegistration({ candidateId: proved.own.id, registrationId: '300009999' })
    await givenResult({ candidateId: proved.other.id, registrationId: '300009999', feed: 'pearson' })
    return proved
  }

  test('is shown instead of the button', async () => {
    const { path, headers } = await givenConflict()

    const text = await textOf(await send(path, { headers }))

    expect(text).toContain('Registration 300009999 stands on both records.')
    expect(text).not.toContain('Merge the two records')
  })

  test('goes to staff, once, and merges nothing', async () => {
    const { own, other, path, headers } = await givenConflict()
    const submission = crypto.randomUUID()

    const first = await post(path, { other: other.id, submission, sure: 'on' }, { headers })
    const second = await post(path, { other: other.id, submission, sure: 'on' }, { headers })

    const requests = await db.select().from(schema.requests)
    expect(requests).toMatchObject([
      { candidateId: own.id, kind: 'merge_conflict', state: 'open', details: { otherId: other.id } },
    ])
    for (const response of [first, second]) {
      expect(response.status).toBe(303)
      expect(response.headers.get('location')).toBe(`/requests/${requests[0]!.id}`)
    }
    expect(await candidateIds()).toHaveLength(2)
  })
})
