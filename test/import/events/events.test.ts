import { env } from 'cloudflare:workers'
import { asc, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { bundleEvents } from '../../../src/import/events/bundle.ts'
import { rotateEventSecret } from '../../../src/import/events/secret.ts'
import { clearDeliveries } from '../../../src/privacy/clear-deliveries.ts'
import { closeAccounts } from '../../../src/privacy/close-accounts.ts'
import * as schema from '../../../src/schema.ts'
import { scan } from '../../privacy/scan.ts'
import { db, givenCandidate, givenProgram, givenResult, LONG_AGO } from '../../support/builders.ts'
import { failingAt } from '../../support/failing-bindings.ts'
import { CAND, candRow, deliver, EXAM_A, examRow, table, tick } from '../deliver.ts'
import { record, totals, waitingRows } from '../record.ts'
import { event, givenSecret, sendEvents } from './send-events.ts'

const DAY_MS = 86_400_000

let secret: string

beforeEach(async () => {
  await givenProgram()
  secret = await givenSecret()
})

const person = table(CAND, candRow('00001234'))
const pass = table(EXAM_A, examRow())
const results = { 'cand-20260503.dat': person, 'exam-20260505.dat': pass }

/** Sends events one after the other, each with a tick of its own. */
async function tell(...events: unknown[]) {
  for (const each of events) {
    expect((await sendEvents(each, { secret })).status).toBe(202)
    await tick()
  }
}

async function standing() {
  const [award] = await db.select().from(schema.awards)
  const [result] = await db.select().from(schema.results)
  return [result?.grade, result?.validity, award && (award.suspendedOn === null ? 'active' : 'suspended')]
}

describe('events are taken', () => {
  test('when they are signed, once however often they are sent, and are stored before they count', async () => {
    const events = [
      event('place-hold', '2026-05-06T00:00:00Z'),
      event('release-hold', '2026-05-07T00:00:00Z'),
    ]

    const response = await sendEvents(events, { secret })
    const again = await sendEvents([...events, event('place-hold', '2026-05-08T00:00:00Z')], { secret })

    expect([response.status, await response.json()]).toEqual([202, { accepted: 2, known: 0 }])
    expect([again.status, await again.json()]).toEqual([202, { accepted: 1, known: 2 }])
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await db.$count(schema.feedEvents)).toBe(3)
    expect(await db.$count(schema.deliveries)).toBe(0)
  })

  test('without an id, and are known again by what they say', async () => {
    const { id: _, ...nameless } = event('place-hold', '2026-05-06T00:00:00Z')

    await sendEvents([nameless, nameless], { secret })
    const again = await sendEvents(nameless, { secret })

    expect(await again.json()).toEqual({ accepted: 0, known: 1 })
    expect(await db.$count(schema.feedEvents)).toBe(1)
  })

  test('for a day longer with the secret before the last', async () => {
    const hold = () => event('place-hold', '2026-05-06T00:00:00Z')
    const rotated = await rotateEventSecret(env, 'pearson', new Date(Date.now() - DAY_MS + 60_000))
    expect([
      (await sendEvents(hold(), { secret })).status,
      (await sendEvents(hold(), { secret: rotated })).status,
    ]).toEqual([202, 202])

    await db.update(schema.feedSecrets).set({ previousUntil: new Date(Date.now() - 1) })

    expect([
      (await sendEvents(hold(), { secret })).status,
      (await sendEvents(hold(), { secret: rotated })).status,
    ]).toEqual([401, 202])
    const [kept] = await db.select().from(schema.feedSecrets)
    expect(JSON.stringify(kept)).not.toContain(rotated)
  })
})

