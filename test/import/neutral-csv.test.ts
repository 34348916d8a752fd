/// <reference types="vite/client" />
import { env } from 'cloudflare:workers'
import { asc, eq } from 'drizzle-orm'
import { strToU8, zipSync } from 'fflate'
import Papa from 'papaparse'
import { beforeEach, describe, expect, test } from 'vitest'
import { layoutOf } from '../../src/import/columns.ts'
import { listReports, loadReport, requestRun } from '../../src/import/delivery-queries.ts'
import { readManifest } from '../../src/import/manifest.ts'
import { closedIdHash } from '../../src/privacy/closed-ids.ts'
import { chooseClosed } from '../../src/privacy/closed-records.ts'
import * as schema from '../../src/schema.ts'
import { db, givenProgram } from '../support/builders.ts'
import { CAND, candRow, deliver, EXAM_A, examRow, NOW, putInInbox, table, tick } from './deliver.ts'
import { givenFeed } from './given-feed.ts'
import { type JsonSchema, schemaFaults } from './json-schema.ts'
import { membersOf, record, totals, waitingRows } from './record.ts'

beforeEach(async () => {
  await givenProgram()
})

const folder = '../../programs/neutral-csv/'
const documented = import.meta.glob<string>('../../programs/neutral-csv/**/*.{json,csv}', {
  query: '?raw',
  import: 'default',
  eager: true,
})
const schemaOf = (name: string) => JSON.parse(documented[`${folder}${name}.schema.json`]!) as JsonSchema
const example = (name: string) => documented[`${folder}example/${name}`]!
const TABLES = ['candidates', 'registrations', 'results', 'sections', 'courses'] as const
const TABLE_KINDS = {
  candidates: 'candidate',
  registrations: 'registration',
  results: 'result',
  sections: 'section',
  courses: 'course',
}

const given = (settings: object) => db.update(schema.feeds).set({ settings })
const people = table(CAND, candRow('00001234'), candRow('00001235', { first: 'Grace', last: 'Hopper' }))

async function newest(feed = 'pearson') {
  const [report] = await listReports(db, feed, 1)
  return report!
}

