import { env } from 'cloudflare:workers'
import { asc, eq } from 'drizzle-orm'
import { strToU8, zipSync } from 'fflate'
import { beforeEach, expect, test } from 'vitest'
import { listReports } from '../../src/import/delivery-queries.ts'
import * as schema from '../../src/schema.ts'
import { db, givenProgram } from '../support/builders.ts'
import { CAND, candRow, deliver, EXAM_A, examRow, putInInbox, table, tick } from './deliver.ts'
import { event, givenSecret, sendEvents } from './events/send-events.ts'
import { membersOf, record, totals, waitingRows } from './record.ts'

// Of the list in vendor-feeds 6 what no other test of this room shows: formats, import, staging, zip, chunks.

beforeEach(async () => {
  await givenProgram()
})

const people = table(CAND, candRow('00001234'), candRow('00001235', { first: 'Grace', last: 'Hopper' }))
const given = (settings: object) => db.update(schema.feeds).set({ settings })

/** What there is to tell about every delivery: which line, why, in what words. */
async function problems() {
  return db
    .select({
      line: schema.quarantinedRows.line,
      reason: schema.quarantinedRows.reason,
      message: schema.quarantinedRows.message,
    })
    .from(schema.quarantinedRows)
    .orderBy(asc(schema.quarantinedRows.member), asc(schema.quarantinedRows.line))
}

async function failures() {
  const rows = await db.select().from(schema.deliveries).orderBy(asc(schema.deliveries.name))
  return rows.map(({ state, failure }) => failure ?? state)
}

async function resultsBy(registrationId: string) {
  return db.select().from(schema.results).where(eq(schema.results.registrationId, registrationId))
}

test('UTF-16, a header with a name twice, a file of no bytes: each fails by name, and the others load', async () => {
  await putInInbox({
    'exam-20260501.dat': new Uint8Array([0xfe, 0xff, 0, 0x52]),
    'exam-20260502.dat': table(`${EXAM_A}\tScore`),
    'exam-20260503.dat': '',
    'exam-20260504.dat': zipSync({}),
    'exam-20260505.dat': table(EXAM_A),
    'exam-20260506.dat': table('Mystery\t regIstration ID\tclientcandidateid\tEXAMSERIESCODE\tExam_Date'),
  })
  await tick()

  expect(await failures()).toEqual([
    'is in UTF-16, which is not read; send UTF-8',
    'has two columns named score',
    'is empty',
    'is an empty ZIP',
    'imported',
    'imported',
  ])
})

test('CRLF, LF, CR, a mixture of them, no last line end, blank last lines: the same rows', async () => {
  const lines = [CAND, candRow('1'), candRow('2'), candRow('3')]
  await putInInbox({
    'cand-20260501.dat': lines.join('\r\n'),
    'cand-20260502.dat': `${lines.join('\n')}\n`,
    'cand-20260503.dat': `${lines.join('\r')}\r`,
    'cand-20260504.dat': `${lines[0]}\r${lines[1]}\n${lines[2]}\r\n${lines[3]}`,
    'cand-20260505.dat': `${lines.join('\r\n')}\r\n\r\n\n  \r\n`,
  })
  await tick()

  expect((await record()).people).toHaveLength(3)
  expect(await totals()).toMatchObject({ new: 3, unchanged: 12, quarantined: 0 })
})

