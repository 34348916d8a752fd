import { env } from 'cloudflare:workers'
import { strToU8, zipSync } from 'fflate'
import { beforeEach, expect, test } from 'vitest'
import { inflateZipMember } from '../../src/import/zip-members.ts'
import * as schema from '../../src/schema.ts'
import { db, givenProgram } from '../support/builders.ts'
import { CAND, candRow, deliver, EXAM_A, examRow, table } from './deliver.ts'
import { record } from './record.ts'

beforeEach(async () => {
  await givenProgram()
})

const people = strToU8(table(CAND, candRow('00001234')))
const passes = strToU8(table(EXAM_A, examRow()))

async function problems() {
  return db
    .select({ member: schema.quarantinedRows.member, message: schema.quarantinedRows.message })
    .from(schema.quarantinedRows)
    .orderBy(schema.quarantinedRows.member)
}

test('the tables of a ZIP are loaded, people first, and unknown ones are noted', async () => {
  const zip = zipSync({
    'exam-2026-05-05-a.dat': passes,
    'item-2026-05-05.dat': strToU8('RegistrationID\tItem\n1\t2\n'),
    'cand-2026-05-05.dat': [people, { level: 0 }],
  })

  await deliver({ 'ORG-20260505.zip': zip })

  expect(await db.select().from(schema.deliveries)).toMatchObject([{ state: 'imported' }])
  expect((await record()).awards).toMatchObject([{ candidateId: '00001234' }])
  expect(await problems()).toEqual([
    { member: 'item-2026-05-05.dat', message: 'is of no kind that is imported' },
  ])
})

test('members that may do harm stay packed, the rest is loaded, and somebody is to look at it', async () => {
  const zip = zipSync({
    'cand-2026-05-05.dat': people,
    '../exam-2026-05-05.dat': passes,
    '/exam.dat': passes,
    'more.zip': zipSync({ 'exam.dat': passes }),
    'exam-bomb.dat': [new Uint8Array(4_000_000), { level: 9 }],
  })

  await deliver({ 'ORG-20260505.zip': zip })

  expect(await db.select().from(schema.deliveries)).toMatchObject([{ state: 'needs_review' }])
  expect((await record()).people).toHaveLength(1)
  expect((await record()).results).toEqual([])
  expect(await problems()).toEqual([
    { member: '../exam-2026-05-05.dat', message: 'has an unsafe name' },
    { member: '/exam.dat', message: 'has an unsafe name' },
    { member: 'exam-bomb.dat', message: 'says that it grows beyond all measure' },
    { member: 'more.zip', message: 'is an archive within the ZIP' },
  ])
})

test('a name may be as long as a ZIP takes', async () => {
  const name = `exam-${'x'.repeat(1000)}.dat`

  await deliver({ 'ORG-20260505.zip': zipSync({ 'cand.dat': people, [name]: passes }) })

  expect(await db.select().from(schema.deliveries)).toMatchObject([{ state: 'imported' }])
  expect((await record()).results).toHaveLength(1)
})

test('an empty member that nobody would read keeps nothing from being loaded', async () => {
  await deliver({ 'ORG-20260505.zip': zipSync({ 'cand.dat': people, 'notes.txt': new Uint8Array() }) })

  expect(await db.select().from(schema.deliveries)).toMatchObject([{ state: 'imported' }])
  expect(await problems()).toEqual([{ member: 'notes.txt', message: 'is of no kind that is imported' }])
})

test('no name of a member leads out of the delivery, on whatever system', async () => {
  const tricks = ['C:\\exam.dat', '..\\exam.dat', 'a/../exam.dat', '\\\\host\\exam.dat', 'exam\0.dat']
  const zip = zipSync({ 'cand.dat': people, ...Object.fromEntries(tricks.map((name) => [name, passes])) })

  await deliver({ 'ORG-20260505.zip': zip })

  expect(await db.select().from(schema.deliveries)).toMatchObject([{ state: 'needs_review' }])
  const told = await problems()
  expect((await record()).results).toEqual([])
  expect((await record()).people).toHaveLength(1)
  expect(told.map(({ member }) => member).sort()).toEqual(tricks.sort())
  expect(new Set(told.map(({ message }) => message))).toEqual(new Set(['has an unsafe name']))
})

test('a member that claims four gigabytes stays packed', async () => {
  const zip = zipSync({ 'cand.dat': people, 'exam.dat': passes })
  claim(zip, 'exam.dat', 0xfffffffe)

  await deliver({ 'ORG-20260505.zip': zip })

  expect(await db.select().from(schema.deliveries)).toMatchObject([{ state: 'needs_review' }])
  expect(await problems()).toEqual([{ member: 'exam.dat', message: 'says that it is larger than 2 GB' }])
})