describe('the format as it is documented', () => {
  test.each(TABLES)(
    '%s: the example fits its schema, and every column that is said to be read is',
    (name) => {
      const rowSchema = schemaOf(name)
      const { data } = Papa.parse<Record<string, string>>(example(`${name}.csv`), {
        header: true,
        skipEmptyLines: true,
      })
      expect(data.length).toBeGreaterThan(1)
      expect(data.flatMap((row, line) => schemaFaults(rowSchema, row, `${line}`))).toEqual([])

      const columns = Object.entries(rowSchema.properties!)
      const read = columns.filter(([, column]) => column['x-read'] !== false).map(([column]) => column)
      const layout = layoutOf(read, `${name}.csv`, givenFeed())
      if (!layout.ok || !layout.value) throw new Error('no layout')
      expect(layout.value.kind).toBe(TABLE_KINDS[name])
      const unread = read.filter((_, index) => !Object.values(layout.value!.columns).includes(index))
      expect(unread).toEqual(name === 'results' ? ['result_id'] : [])
      const without = columns.filter(([, column]) => column['x-read'] === false).map(([column]) => column)
      const all = layoutOf([...read, ...without], `${name}.csv`, givenFeed())
      expect(all.ok && all.value!.columns).toEqual(layout.value.columns)
    },
  )

  test('the schema of the manifest and what the import reads are of one mind', () => {
    const manifestSchema = schemaOf('manifest')
    const good = JSON.parse(example('manifest.json')) as Record<string, unknown>
    const bad = [
      { ...good, mode: 'all' },
      { ...good, created_at: '2026-05-05' },
      { ...good, sequence: 1.5 },
      { ...good, files: [] },
      { ...good, files: [{ name: 'x.csv', rows: 1, sha256: 'abc' }] },
      { ...good, files: [{ name: 'x.csv', rows: 1, sha256: 'a'.repeat(64), totals: { passed: 1 } }] },
      { ...good, more: true },
    ]

    expect([good, ...bad].map((one) => schemaFaults(manifestSchema, one).length === 0)).toEqual([
      true,
      ...bad.map(() => false),
    ])
    expect([good, ...bad].map((one) => readManifest(JSON.stringify(one)).ok)).toEqual([
      true,
      ...bad.map(() => false),
    ])
  })

  test('the example is imported whole, and again without any effect', async () => {
    await db
      .insert(schema.feeds)
      .values({ id: 'example', name: 'Example', settings: {}, createdAt: NOW, changedAt: NOW })
    const names = [...TABLES.map((name) => `${name}.csv`), 'manifest.json']
    const zip = zipSync(Object.fromEntries(names.map((name) => [name, strToU8(example(name))])))
    await env.BUCKET.put('inbox/example/example-20260505.zip', zip)
    await tick()

    const { delivery, counts } = await newest('example')
    expect(delivery).toMatchObject({
      state: 'imported',
      manifest: { createdAt: '2026-05-05T00:15:00Z', sequence: 1, mode: 'delta' },
    })
    expect(counts).toMatchObject({ read: 12, new: 12 })
    expect((await loadReport(db, delivery.id, { limit: 10, offset: 0 }))!.problems).toEqual([])
    expect(await record()).toMatchObject({
      people: [{ name: 'Ada Byron' }, { name: 'Grace "Amazing" Hopper' }, { name: '黒澤 明' }],
      results: [{ grade: 'pass' }, { grade: 'fail' }, { delivery: 'no_show' }],
      awards: [{ candidateId: 'EX00000001' }],
    })
    expect((await membersOf(delivery.id)).map(({ name, kind, lines }) => [name, kind, lines])).toEqual([
      ['candidates.csv', 'candidate', 4],
      ['registrations.csv', 'registration', 3],
      ['results.csv', 'result', 4],
      ['sections.csv', 'section', 3],
      ['courses.csv', 'course', 3],
      ['manifest.json', 'manifest', null],
    ])

    await requestRun(db, delivery.id, null)
    await tick()

    expect(await newest('example')).toMatchObject({
      delivery: { state: 'imported', run: 2 },
      counts: { read: 12, unchanged: 12 },
    })
  })
})

