import { env } from 'cloudflare:workers'
import { strToU8, zipSync } from 'fflate'
import { beforeEach, describe, expect, test } from 'vitest'
import { sweepSamples } from '../../src/feeds/samples.ts'
import type { ColumnMap } from '../../src/import/feed-settings.ts'
import * as schema from '../../src/schema.ts'
import { CAND, candRow, deliver, EXAM_A, examRow, table, tick } from '../import/deliver.ts'
import { record, totals } from '../import/record.ts'
import { db, givenProgram, LONG_AGO } from '../support/builders.ts'
import { givenStaff, ORIGIN, send, signedInStaff } from '../support/requests.ts'
import { formOf, lastCells } from './read-page.ts'

const TEST = '/staff/feeds/pearson/test'
const MAP = '/staff/feeds/pearson/map'

let editor: { cookie: string }

beforeEach(async () => {
  await givenProgram()
  editor = await signedInStaff('catalogue')
})

type Sent = Record<string, string | File>

async function sendForm(path: string, fields: Sent | [string, string][], headers = editor) {
  const body = new FormData()
  for (const [name, value] of Array.isArray(fields) ? fields : Object.entries(fields))
    body.append(name, value)
  const response = await send(path, { method: 'POST', body, headers: { origin: ORIGIN, ...headers } })
  return { status: response.status, to: response.headers.get('location'), text: await response.text() }
}

const fileOf = (name: string, content: string | Uint8Array) => new File([content as string], name)

const objects = async (prefix = '') => (await env.BUCKET.list({ prefix })).objects.map(({ key }) => key)

const REGISTRATIONS =
  'registration_id,status,modified_at,client_authorization_id,client_candidate_id,exam_code,appointment_at,time_zone,site_code,state,eligible_from,eligible_to'

/** People, their bookings, results and parts of these, with something wrong in every way that a row can be. */
const everything = zipSync({
  'exam-2026-05-05a.dat': strToU8(
    table(
      EXAM_A,
      examRow(),
      examRow(),
      examRow({ registration: '300000002', candidate: '00001235', grade: 'fail', score: '500' }),
      examRow({ registration: '300000003', candidate: '99999999' }),
      examRow({ registration: '300000004', code: 'XX0-000' }),
      examRow({ registration: '300000005', grade: 'great' }),
      examRow({ registration: '300000006', date: '2026/05/34 12:30:00' }),
      examRow({ registration: '300000007', name: 'Exam review' }),
      examRow({ registration: '300000008', score: '1' }),
      examRow({ registration: '300000009', score: '600' }),
      examRow({ registration: '300000009', score: '601' }),
      examRow({ registration: '300000010', candidate: '00001235' }),
      'too few cells',
    ),
  ),
  'cand-2026-05-05a.dat': strToU8(
    table(
      CAND,
      candRow('00001234'),
      candRow('00001235', { first: 'Grace', last: 'Hopper' }),
      candRow('00001236', { first: '', last: '' }),
    ),
  ),
  'registrations.csv': strToU8(
    [
      REGISTRATIONS,
      '300000010,active,2026-04-01T10:00:00Z,A-1,00001234,JN0-106,2026-05-04T09:30:00,,,scheduled,,',
      '300000011,active,2026-04-01T10:00:00Z,A-2,00001234,JN0-106,2026-05-04T09:30:00,,,dreaming,,',
      '',
    ].join('\n'),
  ),
  'sections.csv': strToU8(
    'registration_id,section_code,section_name\n300000001,1,A\n300000003,1,B\n300000006,1,C\n',
  ),
  'item-2026-05-05a.dat': strToU8('RegistrationID\tItem\n1\t2\n'),
})

const WORDS = {
  New: 'new',
  Changed: 'changed',
  Unchanged: 'unchanged',
  'Too late': 'superseded',
  'Would wait': 'quarantined',
  'Passed over': 'skipped',
} as const

async function foretold(html: string): Promise<Record<string, number>> {
  const cells = await lastCells(html)
  return Object.fromEntries(Object.entries(WORDS).map(([word, name]) => [name, Number(cells[word])]))
}