describe('events are refused', () => {
  const hold = event('place-hold', '2026-05-06T00:00:00Z')

  test('uniformly, whatever is wrong with the signature or the feed', async () => {
    const forged = `v1=${'ab'.repeat(32)}`
    const answers = await Promise.all([
      sendEvents(hold, { secret: 'another' }),
      sendEvents(hold, { secret, headers: { 'testamur-signature': '' } }),
      sendEvents(hold, { secret, headers: { 'testamur-timestamp': '' } }),
      sendEvents(hold, { secret, headers: { 'testamur-signature': forged } }),
      sendEvents(hold, { secret, offset: -310 }),
      sendEvents(hold, { secret, offset: 310 }),
      sendEvents(hold, { secret, feed: 'prometric' }),
      sendEvents(hold, { secret: 'no secret', feed: 'prometric' }),
      sendEvents('not JSON', { secret: 'another', headers: { 'content-type': 'text/plain' } }),
    ])

    const said = await Promise.all(
      answers.map(async (answer) => [answer.status, answer.headers.get('content-type'), await answer.text()]),
    )
    expect(new Set(said.map((each) => JSON.stringify(each))).size).toBe(1)
    expect(said[0]).toEqual([401, 'application/problem+json', expect.stringContaining('Testamur-Signature')])
    expect(await db.$count(schema.feedEvents)).toBe(0)
  })

  test('when they are too large, of another type, malformed, or too many', async () => {
    const large = await sendEvents(`"${'x'.repeat(256 * 1024)}"`, { secret })
    const typed = await sendEvents(hold, { secret, headers: { 'content-type': 'text/csv' } })
    const many = await sendEvents(
      Array.from({ length: 101 }, () => hold),
      { secret },
    )
    const malformed = await sendEvents([hold, { ...hold, occurredAt: 'yesterday' }], { secret })

    expect([large, typed, many, malformed].map(({ status }) => status)).toEqual([413, 415, 422, 422])
    for (const answer of [large, typed, many, malformed])
      expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(await malformed.json()).toMatchObject({
      title: 'Unprocessable content',
      errors: [{ path: '1.occurredAt', message: expect.stringContaining('RFC 3339') }],
    })
    expect(await db.$count(schema.feedEvents)).toBe(0)
  })
})