test('a bomb that says it is small is put down where it grows beyond that', async () => {
  const zip = zipSync({ 'exam.dat': [new Uint8Array(20_000_000), { level: 1 }] })
  claim(zip, 'exam.dat', 1000)
  const parts: number[] = []
  const into = new WritableStream<Uint8Array>({ write: (part) => void parts.push(part.length) })
  await env.BUCKET.put('bomb.zip', zip)

  const inflated = await inflateZipMember(env.BUCKET, 'bomb.zip', zip.length, 'exam.dat', into)

  expect(inflated).toEqual({ ok: false, refusal: expect.stringMatching(/^cannot be unpacked/) })
  expect(parts.reduce((sum, length) => sum + length, 0)).toBeLessThan(1_000_000)
})

test('an encrypted member stays packed', async () => {
  const zip = zipSync({ 'cand-2026-05-05.dat': people, 'exam.dat': passes })
  for (const header of headersOf(zip, 'exam.dat')) zip[header]! |= 1

  await deliver({ 'ORG-20260505.zip': zip })

  expect(await db.select().from(schema.deliveries)).toMatchObject([{ state: 'needs_review' }])
  expect(await problems()).toEqual([{ member: 'exam.dat', message: 'is encrypted' }])
})

test.each([
  ['an empty ZIP', zipSync({}), /^is an empty ZIP$/],
  ['a ZIP cut short', zipSync({ 'exam.dat': passes }).slice(0, 100), /^is a damaged ZIP/],
  ['a ZIP with a damaged member', damaged(), /^exam\.dat cannot be unpacked/],
  [
    'a ZIP with a table that lacks columns',
    zipSync({ 'cand.dat': people, 'exam.dat': strToU8('RegistrationID\n') }),
    /^exam\.dat lacks ClientCandidateID, ExamSeriesCode, ExamDate$/,
  ],
  ['a ZIP with an empty table', zipSync({ 'exam.dat': new Uint8Array() }), /^exam\.dat is empty$/],
  ['a ZIP of a file too many', filled(201), /more than 200 files/],
  ['a ZIP of 2,000 files', filled(2000), /more than 200 files/],
  ['a ZIP with two files of one name', namesakes(), /^is a ZIP with two files named exam-1\.dat$/],
  ['a ZIP whose directory fills the memory', endless(), /^is a damaged ZIP .*a directory of 50000000 bytes/],
])(
  '%s is failed with the reason, nothing of it is applied, and its bytes are kept',
  async (_, zip, failure) => {
    await deliver({ 'ORG-20260505.zip': zip })

    const [delivery] = await db.select().from(schema.deliveries)
    expect(delivery).toMatchObject({ state: 'failed', failure: expect.stringMatching(failure) })
    expect((await record()).people).toEqual([])
    expect((await env.BUCKET.head(delivery!.objectKey))!.size).toBe(zip.length)
  },
)

function filled(count: number) {
  return zipSync(Object.fromEntries(Array.from({ length: count }, (_, n) => [`item-${n}.dat`, people])))
}

function namesakes() {
  const zip = zipSync({
    'exam-1.dat': passes,
    'exam-2.dat': strToU8(table(EXAM_A, examRow({ code: 'JN0-105' }))),
  })
  const text = new TextDecoder('latin1').decode(zip)
  for (const at of [text.indexOf('exam-2'), text.lastIndexOf('exam-2')]) zip[at + 5] = '1'.charCodeAt(0)
  return zip
}

/** Says that its directory is as long as no directory of ours, and is so long. */
function endless() {
  const zip = new Uint8Array(50_000_100)
  zip.set(zipSync({ 'exam.dat': passes }).subarray(0, 4))
  const end = new DataView(zip.buffer, zip.length - 22)
  end.setUint32(0, 0x06054b50, true)
  end.setUint16(8, 60_000, true)
  end.setUint16(10, 60_000, true)
  end.setUint32(12, 50_000_000, true)
  end.setUint32(16, zip.length - 22 - 50_000_000, true)
  return zip
}

function damaged() {
  const zip = zipSync({ 'exam.dat': [passes, { level: 0 }] })
  zip[60]! ^= 1
  return zip
}

/** Writes another size into the headers of a member. */
function claim(zip: Uint8Array, name: string, bytes: number) {
  const [local, central] = headersOf(zip, name) as [number, number]
  const view = new DataView(zip.buffer)
  view.setUint32(local + 16, bytes, true)
  view.setUint32(central + 16, bytes, true)
}

/** Where the flags of a member stand: in its local header and in the central directory. */
function headersOf(zip: Uint8Array, name: string): number[] {
  const text = new TextDecoder('latin1').decode(zip)
  const local = text.indexOf(name) - 30
  const central = text.lastIndexOf(name) - 46
  return [local + 6, central + 8]
}