test('a test says what the import of the same file then does, and leaves nothing behind', async () => {
  await db.update(schema.feeds).set({ settings: { brakes: { failingShare: 1, unmatchedShare: 1 } } })
  const sample = fileOf('ORG-20260505.zip', everything)

  const before = await sendForm(TEST, { sample })
  const touched = await record()
  const left = await objects()
  await deliver({ 'ORG-20260505.zip': everything })
  const imported = await totals()

  expect(before.status).toBe(200)
  expect(await foretold(before.text)).toEqual(imported)
  expect(imported).toMatchObject({ new: 8, unchanged: 1, skipped: 1 })
  expect(touched).toEqual({ people: [], results: [], awards: [], mails: [] })
  expect(left).toEqual([])
  for (const words of [
    '1 candidate is not known.',
    'Said twice',
    'Another’s registration',
    'Section without its exam',
    'Nothing that is imported; it is kept and counted',
  ])
    expect(before.text).toContain(words)

  const after = await foretold((await sendForm(TEST, { sample })).text)
  expect(after).toMatchObject({ new: 0, changed: 0, unchanged: 9 })
})

test('a test shows how each row was read beside how it stands in the file', async () => {
  const sample = fileOf('exam-2026-05-05a.dat', table(EXAM_A, examRow(), examRow({ grade: 'great' })))

  const { text } = await sendForm(TEST, { sample }, await signedInStaff('reviewer'))

  expect(text).toMatch(/Taken for<\/dt><dd>Results/)
  expect(text).toMatch(/separated by<\/dt><dd>tabs/)
  expect(text).toMatch(/<dt><bdi>Exam date<\/bdi><\/dt><dd dir="auto">2026-05-04</)
  expect(text).toMatch(/<dt><bdi>ExamDate<\/bdi><\/dt><dd dir="auto">2026\/05\/04 12:30:00</)
  expect(text).toContain('grade &quot;great&quot; is not known')
  expect(text).toMatch(/Columns that are not read.*<bdi>Voucher<\/bdi>/s)
})

test('a test says when a delivery would stop at the brakes', async () => {
  const rows = Array.from({ length: 30 }, (_, n) => examRow({ registration: `${n}`, candidate: `${n}` }))

  const { text } = await sendForm(TEST, { sample: fileOf('exam-2026-05-05a.dat', table(EXAM_A, ...rows)) })

  expect(text).toContain('too many rows name nobody or no exam that we know.')
})

test('of a long file the first rows are tried, which is said', async () => {
  const rows = Array.from({ length: 5_010 }, (_, n) => candRow(`${n + 10_000}`))

  const { text } = await sendForm(TEST, { sample: fileOf('cand-2026-05-05a.dat', table(CAND, ...rows)) })

  expect(await foretold(text)).toMatchObject({ new: 5_000 })
  expect(text).toContain('Only the first 5000 rows were tried.')
})