// Every tick of these is an import of its own.
describe('what events do', { timeout: 30_000 }, () => {
  test('a whole result becomes a record, an award and a mail, as a row of a file does', async () => {
    await deliver({ 'cand-20260503.dat': person })

    await tell(
      event('result-notification', '2026-05-05T00:00:00Z', {
        clientCandidateId: '00001234',
        examCode: 'JN0-106',
        deliveredAt: '2026-05-04T12:30:00',
        grade: 'pass',
        score: 742,
      }),
    )

    const { results, awards, mails } = await record()
    expect(results).toEqual([
      { registrationId: '300000001', delivery: 'delivered', grade: 'pass', validity: 'valid', score: '742' },
    ])
    expect(awards).toMatchObject([{ certification: 'JNCIA-Junos', awardedOn: '2026-05-04' }])
    expect(mails).toContain('result/pearson/300000001')
    const [, bundle] = await db.select().from(schema.deliveries)
    expect(bundle).toMatchObject({ state: 'imported', name: expect.stringMatching(/^events-.*Z\.zip$/) })
    expect(await db.select().from(schema.feedEvents)).toMatchObject([
      { kind: 'result-notification', body: null, deliveryId: bundle!.id },
    ])
  })

  test('a revoked pass keeps its grade and suspends the award; restored, both come back', async () => {
    await deliver(results)
    expect(await standing()).toEqual(['pass', 'valid', 'active'])

    await tell(event('revoke-result', '2026-05-10T00:00:00Z'))
    expect(await standing()).toEqual(['pass', 'revoked', 'suspended'])

    await tell(event('unrevoke-result', '2026-05-11T00:00:00Z'))
    expect(await standing()).toEqual(['pass', 'valid', 'active'])
    expect((await record()).results[0]).toMatchObject({ score: '742' })

    const versions = await db
      .select()
      .from(schema.resultVersions)
      .orderBy(asc(schema.resultVersions.vendorTime))
    expect(versions.map(({ fields }) => (JSON.parse(fields) as { validity: string }).validity)).toContain(
      'revoked',
    )
  })

  test('a hold hides a result that came with it, and its release shows it and tells the candidate once', async () => {
    await deliver({ 'cand-20260503.dat': person })
    const result = event('result-notification', '2026-05-05T00:00:00Z', {
      clientCandidateId: '00001234',
      examCode: 'JN0-106',
      deliveredAt: '2026-05-04',
      grade: 'pass',
    })

    await tell([event('place-hold', '2026-05-05T00:00:01Z'), result])
    expect(await standing()).toEqual(['pass', 'held', undefined])
    expect((await record()).mails).toEqual(['welcome/00001234'])

    await tell(event('release-hold', '2026-05-06T00:00:00Z'))
    expect(await standing()).toEqual(['pass', 'valid', 'active'])
    expect((await record()).mails.filter((key) => key.startsWith('result/'))).toHaveLength(1)
  })

  test('a revoke before its result waits for it, and then counts', async () => {
    await deliver({ 'cand-20260503.dat': person })

    await tell(event('revoke-result', '2026-05-10T00:00:00Z'))
    expect(await waitingRows()).toMatchObject([{ reason: 'event_before_result', resolvedAt: null }])
    await tick()
    expect(await totals()).toMatchObject({ quarantined: 1 })

    await deliver({ 'exam-20260505.dat': pass })
    expect(await standing()).toEqual(['pass', 'revoked', undefined])
    expect((await waitingRows())[0]!.resolvedAt).not.toBeNull()
    expect(await totals()).toMatchObject({ quarantined: 0 })
  })

  test('another grade changes the grade and the score, and an older one changes nothing', async () => {
    await deliver(results)

    await tell(
      event('modify-result-status', '2026-05-10T00:00:00Z', { grade: 'fail', score: '690' }),
      event('modify-result-status', '2026-05-09T00:00:00Z', { grade: 'pass', score: '999' }),
    )

    expect((await record()).results).toEqual([
      { registrationId: '300000001', delivery: 'delivered', grade: 'fail', validity: 'valid', score: '690' },
    ])
    expect(await standing()).toEqual(['fail', 'valid', 'suspended'])
    expect(await totals()).toMatchObject({ changed: 1, superseded: 1 })
  })

  test('an older grade still counts after a newer hold, and a late revoke after a newer release', async () => {
    await deliver(results)

    await tell(
      event('place-hold', '2026-05-20T00:00:00Z'),
      event('modify-result-status', '2026-05-10T00:00:00Z', { grade: 'fail', score: '690' }),
    )
    expect(await standing()).toMatchObject(['fail', 'held', 'suspended'])

    await tell(event('release-hold', '2026-05-25T00:00:00Z'), event('revoke-result', '2026-05-15T00:00:00Z'))
    expect(await standing()).toMatchObject(['fail', 'revoked', 'suspended'])

    // What lifted a later mark is not undone by what had set it before, nor by a file that has no word for it.
    await tell(event('place-hold', '2026-05-22T00:00:00Z'), event('unrevoke-result', '2026-05-26T00:00:00Z'))
    await deliver({ 'exam-20260530.dat': table(EXAM_A, examRow({ grade: 'fail', score: '690' })) })
    expect(await standing()).toMatchObject(['fail', 'valid', 'suspended'])
  })

  test('the same events in any order come to the same', async () => {
    await deliver(results)
    const events = [
      event('place-hold', '2026-05-06T00:00:00Z'),
      event('modify-result-status', '2026-05-07T00:00:00Z', { grade: 'fail', score: '1' }),
      event('revoke-result', '2026-05-08T00:00:00Z'),
      event('release-hold', '2026-05-09T00:00:00Z'),
      event('modify-result-status', '2026-05-10T00:00:00Z', { grade: 'pass', score: '750' }),
      event('unrevoke-result', '2026-05-11T00:00:00Z'),
    ]

    await tell(...events.toReversed())

    expect((await record()).results).toMatchObject([{ grade: 'pass', validity: 'valid', score: '750' }])
    expect(await standing()).toEqual(['pass', 'valid', 'active'])
  })

  test('a word for validity in a file counts by its time', async () => {
    const header =
      'registration_id,client_candidate_id,exam_code,delivered_at,delivery,grade,validity,score,modified_at'
    const row = (validity: string, at: string) =>
      `300000001,00001234,JN0-106,2026-05-04T12:30:00,delivered,pass,${validity},742,${at}`
    await deliver({
      'cand-20260503.dat': person,
      'results-1.csv': table(header, row('revoked', '2026-05-06T00:00:00Z')),
    })

    await tell(event('unrevoke-result', '2026-05-05T00:00:00Z'))
    expect((await record()).results).toMatchObject([{ validity: 'revoked' }])

    await tell(event('place-hold', '2026-05-08T00:00:00Z'))
    await deliver({ 'results-2.csv': table(header, row('valid', '2026-05-07T00:00:00Z')) })
    expect((await record()).results).toMatchObject([{ validity: 'held' }])

    await deliver({ 'results-3.csv': table(header, row('valid', '2026-05-09T00:00:00Z')) })
    expect((await record()).results).toMatchObject([{ validity: 'valid' }])
  })

  test('an event that names somebody else changes nothing and waits for a person', async () => {
    await deliver(results)

    await tell(
      event('revoke-result', '2026-05-10T00:00:00Z', { clientCandidateId: '00009999' }),
      event('revoke-result', '2026-05-10T00:00:00Z', { examCode: 'JN0-351' }),
    )
    await deliver({ 'exam-20260520.dat': table(EXAM_A, examRow({ score: '743' })) })

    expect((await record()).results).toMatchObject([{ validity: 'valid', score: '743' }])
    expect((await waitingRows()).map(({ reason }) => reason).toSorted()).toEqual([
      'candidate_changed',
      expect.stringMatching(/^(exam_changed|unknown_exam)$/),
    ])
  })

  test('bookings follow the vendor, whole or in part, and come to an end', async () => {
    await deliver({ 'cand-20260503.dat': person })
    const booking = {
      change_reason: 'BOOKING_CREATED',
      booking_code: 'B1',
      booking_on: '2026-07-01T22:30:00Z',
      candidate_id: '00001234',
      candidate_fname: 'Zofia',
      effective_date: '2026-05-10T08:00:00Z',
      exam_code: 'JN0-106',
      location_code: '77',
      location_timezone: 'America/New_York',
    }
    const of = async () =>
      (await db.select().from(schema.registrations).where(eq(schema.registrations.registrationId, 'B1')))[0]

    // A cancellation of what is not known yet waits, and is outdated by what was booked after it.
    await tell(event('cancel-appointment', '2026-05-09T00:00:00Z', { registrationId: 'B1' }))
    expect(await waitingRows()).toMatchObject([{ reason: 'event_before_result', resolvedAt: null }])
    await tell(booking)
    expect((await waitingRows())[0]!.resolvedAt).not.toBeNull()
    expect(await of()).toMatchObject({
      state: 'scheduled',
      appointmentOn: '2026-07-01',
      appointmentTime: '18:30',
    })

    await tell(
      event('modify-appointment', '2026-05-11T00:00:00Z', {
        registrationId: 'B1',
        appointmentAt: '2026-07-03T10:00',
      }),
    )
    expect(await of()).toMatchObject({
      state: 'rescheduled',
      appointmentOn: '2026-07-03',
      siteCode: '77',
      candidateId: '00001234',
      timeZone: 'America/New_York',
    })

    await tell({ ...booking, change_reason: 'EXAM_COMPLETED', effective_date: '2026-05-12T08:00:00Z' })
    expect(await of()).toMatchObject({ state: 'delivered' })
    await tell(event('cancel-appointment', '2026-05-13T00:00:00Z', { registrationId: 'B1' }))
    expect(await of()).toMatchObject({ state: 'cancelled', exam: 'JNCIA-Junos' })
    expect(await scan(['Zofia'])).toEqual([])
  })

  test('are read as we write them, whatever map of the vendor’s own files would fit, and again when it is changed', async () => {
    const { id } = await givenCandidate()
    const columns = {
      registrationId: 'registration_id',
      candidateId: 'client_authorization_id',
      examCode: 'exam_code',
      examAt: 'delivered_at',
      grade: 'grade',
    }
    const maps = [{ name: 'Everything', files: '*', kind: 'result', columns }]
    await db.update(schema.feeds).set({ settings: { maps, encoding: 'windows-1252' } })
    const about = { clientCandidateId: id, examCode: 'JN0-106' }

    await tell([
      event('result-notification', '2026-05-05T00:00:00Z', {
        ...about,
        deliveredAt: '2026-05-04',
        grade: 'pass',
        siteCode: 'Zürich',
      }),
      event('revoke-result', '2026-05-06T00:00:00Z', { ...about, registrationId: '300000002' }),
    ])
    await db.update(schema.feeds).set({ settings: { maps }, version: 2 })
    await tick()

    expect(await db.select().from(schema.results)).toMatchObject([
      { candidateId: id, grade: 'pass', siteCode: 'Zürich' },
    ])
    expect(await db.select().from(schema.quarantinedRows)).toMatchObject([
      { reason: 'event_before_result', resolvedAt: null, feedVersion: 2 },
    ])
    expect((await db.select().from(schema.deliveries)).map(({ state }) => state)).toEqual(['imported'])
  })

  test('who was absent has a result that says so, excused or not', async () => {
    await deliver({ 'cand-20260503.dat': person })
    const absent = {
      change_reason: 'ABSENT',
      booking_code: 'B1',
      booking_on: '2026-05-04T22:30:00Z',
      candidate_id: '00001234',
      effective_date: '2026-05-05T08:00:00Z',
      exam_code: 'JN0-106',
    }

    await tell(absent)
    expect((await record()).results).toMatchObject([{ delivery: 'no_show', grade: 'none' }])
    await tell({ ...absent, change_reason: 'EXCUSED_ABSENT', effective_date: '2026-05-06T08:00:00Z' })
    expect((await record()).results).toMatchObject([{ delivery: 'no_show_excused', grade: 'none' }])
  })
})