describe('a delivery with a manifest', () => {
  const results = (...rows: string[]) =>
    table('registration_id,client_candidate_id,exam_code,delivered_at,delivery,grade', ...rows)
  const row = (registration: string, grade = 'pass') =>
    `${registration},00001234,JN0-106,2026-05-04T12:00:00,delivered,${grade}`

  async function sha256(text: string) {
    const digest = await crypto.subtle.digest('SHA-256', strToU8(text))
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  }

  /** A ZIP whose manifest is right, but for what is said otherwise of it and of its first file. */
  async function delivered(files: Record<string, string>, said: object = {}, saidOfFile: object = {}) {
    const listed = await Promise.all(
      Object.entries(files).map(async ([name, text], n) => ({
        name,
        rows: text.trim().split('\r\n').length - 1,
        sha256: await sha256(text),
        ...(n === 0 && saidOfFile),
      })),
    )
    const manifest = {
      feed: 'pearson',
      mode: 'delta',
      created_at: '2026-05-05T00:00:00Z',
      sequence: 1,
      files: listed,
      ...said,
    }
    const texts = { ...files, 'manifest.json': JSON.stringify(manifest) }
    return zipSync(Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, strToU8(text)])))
  }

  test('that does not fit waits whole with what was expected and found, until one of the staff lets it through', async () => {
    await deliver({ 'cand-20260501.dat': people })
    const files = { 'results.csv': results(row('1'), row('2', 'fail')) }
    const zips = {
      'a-20260505.zip': await delivered(files, {}, { rows: 3 }),
      'b-20260506.zip': await delivered(files, {}, { sha256: 'f'.repeat(64) }),
      'c-20260507.zip': await delivered(files, {}, { totals: { pass: 2, fail: 0 } }),
      'd-20260508.zip': await delivered(files, { feed: 'psi' }),
      'e-20260509.zip': zipSync({
        'results.csv': strToU8(files['results.csv']),
        'manifest.json': strToU8('{'),
      }),
    }
    await putInInbox(zips)
    await tick()

    const held = await db
      .select()
      .from(schema.deliveries)
      .where(eq(schema.deliveries.state, 'needs_review'))
      .orderBy(asc(schema.deliveries.name))
    expect(
      held.map(({ brakes }) => brakes!.map(({ kind, detail }) => [kind, ...Object.values(detail)])),
    ).toEqual([
      [['manifest', 'results.csv', 'rows', 3, 2]],
      [['manifest', 'results.csv', 'sha256', 'f'.repeat(64), await sha256(files['results.csv'])]],
      [
        ['manifest', 'results.csv', 'pass', 2, 1],
        ['manifest', 'results.csv', 'fail', 0, 1],
      ],
      [['manifest', 'manifest.json', 'feed', 'psi', 'pearson']],
      [['manifest', 'manifest.json', 'manifest', 'is not JSON']],
    ])
    expect((await record()).results).toEqual([])

    const [reviewer] = await db
      .insert(schema.staff)
      .values({ email: 'r@example.org', name: 'Rita', role: 'reviewer', invitedAt: NOW })
      .returning()
    await requestRun(db, held[0]!.id, reviewer!.id)
    await tick()

    expect((await record()).results).toHaveLength(2)
  })

  test('tells of a gap before it, and waits where its number was used or passed', async () => {
    const zip = async (n: number, sequence: number) =>
      delivered({ 'results.csv': results(row(`${n}`)) }, { sequence })
    await deliver({
      'z-people-20260501.dat': people,
      'a-20260505.zip': await zip(1, 5),
      'b-20260506.zip': await zip(2, 8),
      'c-20260507.zip': await zip(3, 8),
      'd-20260508.zip': await zip(4, 7),
      'e-20260509.zip': await zip(5, 9),
    })

    const all = await db.select().from(schema.deliveries).orderBy(asc(schema.deliveries.name))
    expect(all.slice(0, -1).map(({ state, brakes }) => [state, brakes?.[0]?.kind])).toEqual([
      ['imported', undefined],
      ['imported', undefined],
      ['needs_review', 'sequence'],
      ['needs_review', 'sequence'],
      ['imported', undefined],
    ])
    const gaps = await db
      .select()
      .from(schema.quarantinedRows)
      .where(eq(schema.quarantinedRows.reason, 'sequence_gap'))
    expect(gaps).toMatchObject([
      {
        deliveryId: all[1]!.id,
        message: 'is not the next in its sequence: 2 deliveries before it have not come',
        resolvedAt: expect.any(Date),
      },
    ])
    expect((await membersOf(all[1]!.id)).at(-1)).toMatchObject({
      kind: 'manifest',
      note: gaps[0]!.message,
    })
  })

  test('of everything deletes nothing, and waits where it leaves out much of what is open', async () => {
    const booked = (count: number) =>
      table(
        'registration_id,client_candidate_id,exam_code,state',
        ...Array.from({ length: count }, (_, n) => `${n},00001234,JN0-106,scheduled`),
      )
    await deliver({
      'cand-20260501.dat': people,
      'registrations-20260502.csv': booked(30),
      'exam-20260503.dat': table(EXAM_A, examRow({ registration: '29' })),
      'a-20260505.zip': await delivered({ 'registrations.csv': booked(27) }, { mode: 'bulk' }),
      'b-20260506.zip': await delivered({ 'registrations.csv': booked(20) }, { mode: 'bulk', sequence: 2 }),
      'c-20260507.zip': await delivered({ 'results.csv': results(row('29')) }, { mode: 'bulk', sequence: 3 }),
    })

    const [a, b, c] = (await db.select().from(schema.deliveries).orderBy(asc(schema.deliveries.name))).slice(
      0,
      3,
    )
    expect([a!.state, c!.state]).toEqual(['imported', 'imported'])
    expect(b).toMatchObject({
      state: 'needs_review',
      brakes: [{ kind: 'bulk', detail: { open: 29, missing: 9, allowed: 0.1 } }],
    })
    expect(await db.$count(schema.registrations)).toBe(30)
  })
})