test('what the feed says about encoding, decimal sign, zone, dates and grades counts', async () => {
  await given({
    encoding: 'windows-1252',
    decimalSign: ',',
    timeZone: 'Europe/Kyiv',
    dateFormats: ['DD/MM/YYYY'],
    grades: {
      бестанден: { delivery: 'delivered', grade: 'pass' },
      b: { delivery: 'delivered', grade: 'pass' },
    },
  })
  await deliver({
    'cand-20260503.dat': table(CAND, candRow('00001234', { first: 'JosÃ©' })),
    'exam-20260505.dat': table(
      EXAM_A,
      examRow({ date: '03/04/2026 23:30:00', score: '742,5', grade: 'B ' }),
      examRow({ registration: '300000002', date: '2026/04/03 23:30:00' }),
      examRow({ registration: '300000003', date: '03/04/2026', grade: 'pass' }),
    ),
  })

  expect(await resultsBy('300000001')).toMatchObject([
    { examOn: '2026-04-03', examTime: '23:30', timeZone: 'Europe/Kyiv', score: '742.5', grade: 'pass' },
  ])
  expect(await problems()).toMatchObject([
    { line: 2, reason: 'bad_encoding' },
    { line: 3, reason: 'bad_date' },
    { line: 4, reason: 'unknown_grade' },
  ])
  const [delivery] = await db
    .select()
    .from(schema.deliveries)
    .where(eq(schema.deliveries.name, 'cand-20260503.dat'))
  expect(await membersOf(delivery!.id)).toMatchObject([{ encoding: 'windows-1252', lines: 2 }])
})

test('03/04/2026 is only read by the formats of the feed, and bytes that are not UTF-8 only where it may be else', async () => {
  await given({ encoding: 'utf-8', dateFormats: ['YYYY/MM/DD'] })
  await deliver({
    'cand-20260503.dat': people,
    'cand-20260504.dat': Uint8Array.from(table(CAND, candRow('1', { first: 'José' })), (c) =>
      c.charCodeAt(0),
    ),
    'exam-20260505.dat': table(EXAM_A, examRow({ date: '03/04/2026 12:00:00' })),
  })

  expect(await failures()).toEqual(['imported', 'is not in UTF-8, as the feed says that it is', 'imported'])
  expect(await problems()).toMatchObject([{ reason: 'bad_date' }])
})

test('a lone quote swallows no line, and a name encoded twice is kept: both are told of', async () => {
  await deliver({
    'cand-20260503.dat': table(
      CAND,
      candRow('1', { first: '"Ada' }),
      candRow('2', { first: 'JosÃ©' }),
      candRow('3'),
    ),
  })

  expect((await record()).people.map(({ name }) => name)).toEqual(['"Ada Byron', 'JosÃ© Byron', 'Ada Byron'])
  expect(await problems()).toMatchObject([
    { line: 2, reason: 'bad_quotes' },
    { line: 3, reason: 'bad_encoding' },
  ])
  expect(await totals()).toMatchObject({ new: 3, quarantined: 0 })
})

test('the same name with new bytes is a new delivery', async () => {
  await deliver({ 'cand.dat': people })
  await deliver({ 'cand.dat': table(CAND, candRow('00001234', { last: 'Lovelace' })) })

  expect(await db.$count(schema.deliveries)).toBe(2)
  expect((await record()).people[0]).toMatchObject({ name: 'Ada Lovelace' })
})

test('a sitting in the file of no-shows and in that of results: the grade counts where it is later, else somebody looks', async () => {
  const noShow = (registration: string) => examRow({ registration, grade: '', score: '', noShow: 'TRUE' })
  await deliver({
    'cand-20260501.dat': people,
    'exam-2026-05-05a-ns.dat': table(EXAM_A, noShow('300000001')),
    'exam-2026-05-06.dat': table(EXAM_A, examRow(), examRow({ registration: '300000002' })),
    'exam-2026-05-07a-ns.dat': table(EXAM_A, noShow('300000002')),
    'both-20260508.zip': zipSync({
      'exam-ns.dat': strToU8(table(EXAM_A, noShow('300000003'))),
      'exam.dat': strToU8(table(EXAM_A, examRow({ registration: '300000003' }))),
    }),
  })

  expect((await record()).results.map(({ grade }) => grade)).toEqual(['pass', 'pass', 'pass'])
  expect((await problems()).map(({ reason }) => reason).toSorted()).toEqual([
    'late_grade',
    'late_grade',
    'regression',
  ])
})

