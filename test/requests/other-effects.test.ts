import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { makeRequest } from '../../src/requests/make-request.ts'
import {
  auditLog,
  candidateAliases,
  candidates,
  mailOutbox,
  primaryChanges,
  recoveries,
  requestFiles,
  requests,
} from '../../src/schema.ts'
import { db, givenAward, givenCandidate, givenProgram, LONG_AGO } from '../support/builders.ts'
import { post, send, signedInStaff } from '../support/requests.ts'
import { jpeg } from './given-photo.ts'

const APPROVE = { decision: 'approve', shown: 'on' }
const REFUSE = { decision: 'refuse', reason: 'The photo is blurred' }
const NEW = 'ada@new.example'

beforeEach(async () => {
  await givenProgram()
})

const decidedMails = () => db.select().from(mailOutbox).where(eq(mailOutbox.template, 'request_decided'))

describe('a lost address', () => {
  async function givenRecoveryRequest() {
    const ada = await givenCandidate()
    const [recovery] = await db
      .insert(recoveries)
      .values({
        candidateId: ada.id,
        newAddress: NEW,
        newNormalized: NEW,
        proof: 'none',
        askedAt: LONG_AGO,
        confirmedAt: LONG_AGO,
      })
      .returning()
    const made = await makeRequest(
      env,
      db,
      {
        kind: 'address_recovery',
        candidateId: ada.id,
        submission: 'one',
        details: { recoveryId: recovery!.id },
        photo: { bytes: jpeg(), mediaType: 'image/jpeg' },
        actor: 'nobody',
      },
      new Date(),
    )
    return { ada, path: `/staff/requests/${made!.id}` }
  }

  test('shows the new address, and approval begins the cooling-off and warns the old one', async () => {
    const { ada, path } = await givenRecoveryRequest()
    const headers = await signedInStaff('reviewer')

    const text = await (await send(path, { headers })).text()
    const blind = await post(path, { decision: 'approve' }, { headers })
    await post(path, APPROVE, { headers })
    await post(path, APPROVE, { headers })

    expect(text).toContain(NEW)
    expect(text).toContain('The document shows the holder of this record')
    expect(blind.status).toBe(422)
    expect(await db.select().from(recoveries)).toMatchObject([
      { proof: 'photo_id', effectiveAt: expect.any(Date), doneAt: null },
    ])
    const notices = await db.select().from(mailOutbox).where(eq(mailOutbox.template, 'recovery_notice'))
    expect(notices).toMatchObject([{ recipient: ada.email }])
    expect(await db.select().from(requestFiles)).toMatchObject([{ sealedKey: null }])
  })

  test('is answered to the new address, too, without saying whose record it is', async () => {
    const { ada, path } = await givenRecoveryRequest()

    await post(path, REFUSE, { headers: await signedInStaff('reviewer') })

    expect(await decidedMails()).toMatchObject([
      { candidateId: ada.id, recipient: null },
      { candidateId: null, recipient: NEW, payload: { reason: REFUSE.reason, isApproved: false } },
    ])
    expect(await db.select().from(recoveries)).toMatchObject([{ proof: 'none', effectiveAt: null }])
  })

  test('that the holder stopped cannot be approved any more', async () => {
    const { path } = await givenRecoveryRequest()
    const headers = await signedInStaff('reviewer')
    await db.update(recoveries).set({ stoppedAt: new Date() })

    const late = await post(path, APPROVE, { headers })

    expect(late.status).toBe(409)
    expect(await late.text()).toContain('What is asked cannot be done now')
    expect(await db.select().from(requests)).toMatchObject([{ state: 'open' }])
    expect(await decidedMails()).toEqual([])
  })
})

describe('two records', () => {
  async function givenMergeRequest() {
    const [ada, other] = [await givenCandidate(), await givenCandidate({ fullName: 'A. Byron' })]
    await givenAward({ candidateId: other.id })
    const made = await makeRequest(
      env,
      db,
      {
        kind: 'merge_conflict',
        candidateId: ada.id,
        submission: 'one',
        details: { otherId: other.id },
        photo: null,
        actor: 'candidate',
      },
      new Date(),
    )
    return { ada, other, path: `/staff/requests/${made!.id}` }
  }

  test('are shown, and approval makes them one, once', async () => {
    const { ada, other, path } = await givenMergeRequest()
    const headers = await signedInStaff('reviewer')

    const text = await (await send(path, { headers })).text()
    const first = await post(path, { decision: 'approve' }, { headers })
    const again = await post(path, { decision: 'approve' }, { headers })

    expect(text).toContain('A. Byron')
    expect(text).toContain(`/staff/candidates/${other.id}`)
    expect([first, again].map((answer) => answer.headers.get('location'))).toEqual([path, path])
    expect(await db.select().from(candidates)).toMatchObject([{ id: ada.id, fullName: 'Ada Byron' }])
    expect(await db.select().from(candidateAliases)).toMatchObject([
      { aliasId: other.id, candidateId: ada.id },
    ])
    const actions = (await db.select().from(auditLog)).map(({ action }) => action)
    expect(actions.filter((action) => action === 'merge.done')).toHaveLength(1)
    expect(await decidedMails()).toMatchObject([{ candidateId: ada.id, payload: { isApproved: true } }])
    expect((await send(path, { headers })).status).toBe(200)
  })

  test('stay two when refused', async () => {
    const { path } = await givenMergeRequest()

    await post(path, REFUSE, { headers: await signedInStaff('reviewer') })

    expect(await db.$count(candidates)).toBe(2)
    expect(await db.$count(candidateAliases)).toBe(0)
  })

  test('stay two while the other is gone, or its old address may take a change back', async () => {
    const { other, path } = await givenMergeRequest()
    const headers = await signedInStaff('reviewer')
    await db.insert(primaryChanges).values({
      candidateId: other.id,
      fromNormalized: 'old@example.org',
      toNormalized: 'new@example.org',
      changedAt: new Date(),
      undoUntil: new Date(Date.now() + 60_000),
    })

    const early = await post(path, { decision: 'approve' }, { headers })
    await db.update(primaryChanges).set({ undoneAt: new Date() })
    await db.update(candidates).set({ erasedAt: new Date() }).where(eq(candidates.id, other.id))
    const gone = await post(path, { decision: 'approve' }, { headers })

    expect([early, gone].map(({ status }) => status)).toEqual([409, 409])
    expect(await db.select().from(requests)).toMatchObject([{ state: 'open' }])
    expect(await db.$count(candidates)).toBe(2)
  })
})