describe('whose a row is', () => {
  test('an acknowledgement teaches whom the vendor’s number means, and rows that waited for it count', async () => {
    const results = (...rows: string[]) =>
      table(
        'registration_id,vendor_candidate_id,client_candidate_id,exam_code,delivered_at,delivery,grade',
        ...rows,
      )
    await deliver({
      'cand-20260501.dat': people,
      'results-20260505.csv': results(
        '1,7001,,JN0-106,2026-05-04T12:00:00,delivered,pass',
        '2,7001,00001235,JN0-106,2026-05-04T12:00:00,delivered,pass',
        '3,7009,,JN0-106,2026-05-04T12:00:00,delivered,pass',
        '4,7001,SOMEBODY,JN0-105,2026-03-04T12:00:00,delivered,fail',
      ),
    })
    expect((await waitingRows()).map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'unknown_candidate'],
      [4, 'unknown_candidate'],
      [5, 'unknown_candidate'],
    ])

    await deliver({
      'vcdc-20260506.dat': table(
        'ClientCandidateID	CandidateID	Status	Date	Message',
        '00001234	7001	Accepted	2026/05/06 01:00:00	',
        '00001234	7001	Accepted	2026/05/06 01:00:00	',
        '00001235		Accepted	2026/05/06 01:00:00	',
        'NEWCOMER	7002	Accepted	2026/05/06 01:00:00	',
        '00001235	7003	Accepted	2026/05/06 01:00:00	WARNING: There be dragons',
        '00001235	7003	Error	2026/05/06 01:00:00	Empty Address',
      ),
    })

    expect((await newest()).counts).toMatchObject({
      read: 6,
      new: 1,
      unchanged: 1,
      skipped: 1,
      quarantined: 3,
    })
    expect(await db.select().from(schema.vendorCandidates)).toMatchObject([
      { vendorCandidateId: '7001', candidateId: '00001234', learnedFrom: (await newest()).delivery.id },
    ])
    const held = await db.select().from(schema.results).orderBy(asc(schema.results.registrationId))
    expect(held.map(({ registrationId, candidateId }) => [registrationId, candidateId])).toEqual([
      ['1', '00001234'],
      ['2', '00001235'],
      ['4', '00001234'],
    ])

    await deliver({
      'cand-20260507.dat': table(CAND, candRow('NEWCOMER')),
      'results-20260508.csv': results('5,7001,00001235,JN0-106,2026-05-04T12:00:00,delivered,pass'),
    })

    expect(await db.$count(schema.vendorCandidates)).toBe(2)
    const waiting = await db
      .select()
      .from(schema.quarantinedRows)
      .where(eq(schema.quarantinedRows.kind, 'result'))
    expect(
      waiting
        .filter(({ resolvedAt }) => resolvedAt === null)
        .map(({ reason }) => reason)
        .toSorted(),
    ).toEqual(['candidate_conflict', 'unknown_candidate'])
  })

  test('a file of ours that the vendor took nothing of is told of, and the delivery wants a look', async () => {
    await deliver({
      'vcdc-20260506.dat': table(
        'ClientCandidateID	Status	Date	Message',
        '	Error	2026/05/06 01:00:00	Invalid header',
      ),
    })

    const { delivery } = await newest()
    expect(delivery).toMatchObject({ state: 'needs_review', brakes: null })
    expect((await loadReport(db, delivery.id, { limit: 10, offset: 0 }))!.problems).toMatchObject([
      { line: 2, message: 'the vendor took nothing of the file: Invalid header' },
    ])
  })

  test('an authorization says whose a row without an ID is', async () => {
    await deliver({
      'cand-20260501.dat': people,
      'registrations.csv': table(
        'registration_id,client_candidate_id,exam_code,state,client_authorization_id',
        '1,00001235,JN0-106,authorized,A-1',
      ),
      'results-20260505.csv': table(
        'registration_id,client_authorization_id,exam_code,delivered_at,delivery,grade',
        '9,A-1,JN0-106,2026-05-04T12:00:00,delivered,pass',
        '10,A-2,JN0-106,2026-05-04T12:00:00,delivered,pass',
      ),
    })

    expect(await db.select().from(schema.results)).toMatchObject([
      { registrationId: '9', candidateId: '00001235' },
    ])
    expect(await waitingRows()).toMatchObject([{ line: 3, reason: 'missing_required' }])
  })

  test('a row that names somebody new begins a record, and never a second one of somebody known', async () => {
    const rows = table(
      'registration_id,client_candidate_id,first_name,last_name,email,birth_date,exam_code,delivered_at,delivery,grade',
      ...Array.from(
        { length: 25 },
        (_, n) =>
          `${n},N${n},Nova,Star${n},n${n}@example.org,1990-02-08,JN0-106,2026-05-04T12:00:00,delivered,pass`,
      ),
      '90,OTHER,ADA,byron,00001234@EXAMPLE.org,,JN0-106,2026-05-04T12:00:00,delivered,pass',
      '91,FAMILY,Annabella,Byron,00001234@example.org,,JN0-106,2026-05-04T12:00:00,delivered,pass',
    )
    await deliver({ 'cand-20260501.dat': people, 'results-20260505.csv': rows })

    expect((await newest()).delivery.state).toBe('imported')
    expect((await record()).people).toHaveLength(2 + 26)
    expect((await record()).mails).toEqual(expect.arrayContaining(['welcome/N0', 'result/pearson/0']))
    const [waiting] = await db.select().from(schema.quarantinedRows)
    expect(waiting).toMatchObject({ reason: 'ambiguous_candidate', candidateId: 'OTHER', resolvedAt: null })

    await deliver({ 'cand-20260502.dat': table(CAND, candRow('N0', { first: 'Nova', last: 'Sun' })) })
    expect((await record()).people.find(({ id }) => id === 'N0')).toEqual({ id: 'N0', name: 'Nova Sun' })

    await given({ createsCandidates: false })
    await deliver({
      'results-20260506.csv': rows
        .split('\r\n')
        .slice(0, 2)
        .join('\r\n')
        .replaceAll('N0', 'M0')
        .replace('\n0,', '\n80,'),
    })
    expect((await waitingRows()).map(({ reason }) => reason).toSorted()).toEqual([
      'ambiguous_candidate',
      'unknown_candidate',
    ])
  })
})