describe('bundling', () => {
  const sent = () => [
    event('place-hold', '2026-05-06T00:00:00Z'),
    event('release-hold', '2026-05-07T00:00:00Z'),
    event('place-hold', '2026-05-08T00:00:00Z', { registrationId: '300000002' }),
  ]

  test.each(['before', 'after'] as const)(
    'that is killed %s any of its calls and run again loses no event and tells none twice',
    async (when) => {
      let kills = 0
      for (let n = 1; ; n += 1) {
        await sendEvents(sent(), { secret })
        const { bindings } = failingAt(n, when)
        const killed = await bundleEvents(bindings).then(
          () => false,
          () => true,
        )
        // What comes in between is a delivery of its own, or joins those that nobody has claimed.
        await sendEvents(event('place-hold', '2026-05-01T00:00:00Z'), { secret })
        await bundleEvents(env)
        await bundleEvents(env)

        const events = await db.select().from(schema.feedEvents)
        const deliveries = await db.select().from(schema.deliveries)
        expect(events).toHaveLength(4)
        expect(events.every(({ body }) => body === null)).toBe(true)
        expect(new Set(events.map(({ deliveryId }) => deliveryId))).toEqual(
          new Set(deliveries.map(({ id }) => id)),
        )
        expect((await env.BUCKET.list()).objects.map(({ key, size }) => [key, size]).toSorted()).toEqual(
          deliveries.map(({ objectKey, bytes }) => [objectKey, bytes]).toSorted(),
        )
        const told = (await scan(events.map(({ eventId }) => `,${eventId},`))).filter(
          (found) => !found.startsWith('feed_events'),
        )
        expect(told).toHaveLength(4)
        await db.delete(schema.feedEvents)
        await db.delete(schema.deliveries)
        for (const { key } of (await env.BUCKET.list()).objects) await env.BUCKET.delete(key)
        if (!killed) break
        kills += 1
      }
      expect(kills).toBeGreaterThan(4)
    },
    60_000,
  )

  test('two at once make one delivery', async () => {
    await sendEvents(sent(), { secret })

    await Promise.all([bundleEvents(env), bundleEvents(env)])

    expect(await db.$count(schema.deliveries)).toBe(1)
    expect((await db.select().from(schema.feedEvents)).map(({ body }) => body)).toEqual([null, null, null])
  })

  test('whoever leaves before it is in nothing that is bundled, and the event is still known', async () => {
    const leaver = await givenCandidate({ id: 'JPR77001234', fullName: 'Ada Leaver', closesAt: LONG_AGO })
    const { registrationId } = await givenResult({ candidateId: leaver.id })
    const theirs = event('revoke-result', '2026-05-06T00:00:00Z', {
      id: `revoke-${leaver.id}`,
      registrationId,
      clientCandidateId: leaver.id,
    })
    await sendEvents([theirs, event('place-hold', '2026-05-06T00:00:00Z')], { secret })
    await sendEvents({ ...theirs, id: 'E-claimed' }, { secret })
    await expect(bundleEvents(failingAt(5, 'after').bindings)).rejects.toThrow('killed')
    await sendEvents({ ...theirs, id: 'E-late' }, { secret })
    expect(await scan([leaver.id])).not.toEqual([])

    await closeAccounts(env, new Date())
    await bundleEvents(env)
    await clearDeliveries(env, new Date())

    expect(await scan([leaver.id])).toEqual([])
    expect(await (await sendEvents({ ...theirs, id: 'E-late' }, { secret })).json()).toEqual({
      accepted: 0,
      known: 1,
    })
  })
})