test('a pass that is revoked and restored is a pass that was revoked, and its grade never changes', async () => {
  const said = (validity: string, at: string) =>
    table(
      'result_id,client_candidate_id,exam_code,delivered_at,delivery,grade,validity,modified_at',
      `1,00001234,JN0-106,2026-05-04 12:30,delivered,pass,${validity},${at}`,
    )
  await deliver({
    'cand-20260501.dat': people,
    'results-1.csv': said('valid', '2026-05-05T00:00:00Z'),
    'results-2.csv': said('revoked', '2026-05-06T00:00:00Z'),
  })
  expect((await record()).results).toMatchObject([{ grade: 'pass', validity: 'revoked' }])

  await deliver({ 'results-3.csv': said('valid', '2026-05-07T00:00:00Z') })

  expect((await record()).results).toMatchObject([{ grade: 'pass', validity: 'valid' }])
  expect((await record()).awards).toHaveLength(1)
})

test('scores are kept as they are written: zero, blank, 742.0, 742,5 and PASS', async () => {
  const scores = ['0', '', '742.0', '742,5', 'PASS']
  await deliver({
    'cand-20260501.dat': people,
    'exam-20260505.dat': table(
      EXAM_A,
      ...scores.map((score, n) => examRow({ registration: `30000000${n}`, score, grade: 'fail' })),
    ),
  })

  expect((await record()).results.map(({ score }) => score)).toEqual(['0', null, '742.0', '742,5', 'PASS'])
  expect(await problems()).toMatchObject([{ line: 4, reason: 'grade_score_disagree' }])
})

test('NoShow is true or false in any case, blank only beside a grade, and nothing else', async () => {
  const row = (registration: string, noShow: string, grade: string) =>
    examRow({ registration, noShow, grade, score: '' })
  await deliver({
    'cand-20260501.dat': people,
    'exam-20260505.dat': table(
      EXAM_A,
      row('1', 'true', ''),
      row('2', 'TRUE', ''),
      row('3', 'false', 'fail'),
      row('4', '', 'fail'),
      row('5', '', ''),
      row('6', 'Y', ''),
    ),
  })

  expect((await record()).results.map(({ delivery }) => delivery)).toEqual([
    'no_show',
    'no_show',
    'delivered',
    'delivered',
  ])
  expect(await problems()).toMatchObject([
    { line: 6, reason: 'missing_required' },
    { line: 7, reason: 'bad_boolean' },
  ])
})

test('a candidate ID is what stands there, but for blanks around it: zeros, letters, fifty characters', async () => {
  const ids = ['00001234', '1234', 'ABS0001234', 'x'.repeat(50)]
  await deliver({
    'cand-20260501.dat': table(
      CAND,
      ...[...ids, 'y'.repeat(51)].map((id) => candRow(` ${id}  `, { email: '' })),
    ),
    'exam-20260505.dat': table(
      EXAM_A,
      ...ids.map((candidate, n) => examRow({ candidate: `${candidate} `, registration: `${n}` })),
    ),
  })

  const held = await db
    .select({ id: schema.results.candidateId })
    .from(schema.results)
    .orderBy(asc(schema.results.registrationId))
  expect(held.map(({ id }) => id)).toEqual(ids)
  expect(await problems()).toMatchObject([{ line: 6, reason: 'bad_columns' }])
})

test('zeros in front of an ID go only where the feed says so, and in every file of it', async () => {
  await given({ stripsZeros: true })
  await deliver({
    'cand-20260501.dat': table(CAND, candRow('00001234')),
    'exam-20260505.dat': table(
      EXAM_A,
      examRow({ candidate: '001234' }),
      examRow({ registration: '2', candidate: '1234' }),
    ),
  })

  expect((await record()).people.map(({ id }) => id)).toEqual(['1234'])
  expect((await record()).results).toHaveLength(2)
})

test('three attempts on one authorization are three results; an authorization of somebody else is a conflict', async () => {
  await deliver({
    'cand-20260501.dat': people,
    'registrations.csv': table(
      'registration_id,client_candidate_id,exam_code,state,client_authorization_id',
      '1,00001234,JN0-106,scheduled,A-1001',
    ),
    'exam-20260505.dat': table(
      EXAM_A,
      ...['1', '2', '3'].map((registration) =>
        examRow({ registration, grade: 'fail', score: '1', date: `2026/05/0${registration} 12:00:00` }),
      ),
      examRow({ registration: '4', candidate: '00001235' }),
    ),
  })

  expect((await record()).results.map(({ registrationId }) => registrationId)).toEqual(['1', '2', '3'])
  expect(await problems()).toEqual([
    {
      line: 5,
      reason: 'candidate_conflict',
      message: "names candidate 00001235, but the registration is 00001234's by its authorization",
    },
  ])
})

