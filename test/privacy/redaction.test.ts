import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { strFromU8, strToU8, unzipSync } from 'fflate'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { blanking } from '../../src/privacy/blanked-stream.ts'
import { clearDeliveries } from '../../src/privacy/clear-deliveries.ts'
import { closeAccounts } from '../../src/privacy/close-accounts.ts'
import * as schema from '../../src/schema.ts'
import { CAND, candRow, deliver, EXAM_A, examRow, table } from '../import/deliver.ts'
import { totals } from '../import/record.ts'
import { db, givenProgram } from '../support/builders.ts'
import { CLOSED, givenDeliveries, ID, IMPORTED } from './everything.ts'
import { readTable, scan } from './scan.ts'

// Several imports each, on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

beforeEach(async () => {
  await givenProgram()
})

async function closeHers() {
  await db.update(schema.candidates).set({ closesAt: IMPORTED }).where(eq(schema.candidates.id, ID))
  await closeAccounts(env, CLOSED)
  await clearDeliveries(env, CLOSED)
}

async function bytesOf(name: string) {
  const delivery = (await db.select().from(schema.deliveries)).find((row) => row.name === name)!
  const object = await env.BUCKET.get(delivery.objectKey)
  return { delivery, bytes: new Uint8Array(await object!.arrayBuffer()) }
}

describe('what the vendor delivered', () => {
  test('keeps every other line, on its number, and says that it was changed', async () => {
    await givenDeliveries()
    const before = await bytesOf('ORG-20260505.zip')
    await closeHers()

    const { delivery, bytes } = await bytesOf('ORG-20260505.zip')
    const files = unzipSync(bytes)
    expect(strFromU8(files['cand-2026-05-05.dat']!).split('\r\n')).toEqual([
      CAND,
      candRow('JPR88000001', { first: 'Kim' }),
      '',
      candRow('JPR88000002', { first: 'Lee' }),
      '',
    ])
    expect(strFromU8(files['notes-2026-05-05.csv']!)).toBe('Who,What\r\n\r\nJPR88000001,asked\r\n')
    expect(delivery).toMatchObject({
      sha256: before.delivery.sha256,
      bytes: bytes.length,
      redactedAt: CLOSED,
    })

    const latin = await bytesOf('cand-2026-05-04.csv')
    expect(new TextDecoder('windows-1252').decode(latin.bytes)).toBe(
      'ClientCandidateID,FirstName,LastName,Address1\r\n' +
        'JPR88000001,Kim,Müller,1 Main St\r\n\r\n\r\nJPR88000002,Lee,Byron,1 Main St\r\n',
    )
  })

  test('can be imported again', async () => {
    await givenDeliveries()
    await closeHers()
    const { bytes } = await bytesOf('ORG-20260505.zip')
    const before = await totals()

    await deliver({ 'again.zip': bytes }, CLOSED)

    const after = await totals()
    expect(after.unchanged - before.unchanged).toBe(4)
    expect({ ...after, unchanged: 0 }).toEqual({ ...before, unchanged: 0 })
  })

  test('is left alone when nobody in it has left', async () => {
    await givenDeliveries()
    const stranger = table(CAND, candRow('JPR99000001', { first: 'Max', last: 'Solo' }))
    await deliver({ 'cand-2026-05-08.dat': stranger }, IMPORTED)
    await closeHers()

    const { delivery, bytes } = await bytesOf('cand-2026-05-08.dat')
    expect(delivery.redactedAt).toBeNull()
    expect(strFromU8(bytes)).toBe(stranger)
  })

  test('is not read while it is being imported', async () => {
    await givenDeliveries()
    await env.DB.prepare("UPDATE deliveries SET state = 'received' WHERE name = 'cand-2026-05-06.dat'").run()
    await closeHers()

    expect(await scan([ID])).toContainEqual(expect.stringContaining('deliveries/'))
    await env.DB.prepare("UPDATE deliveries SET state = 'imported' WHERE name = 'cand-2026-05-06.dat'").run()
    await clearDeliveries(env, CLOSED)
    expect(await scan([ID])).toEqual([])
  })
})