describe('a file that nobody should have brought', () => {
  const manyColumns = Array.from({ length: 500 }, (_, n) => `Column ${n}`).join(',')
  test.each<[string, string | Uint8Array, number, string]>([
    [
      'has markup for headers',
      '<script>alert(1)</script>,<b>x</b>\n1,2\n',
      200,
      'is neither a ZIP nor a table',
    ],
    ['has 500 columns', `${manyColumns}\n${manyColumns}\n`, 200, '… and 400 more'],
    ['is empty', '', 422, 'The file is empty'],
    ['is a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 1]), 200, 'is neither a ZIP nor a table'],
    ['is in UTF-16', new Uint8Array([0xff, 0xfe, 0x41, 0]), 200, 'is in UTF-16'],
    ['is half a ZIP', everything.subarray(0, 300), 200, 'is a damaged ZIP'],
    ['has a column twice', 'Grade,grade\n1,2\n', 200, 'has two columns named grade'],
    ['is larger than 5 MB', new Uint8Array(5 * 1024 * 1024 + 1), 422, 'larger than 5 MB'],
    ['is much larger', new Uint8Array(6 * 1024 * 1024), 422, 'larger than 5 MB'],
  ])('%s', async (_, content, status, words) => {
    const answer = await sendForm(TEST, { sample: fileOf('<i>results"\u202e.csv', content) })

    expect(answer.status).toBe(status)
    expect(answer.text).toContain(words)
    expect(answer.text).not.toMatch(/<script>|<b>|<i>/)
    expect(await objects()).toEqual([])
  })
})

/** As a vendor's report names things. */
const PSI = [
  'Booking #,Cand. Ref,"Test, code",Sat on,Outcome,Points,<b>Note</b>,***',
  '700001,00001234,JN0-106,2026-05-04,Pass,742,ok,x',
  '700002,00001234,JN0-363,2026-05-05,Fail,512,"a, b",y',
].join('\n')

const CHOSEN = {
  'column-0': 'registrationId',
  'column-1': 'candidateId',
  'column-2': 'examCode',
  'column-3': 'examAt',
  'column-4': 'grade',
  'column-5': 'score',
}

async function bringSample(name = 'psi_results_2026-05-06.csv', content: string | Uint8Array = PSI) {
  const sent = { step: 'sample', kind: 'result', files: '', number: '', sample: fileOf(name, content) }
  const answer = await sendForm(MAP, sent)
  const fields = Object.fromEntries(await formOf(answer.text, MAP))
  return { ...answer, fields }
}

async function storedMaps(): Promise<ColumnMap[]> {
  const [feed] = await db.select().from(schema.feeds)
  return (feed!.settings as { maps?: ColumnMap[] }).maps ?? []
}

test('a vendor’s own columns are mapped in the console, and its files are then imported', async () => {
  await deliver({ 'cand-2026-05-01a.dat': table(CAND, candRow('00001234')) })
  const brought = await bringSample()
  const tooFew = await sendForm(MAP, { ...brought.fields, step: 'trial' })
  const tried = await sendForm(MAP, { ...brought.fields, ...CHOSEN, step: 'trial' })
  const saved = await sendForm(MAP, {
    ...Object.fromEntries(await formOf(tried.text, MAP)),
    step: 'save',
  })

  expect(brought.status).toBe(200)
  expect(brought.fields).toMatchObject({ files: 'psi_results_*.csv', kind: 'result', 'column-0': '' })
  expect(brought.text).toContain('<bdi>Test, code</bdi>')
  expect(brought.text).toContain('&lt;b&gt;Note&lt;/b&gt;')
  expect(brought.text).toContain('It has no name by which it is found again')
  expect([tooFew.status, tooFew.text]).toEqual([422, expect.stringContaining('A field that is needed')])
  expect(await foretold(tried.text)).toMatchObject({ new: 2, quarantined: 0 })
  expect([saved.status, saved.to]).toEqual([303, '/staff/feeds/pearson?map-saved'])
  expect(await objects('samples/')).toEqual([])
  expect(await storedMaps()).toEqual([
    {
      name: 'psi_results_*.csv',
      files: 'psi_results_*.csv',
      kind: 'result',
      columns: {
        registrationId: 'Booking #',
        candidateId: 'Cand. Ref',
        examCode: 'Test, code',
        examAt: 'Sat on',
        grade: 'Outcome',
        score: 'Points',
      },
    },
  ])

  const headers = {
    authorization: `Bearer ${env.FEED_TOKEN}`,
    'content-type': 'text/csv',
    'content-length': String(PSI.length),
  }
  const put = await send(
    '/api/v1/feeds/pearson/deliveries/psi_results_2026-05-07.csv',
    { method: 'PUT', body: PSI, headers },
    // The start of the import goes astray, so that it stays with the scheduler.
    { IMPORT_WORKFLOW: { create: async () => ({}) } as unknown as Workflow },
  )
  expect(put.status).toBe(201)
  await tick()
  expect((await record()).results).toMatchObject([
    { registrationId: '700001', grade: 'pass', score: '742' },
    { registrationId: '700002', grade: 'fail', score: '512' },
  ])
})

test('columns that go by a known name are chosen already, and a map is mapped anew as it is', async () => {
  const known = await bringSample('r.csv', `ClientCandidateID,Exam series code,Other\n1,2,3\n`)
  expect(known.fields).toMatchObject({ 'column-0': 'candidateId', 'column-1': 'examCode', 'column-2': '' })

  await sendForm(MAP, { ...(await bringSample()).fields, ...CHOSEN, name: 'PSI', step: 'save' })
  const form = await send(`${MAP}?number=1`, { headers: editor })
  const text = await form.text()
  const again = await sendForm(MAP, {
    ...Object.fromEntries(await formOf(text, MAP)),
    step: 'sample',
    sample: fileOf('psi_results_1.csv', PSI),
  })
  const fields = Object.fromEntries(await formOf(again.text, MAP))

  expect(text).toContain('Map PSI anew')
  expect(fields).toMatchObject({ ...CHOSEN, number: '1', name: 'PSI' })
  await sendForm(MAP, { ...fields, 'column-6': 'form', step: 'save' })
  expect((await storedMaps()).map(({ columns }) => columns.form)).toEqual(['<b>Note</b>'])
  expect((await send(`${MAP}?number=2`, { headers: editor })).status).toBe(404)
})

test('a sample is there for an hour, for the one who brought it and for its feed', async () => {
  const { fields } = await bringSample()
  await db
    .insert(schema.feeds)
    .values({ id: 'psi', name: 'PSI', settings: {}, createdAt: LONG_AGO, changedAt: LONG_AGO })
  const sent = { ...fields, ...CHOSEN, step: 'trial' }
  const colleague = await signedInStaff(await givenStaff('owner'))

  const theirs = await sendForm(MAP, sent, colleague)
  const elsewhere = await sendForm('/staff/feeds/psi/map', sent)
  const forged = await sendForm(MAP, { ...sent, sample: '../deliveries/pearson/x' })
  expect([theirs.status, elsewhere.status, forged.status]).toEqual([404, 404, 404])
  expect(theirs.text).not.toContain('Booking')

  const soon = new Date(Date.now() + 50 * 60_000)
  const later = new Date(Date.now() + 70 * 60_000)
  await sweepSamples(env, soon)
  expect((await sendForm(MAP, sent)).status).toBe(200)
  await sweepSamples(env, later)
  expect((await sendForm(MAP, sent)).status).toBe(404)
  expect(await objects()).toEqual([])
})

test('the member of a ZIP is mapped that has such a name, and what was unpacked goes with it', async () => {
  const zip = zipSync({ 'readme.csv': strToU8('a,b\n1,2\n'), 'psi_1.csv': strToU8(PSI) })
  const sent = { step: 'sample', kind: 'result', number: '', sample: fileOf('all.zip', zip) }

  const none = await sendForm(MAP, { ...sent, files: 'prometric*' })
  const wild = await sendForm(MAP, { ...sent, files: '*a*a*a*a*a*a*' })
  const found = await sendForm(MAP, { ...sent, files: 'psi_*' })
  const fields = Object.fromEntries(await formOf(found.text, MAP))
  const tried = await sendForm(MAP, { ...fields, ...CHOSEN, step: 'trial' })

  expect([none.status, wild.status, found.status, tried.status]).toEqual([422, 422, 200, 200])
  expect(found.text).toContain('Columns of psi_1.csv')
  expect(await foretold(tried.text)).toMatchObject({ quarantined: 2 })
  expect(await objects('samples/')).toHaveLength(3)
  await sendForm(MAP, { ...fields, ...CHOSEN, step: 'save' })
  expect(await objects()).toEqual([])
})

test('of two maps for a name the upper one counts, and their order is changed and kept from overtaking', async () => {
  const map = (name: string, files: string) => ({
    name,
    files,
    kind: 'result' as const,
    columns: { grade: name },
  })
  await db.update(schema.feeds).set({ settings: { maps: [map('A', 'psi*'), map('B', 'x*')] } })
  const { fields } = await bringSample()

  const tried = await sendForm(MAP, { ...fields, ...CHOSEN, step: 'trial' })
  expect(tried.text).toContain('The map A above it fits the name of this file, too, and counts first.')

  const up = (number: number, version: string) =>
    sendForm(`/staff/feeds/pearson/maps/${number}/up`, [['version', version]])
  expect((await up(2, '1')).to).toBe('/staff/feeds/pearson?map-moved')
  expect((await storedMaps()).map(({ name }) => name)).toEqual(['B', 'A'])
  expect((await up(2, '1')).to).toBe('/staff/feeds/pearson?late')
  expect((await up(3, '2')).status).toBe(404)

  const late = await sendForm(MAP, { ...fields, ...CHOSEN, step: 'save' })
  expect([late.status, late.text]).toEqual([409, expect.stringContaining('Somebody else changed this feed')])
  const kept = Object.fromEntries(await formOf(late.text, MAP))
  expect((await sendForm(MAP, { ...kept, step: 'save' })).status).toBe(303)
  await sendForm('/staff/feeds/pearson/maps/1/removal', [['version', '3']])
  expect((await storedMaps()).map(({ name }) => name)).toEqual(['A', 'psi_results_*.csv'])
})