test('the zone of a row is kept as it is said, and the clock as it is written, whatever is told of it later', async () => {
  await given({ timeZone: 'America/New_York' })
  const rows = table(
    'registration_id,client_candidate_id,exam_code,delivered_at,time_zone,delivery,grade',
    '1,00001234,JN0-106,2026-03-31T23:30:00,Asia/Tokyo,delivered,pass',
    '2,00001235,JN0-106,2026-03-08T02:30:00,,delivered,pass',
  )
  const inTheirZones = [
    { examOn: '2026-03-31', examTime: '23:30', timeZone: 'Asia/Tokyo' },
    { examOn: '2026-03-08', examTime: '02:30', timeZone: 'America/New_York' },
  ]
  const sittings = async () => [...(await resultsBy('1')), ...(await resultsBy('2'))]
  await deliver({ 'cand-20260501.dat': people, 'results-20260502.csv': rows })
  expect(await sittings()).toMatchObject(inTheirZones)
  expect((await record()).awards).toMatchObject([{ awardedOn: '2026-03-31' }, { awardedOn: '2026-03-08' }])

  const secret = await givenSecret()
  const about = { registrationId: '1' }
  await sendEvents(event('place-hold', '2026-05-06T00:00:00Z', about), { secret })
  await sendEvents(event('release-hold', '2026-05-07T00:00:00Z', about), { secret })
  await tick()
  await deliver({ 'results-20260508.csv': `${rows}\r\n` })
  expect(
    (await listReports(db, 'pearson', 10)).find(({ delivery }) => delivery.name === 'results-20260508.csv'),
  ).toMatchObject({
    counts: { read: 2, unchanged: 2 },
  })

  await sendEvents(event('modify-result-status', '2026-05-09T00:00:00Z', { ...about, grade: 'fail' }), {
    secret,
  })
  await tick()

  expect(await sittings()).toMatchObject(inTheirZones)
  expect(await sittings()).toMatchObject([{ grade: 'fail' }, { grade: 'pass' }])
})

test('a sitting before there was the exam counts and is told of; one of next week waits', async () => {
  await givenProgram((program) => {
    const later = { code: 'JN0-107', from: '2026-05-10' }
    program.exams[0]!.codes.push(later)
  })
  await deliver({
    'cand-20260501.dat': people,
    'exam-20260505.dat': table(
      EXAM_A,
      examRow({ code: 'JN0-107', date: '2026/05/09 12:00:00' }),
      examRow({ registration: '2', date: '2026/06/08 12:00:00' }),
    ),
  })

  expect((await record()).results).toHaveLength(1)
  expect(await problems()).toMatchObject([
    { line: 2, reason: 'before_exam' },
    { line: 3, reason: 'future_date' },
  ])
})

test('names are kept whole beside the native script, and a formula is a text like any other', async () => {
  const long = 'Wolfeschlegelsteinhausenbergerdorff'.repeat(3)
  await deliver({
    'cand-20260501.dat': table(
      `${CAND}\tNativeFirstName\tNativeLastName`,
      `${candRow('1', { first: long, last: long })}\t明\t黒澤`,
      `${candRow('2', { first: '=HYPERLINK("https://x.example";"x")', last: '+1' })}\t\t`,
    ),
  })

  expect(await db.select().from(schema.candidates)).toMatchObject([
    { fullName: `${long} ${long}`, nativeName: '黒澤明' },
    { fullName: '=HYPERLINK("https://x.example";"x") +1', nativeName: null },
  ])
})