describe('a row about a closed account', () => {
  const herRow = candRow(ID, { first: 'Zofia', email: 'zofia@back.example' })
  const others = candRow('JPR88000001', { first: 'Kim' })

  test('that was written before is passed over, and its line goes', async () => {
    await givenDeliveries()
    await closeHers()
    const before = await totals()

    const late = table(CAND, others, herRow, [ID, 'Zofia'].join('\t'))
    await deliver({ 'cand-2026-05-09.dat': late }, CLOSED)
    await deliver({ 'exam-2026-05-09.dat': table(EXAM_A, examRow({ candidate: ID, date: 'never' })) }, CLOSED)
    await clearDeliveries(env, CLOSED)

    const after = await totals()
    expect(after.skipped - before.skipped).toBe(3)
    expect(after.quarantined).toBe(before.quarantined)
    expect(await scan([ID, 'zofia@back.example'])).toEqual([])
  })

  test('that was written later begins a new record', async () => {
    await givenDeliveries()
    await closeHers()

    await deliver({ 'cand-2099-07-01.dat': table(CAND, herRow) }, new Date('2099-07-01T12:00:00Z'))
    await clearDeliveries(env, CLOSED)

    expect(await readTable('candidates')).toContainEqual(expect.objectContaining({ id: ID, erased_at: null }))
    expect(strFromU8((await bytesOf('cand-2099-07-01.dat')).bytes)).toContain(ID)
  })

  test('that corrects a course later counts for it, without the person', async () => {
    await givenDeliveries()
    const course = (validity: string) =>
      table(
        'enrolment_id,client_candidate_id,course_code,completed_on,validity',
        `K-77,${ID},JIR,2026-05-04,${validity}`,
      )
    await deliver({ 'courses-2026-05-08.csv': course('') }, IMPORTED)
    await closeHers()
    expect(await readTable('course_completions')).toMatchObject([{ enrolment_id: 'K-77' }])

    await deliver({ 'courses-2099-07-01.csv': course('revoked') }, new Date('2099-07-01T12:00:00Z'))
    await clearDeliveries(env, CLOSED)

    expect(await readTable('course_completions')).toMatchObject([
      { validity: 'revoked', candidate_id: expect.stringMatching(/^closed-[0-9a-f]{16}$/) },
    ])
    expect(await readTable('quarantined_rows')).not.toContainEqual(
      expect.objectContaining({ kind: 'course' }),
    )
    expect(await scan([ID])).toEqual([])
  })

  test('that corrects a sitting later counts for it, without the person', async () => {
    await givenDeliveries()
    await closeHers()

    const correction = examRow({ candidate: ID, registration: '300000077', grade: 'fail', score: '1' })
    await deliver({ 'exam-2099-07-01.dat': table(EXAM_A, correction) }, new Date('2099-07-01T12:00:00Z'))
    await clearDeliveries(env, CLOSED)

    const result = (await readTable('results')).find((row) => row.registration_id === '300000077')
    expect(result).toMatchObject({
      grade: 'fail',
      candidate_id: expect.stringMatching(/^closed-[0-9a-f]{16}$/),
    })
    expect(await scan([ID])).toEqual([])
  })
})

test.each([1, 2, 3, 7, 100])('blanks are left out however the bytes arrive: %i at a time', async (size) => {
  const bytes = strToU8('0123456789abcdef')
  const parts = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.subarray(at, at + size))
      controller.close()
    },
  })
  const blanks = [
    { from: 0, to: 2, kept: new Uint8Array() },
    { from: 5, to: 11, kept: strToU8('\n') },
    { from: 14, to: 16, kept: new Uint8Array() },
  ]

  expect(await new Response(parts.pipeThrough(blanking(blanks))).text()).toBe('234\nbcd')
})