test('an account that was closed is known again where the feed strips zeros, and nothing of its rows is kept', async () => {
  await given({ stripsZeros: true })
  const hashOf = await closedIdHash(env.SEAL_KEY)
  const [idHmac] = await hashOf('1234')
  const closedAt = new Date('2026-05-20T00:00:00Z')
  await db.insert(schema.closedCandidates).values({ idHmac, closedAt })
  const exam = table(
    EXAM_A,
    examRow({ candidate: '00001234' }),
    `${examRow({ candidate: '001234' })}\ttoo wide`,
  )

  await deliver({ 'exam-20260505.dat': exam })

  expect(await totals()).toMatchObject({ skipped: 2, quarantined: 0 })
  expect(await db.$count(schema.quarantinedRows)).toBe(0)

  const closed = { hashOf, closedAtOf: new Map([[idHmac, closedAt.getTime()]]) }
  const delivery = (await newest()).delivery
  const records = [{ line: 2, raw: '001234\tx', cells: ['001234', 'x'] }]
  const layout = { columns: { candidateId: 0 }, width: 2 }
  const chosen = async (known: typeof layout | null, stripsZeros: boolean) =>
    (await chooseClosed(db, closed, delivery, known, { stripsZeros })(records)).size
  expect([await chosen(layout, true), await chosen(null, true), await chosen(layout, false)]).toEqual([
    1, 1, 0,
  ])
})

const acknowledged = import.meta.glob<string>(
  '../../../shared/data/feeds/pearson-vue-{vcdc,eac}.transcribed.dat',
  {
    query: '?raw',
    import: 'default',
    eager: true,
  },
)

test.skipIf(Object.keys(acknowledged).length < 2)(
  'the acknowledgements that are public are read',
  async () => {
    const [eac, vcdc] = Object.entries(acknowledged)
      .toSorted()
      .map(([, text]) => text)
    await deliver({ 'vcdc-20160515.dat': vcdc!, 'eac-20160516.dat': eac! })

    expect(await totals()).toMatchObject({ new: 0, skipped: 2, quarantined: 4 })
    expect((await waitingRows()).map(({ reason }) => reason)).toEqual(
      Array.from({ length: 4 }, () => 'not_accepted'),
    )
  },
)