test('what is of no use in a ZIP is kept and counted, and stops nothing: rows, a picture, a file of no bytes', async () => {
  const rows = (name: string, count: number) =>
    strToU8(table(`RegistrationID\t${name}`, ...Array.from({ length: count }, (_, n) => `${n}\tx`), '', ' '))
  const zip = zipSync({
    'cand.dat': strToU8(people),
    'ITEM-1.dat': rows('Item', 3),
    'resp-1.dat': rows('Response', 2),
    'surv-1.dat': new Uint8Array(),
    'cmnt-1.dat': rows('Comment', 0),
    'SECT-1.dat': rows('Section', 1),
    'logo.png': new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0]),
  })

  await deliver({ 'ORG-20260505.zip': zip })

  const [report] = await listReports(db, 'pearson', 1)
  expect(report).toMatchObject({ delivery: { state: 'imported' }, counts: { read: 2, new: 2 } })
  expect((await membersOf(report!.delivery.id)).map(({ name, kind, lines }) => [name, kind, lines])).toEqual([
    ['cand.dat', 'candidate', 3],
    ['ITEM-1.dat', 'other', 4],
    ['resp-1.dat', 'other', 3],
    ['surv-1.dat', 'other', 0],
    ['cmnt-1.dat', 'other', 1],
    ['SECT-1.dat', 'other', 2],
    ['logo.png', 'other', expect.any(Number)],
  ])
  expect((await env.BUCKET.head(report!.delivery.objectKey))!.size).toBe(zip.length)
})

test('sections are read by a map that staff made', async () => {
  await given({
    maps: [
      {
        name: 'Sections',
        files: 'SECT*',
        kind: 'section',
        columns: { registrationId: 'RegistrationID', code: 'No', name: 'Section', percent: 'Pct' },
      },
    ],
    decimalSign: ',',
  })
  const zip = zipSync({
    'cand.dat': strToU8(people),
    'exam-1.dat': strToU8(table(EXAM_A, examRow({ registration: '1' }))),
    'sect-1.dat': strToU8(table('RegistrationID\tNo\tSection\tPct', '1\t2\t Routing \t81,5')),
  })

  await deliver({ 'ORG-20260505.zip': zip })

  expect(await db.select().from(schema.resultSections)).toMatchObject([
    { registrationId: '1', sectionCode: '2', name: 'Routing', percent: '81.5' },
  ])
})

test('a vendor without registrations: a sitting is known by who, what, when and which time', async () => {
  await given({
    maps: [
      {
        name: 'PSI report',
        files: 'psi*',
        kind: 'result',
        columns: {
          candidateId: 'Candidate',
          examCode: 'Test',
          examAt: 'Taken',
          attempt: 'Try',
          grade: 'Result',
          validity: 'Validity',
          score: 'Score',
        },
      },
    ],
  })
  const header = 'Candidate,Test,Taken,Try,Result,Score,Validity'
  await deliver({
    'cand-20260501.dat': people,
    'psi-20260505.csv': table(
      header,
      '00001234,JN0-106,2026-05-04 09:00,1,fail,1,revoked',
      '00001234,JN0-106,2026-05-04 09:00,2,fail,2,valid',
      '00001235,JN0-106,2026-05-04 09:00,1,taken,,',
    ),
    'psi-20260506.csv': table(
      header,
      '00001235,jn0-106,2026-05-04 09:00,1,pass,742,valid',
      '00001234,JN0-106,2026-05-04 09:00,1,fail,1,revoked',
    ),
    'exam-20260507.dat': table(EXAM_A, examRow({ registration: 'unnumbered-1' })),
  })

  const results = await db.select().from(schema.results).orderBy(asc(schema.results.id))
  expect(
    results.map(({ candidateId, attempt, score, validity }) => [candidateId, attempt, score, validity]),
  ).toEqual([
    ['00001234', 1, '1', 'revoked'],
    ['00001234', 2, '2', 'valid'],
    ['00001235', 1, '742', 'valid'],
  ])
  expect(await db.$count(schema.resultMarks)).toBe(0)
  for (const { registrationId } of results) expect(registrationId).toMatch(/^unnumbered-\w{8,}$/)
  expect(await totals()).toMatchObject({ new: 5, changed: 1, unchanged: 1, quarantined: 1 })
  expect(await waitingRows()).toMatchObject([{ reason: 'bad_columns' }])
})
