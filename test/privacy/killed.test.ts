import { env } from 'cloudflare:workers'
import { strToU8, zipSync } from 'fflate'
import { beforeEach, expect, test } from 'vitest'
import { sha256Hex } from '../../src/core/tokens.ts'
import { clearDeliveries } from '../../src/privacy/clear-deliveries.ts'
import { closeAccounts } from '../../src/privacy/close-accounts.ts'
import * as schema from '../../src/schema.ts'
import { CAND, candRow, EXAM_A, examRow, table } from '../import/deliver.ts'
import { db, givenAward, givenCandidate, givenProgram, givenResult, LONG_AGO } from '../support/builders.ts'
import { failingAt } from '../support/failing-bindings.ts'
import { givenTranscript } from '../transcripts/given-transcript.ts'
import { CLOSED } from './everything.ts'
import { readBucket, readTable, scan } from './scan.ts'

beforeEach(async () => {
  await givenProgram()
})

async function givenDelivery(name: string, bytes: Uint8Array) {
  const objectKey = `deliveries/pearson/${name}`
  await env.BUCKET.put(objectKey, bytes)
  await db.insert(schema.deliveries).values({
    id: name,
    feed: 'pearson',
    name,
    sha256: await sha256Hex(name),
    bytes: bytes.length,
    vendorTime: 0,
    receivedAt: LONG_AGO,
    receivedBy: 'api',
    objectKey,
    state: 'imported',
  })
}

/** Somebody whose account is to close, with something in most places. */
async function givenLeaver(number: number) {
  const [id, last] = [`LEAVER${number}`, `Leaverson${number}x`]
  await givenCandidate({ id, fullName: `Ada ${last}`, email: `${last}@example.org`, closesAt: LONG_AGO })
  await givenResult({ candidateId: id })
  const award = await givenAward({ candidateId: id })
  await givenTranscript({ candidateId: id, awards: [award], remarks: `Of ${last}` })
  await env.BUCKET.put(`ecertificates/${award.id}/one.pdf`, last)
  await env.BUCKET.put(`data-exports/${last}`, last)
  await db.insert(schema.dataExports).values({
    candidateId: id,
    askedAt: LONG_AGO,
    readyAt: LONG_AGO,
    objectKey: `data-exports/${last}`,
    expiresAt: CLOSED,
  })
  const people = table(
    CAND,
    candRow('KIM', { first: 'Kim' }),
    candRow(id, { last }),
    candRow('LEE', { first: 'Lee' }),
  )
  await givenDelivery(`cand-${number}.dat`, strToU8(people))
  const results = table(EXAM_A, examRow({ candidate: id }), examRow({ candidate: 'KIM' }))
  const zip = zipSync({ 'cand.dat': strToU8(people), 'exam.dat': strToU8(results) })
  await givenDelivery(`zip-${number}.zip`, zip)
  return [id, last]
}

async function run(bindings: Env) {
  await closeAccounts(bindings, CLOSED)
  await clearDeliveries(bindings, CLOSED)
}

/** What is left, apart from names and instants that are random or this run's own. */
async function endState(number: number) {
  const people = (await readTable('candidates')).filter(({ erased_at }) => erased_at !== null)
  const deliveries = (await readTable('deliveries'))
    .filter(({ id }) => String(id).endsWith(`-${number}.dat`) || String(id).endsWith(`-${number}.zip`))
    .map(({ bytes, redacted_at, state }) => ({
      isRedacted: redacted_at !== null,
      state,
      isSmaller: Number(bytes) > 0,
    }))
  const log = (await readTable('audit_log')).filter(({ action }) => action === 'account.closed')
  const objects = (await readBucket()).map(({ key }) => key).filter((key) => !key.startsWith('deliveries/'))
  const unpacked = (await readBucket()).map(({ key }) => key).filter((key) => key.includes('.members/'))
  const results = (await readTable('results')).length
  return { closed: people.length, deliveries, entries: log.length, objects, unpacked, results }
}

test.each(['before', 'after'] as const)(
  'an erasure that is killed %s any of its calls and run again ends the same',
  async (when) => {
    let kills = 0
    for (let n = 1; ; n += 1) {
      const strings = await givenLeaver(n)
      const { bindings, calls } = failingAt(n, when)

      const killed = await run(bindings).then(
        () => false,
        () => true,
      )
      await run(env)

      expect(await scan(strings)).toEqual([])
      expect(await endState(n)).toEqual({
        closed: n,
        deliveries: Array(2).fill({ isRedacted: true, state: 'imported', isSmaller: true }),
        entries: n,
        objects: [],
        unpacked: [],
        results: n,
      })
      // Every closing looks through every delivery again: the next one is to have two.
      await db.delete(schema.deliveries)
      if (!killed) {
        expect(calls()).toBeLessThan(n)
        break
      }
      kills += 1
    }
    expect(kills).toBeGreaterThan(15)
  },
  120_000,
)
