import { applyD1Migrations, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { eq, sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import * as schema from '../../src/schema.ts'
import { db, givenProgram, givenVersion } from '../support/builders.ts'
import { CAND, candRow, deliver, EXAM_A, examRow, putInInbox, table, tick } from './deliver.ts'
import { record, totals, waitingRows } from './record.ts'

beforeEach(async () => {
  await givenProgram()
})

const people = table(CAND, candRow('00001234'), candRow('00001235', { first: 'Grace', last: 'Hopper' }))
const pass = table(EXAM_A, examRow())

test('a candidate and a pass become a record, an award and one mail each', async () => {
  await deliver({ 'cand-20260503-010000.dat': people, 'exam-20260505-010000.dat': pass })

  expect(await record()).toEqual({
    people: [
      { id: '00001234', name: 'Ada Byron' },
      { id: '00001235', name: 'Grace Hopper' },
    ],
    results: [
      { registrationId: '300000001', delivery: 'delivered', grade: 'pass', validity: 'valid', score: '742' },
    ],
    awards: [
      {
        candidateId: '00001234',
        certification: 'JNCIA-Junos',
        awardedOn: '2026-05-04',
        expiresOn: '2029-05-04',
      },
    ],
    mails: ['award', 'result/pearson/300000001', 'welcome/00001234', 'welcome/00001235'],
  })
  expect((await env.BUCKET.list({ prefix: 'inbox/' })).objects).toEqual([])
})

test('known bytes under another name are not a second delivery', async () => {
  await deliver({ 'cand-20260503-010000.dat': people, 'exam-20260505-010000.dat': pass })
  const before = await record()

  await deliver({ 'exam-20260509-010000.dat': pass })

  expect(await record()).toEqual(before)
  expect(await db.$count(schema.deliveries)).toBe(2)
  expect((await env.BUCKET.list({ prefix: 'inbox/' })).objects).toEqual([])
})

test('a row with other values is a new version, and what follows from it follows', async () => {
  await deliver({
    'cand-20260503.dat': people,
    'exam-20260505.dat': table(EXAM_A, examRow({ grade: 'taken', score: '' })),
  })
  expect((await record()).mails).toEqual(['welcome/00001234', 'welcome/00001235'])

  await deliver({ 'exam-20260512.dat': pass, 'exam-20260513.dat': table(EXAM_A, examRow({ score: '750' })) })

  expect((await record()).results).toMatchObject([{ grade: 'pass', score: '750' }])
  expect((await record()).mails).toContain('result/pearson/300000001')
  expect((await record()).mails.filter((key) => key.startsWith('result-change/'))).toHaveLength(1)
  const versions = await db.all<{ outcome: string; score: string }>(sql`
    SELECT outcome, fields ->> '$.score' AS score, vendor_time FROM result_versions
    UNION ALL SELECT outcome, fields ->> '$.score', vendor_time FROM standing_versions ORDER BY vendor_time`)
  expect(versions).toMatchObject([
    { outcome: 'new', score: null },
    { outcome: 'changed', score: '742' },
    { outcome: 'changed', score: '750' },
  ])
})

test('an older file that comes late does not undo a newer one', async () => {
  await deliver({
    'cand-20260503.dat': people,
    'exam-20260512.dat': pass,
    'exam-20260505.dat': table(EXAM_A, examRow({ grade: 'fail', score: '650' })),
  })

  expect((await record()).results).toMatchObject([{ grade: 'pass', score: '742' }])
  expect(await totals()).toMatchObject({ new: 3, changed: 0, superseded: 1 })
})

test('what was said again lately is not undone by what was said in between', async () => {
  await deliver({
    'cand-20260503.dat': people,
    'exam-20260505.dat': pass,
    'exam-20260515.dat': table(
      EXAM_A,
      examRow(),
      examRow({ registration: '300000002', candidate: '00001235' }),
    ),
    'exam-20260510.dat': table(EXAM_A, examRow({ score: '1', grade: 'fail' })),
  })

  expect((await record()).results).toMatchObject([{ grade: 'pass' }, { registrationId: '300000002' }])
})

test('bad rows are kept with their reasons and stop nobody else', async () => {
  await deliver({
    'cand-20260503.dat': people,
    'exam-20260505.dat': table(
      EXAM_A,
      examRow({ date: '04.05.2026' }),
      'only	three	cells',
      examRow({ registration: '300000002', grade: 'great' }),
      examRow({ registration: '300000003' }),
      examRow({ registration: '300000004', code: 'XX0-999' }),
      examRow({ registration: '300000005', name: 'Review of an exam' }),
      examRow({ registration: '300000006', score: '1' }),
      examRow({ registration: '300000006', score: '2' }),
      examRow({ registration: '300000007', date: '2027/01/01 09:00:00' }),
    ),
  })

  expect((await record()).results).toMatchObject([{ registrationId: '300000003' }])
  expect((await waitingRows()).map(({ line, reason }) => [line, reason])).toEqual([
    [2, 'bad_date'],
    [3, 'bad_columns'],
    [4, 'unknown_grade'],
    [6, 'unknown_exam'],
    [7, 'not_a_result'],
    [8, 'duplicate_in_file'],
    [9, 'duplicate_in_file'],
    [10, 'future_date'],
  ])
  expect(await totals()).toMatchObject({ new: 3, quarantined: 7, skipped: 1 })
})

test('a result that comes before its candidate waits, and is applied when the candidate comes', async () => {
  await deliver({ 'exam-20260505.dat': pass })
  expect(await waitingRows()).toMatchObject([{ reason: 'unknown_candidate', resolvedAt: null }])

  await deliver({ 'cand-20260506.dat': people })

  expect((await record()).awards).toMatchObject([{ candidateId: '00001234', certification: 'JNCIA-Junos' }])
  expect((await waitingRows())[0]!.resolvedAt).not.toBeNull()
  expect(await totals()).toMatchObject({ new: 3, quarantined: 0 })
})

test('a result of an exam that the program learns of later is applied by the next tick', async () => {
  await deliver({
    'cand-20260503.dat': people,
    'exam-20260505.dat': table(EXAM_A, examRow({ code: 'JN0-999' })),
  })
  expect(await waitingRows()).toMatchObject([{ reason: 'unknown_exam' }])

  await givenProgram((program) => {
    program.exams[0]!.codes.push({ code: 'JN0-999' })
  })
  await tick()

  expect((await record()).awards).toMatchObject([{ certification: 'JNCIA-Junos' }])
})

test('a result of an exam that the program has retired still comes in, and is taken back', async () => {
  await givenProgram(({ exams, certifications }) => {
    exams.push({ ...exams[0]!, code: 'JNCIA-Old', codes: [{ code: 'JN0-999' }] })
    certifications.push({ ...certifications[0]!, code: 'JNCIA-Old', exam: 'JNCIA-Old' })
  })
  await givenVersion('2026-05-10')
  const results = (grade: string, score: string) => table(EXAM_A, examRow({ code: 'JN0-999', grade, score }))

  await deliver({ 'cand-20260503.dat': people, 'exam-20260512.dat': results('pass', '742') })
  expect(await waitingRows()).toEqual([])
  expect((await record()).awards).toMatchObject([{ certification: 'JNCIA-Old', awardedOn: '2026-05-04' }])

  await deliver({ 'exam-20260520.dat': results('fail', '600') })
  expect(await waitingRows()).toEqual([])
  expect((await record()).results).toMatchObject([{ grade: 'fail' }])
  const [award] = await db.select().from(schema.awards)
  expect(award!.suspendedOn).not.toBeNull()
})

test('the same files in any order make the same record, and nobody is told of a result twice', async () => {
  const files = {
    'cand-20260503.dat': people,
    'exam-20260505.dat': table(
      EXAM_A,
      examRow({ grade: 'taken', score: '' }),
      examRow({ registration: '300000002', candidate: '00001235', grade: 'fail', score: '600' }),
    ),
    'exam-20260512.dat': pass,
    'exam-20260514.dat': table(EXAM_A, examRow({ grade: '', noShow: 'true', score: '' })),
    'cand-20260520.dat': table(CAND, candRow('00001234', { last: 'Lovelace' })),
  }
  await deliver(files)
  const inOrder = await record()
  await reset()
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
  await givenProgram()

  await deliver(Object.fromEntries(Object.entries(files).reverse()))

  expect(inOrder.people[0]).toEqual({ id: '00001234', name: 'Ada Lovelace' })
  expect(inOrder.results).toMatchObject([{ grade: 'pass' }, { grade: 'fail' }])
  const { mails, ...reversed } = await record()
  // Told of the no-show that came first, Ada is told that it was a pass.
  const told = mails.filter((key) => !key.startsWith('result-change/pearson/300000001/'))
  expect(mails).toHaveLength(told.length + 1)
  expect({ ...reversed, mails: told }).toEqual(inOrder)
})

test('files that arrive together are taken in the order of the vendor', async () => {
  await putInInbox({
    'a-exam-20260512.dat': table(EXAM_A, examRow({ score: '760' })),
    'b-exam-20260505.dat': pass,
    'c-cand-20260503.dat': people,
  })
  await tick()

  expect(await totals()).toEqual({
    new: 3,
    changed: 1,
    unchanged: 0,
    superseded: 0,
    quarantined: 0,
    skipped: 0,
  })
})

test('contact details that a candidate has edited are theirs; the name is the vendor’s', async () => {
  await deliver({ 'cand-20260503.dat': people })
  await db.update(schema.candidates).set({ city: 'Kyiv', profileEditedAt: new Date() })

  await deliver({
    'cand-20260510.dat': table(CAND, candRow('00001234', { last: 'Lovelace', email: 'ada@new.example' })),
  })

  const [ada] = await db.select().from(schema.candidates)
  expect(ada).toMatchObject({ fullName: 'Ada Lovelace', city: 'Kyiv' })
  const emails = await db.select().from(schema.candidateEmails)
  expect(emails.filter(({ candidateId }) => candidateId === '00001234')).toMatchObject([
    { normalized: '00001234@example.org', isPrimary: true },
    { normalized: 'ada@new.example', isPrimary: false },
  ])
  expect((await record()).mails.filter((key) => key === 'welcome/00001234')).toHaveLength(1)
})

test('once a candidate has confirmed an address, no feed adds another', async () => {
  await deliver({ 'cand-20260503.dat': people })
  await db
    .update(schema.candidateEmails)
    .set({ verifiedAt: new Date() })
    .where(eq(schema.candidateEmails.candidateId, '00001234'))

  await deliver({
    'cand-20260510.dat': table(CAND, candRow('00001234', { last: 'Lovelace', email: 'ada@new.example' })),
  })

  const emails = await db.select().from(schema.candidateEmails)
  expect(emails.filter(({ candidateId }) => candidateId === '00001234')).toMatchObject([
    { normalized: '00001234@example.org', source: 'feed' },
  ])
})

test('a birth date is kept where the feed has it, and a later row without one leaves it', async () => {
  const born = [`${CAND}\tDateOfBirth`, `${candRow('00001234')}\t1990/02/08`].join('\n')

  await deliver({ 'cand-20260503.dat': born })
  await deliver({ 'cand-20260510.dat': table(CAND, candRow('00001234', { last: 'Lovelace' })) })

  const [ada] = await db.select().from(schema.candidates)
  expect(ada).toMatchObject({ fullName: 'Ada Lovelace', birthOn: '1990-02-08' })
})

test('two candidates may have one address', async () => {
  const email = 'family@example.org'

  await deliver({ 'cand-20260503.dat': table(CAND, candRow('1', { email }), candRow('2', { email })) })

  expect(await db.$count(schema.candidateEmails)).toBe(2)
})

test('a file of another vendor’s making is failed with the reason, and its bytes are kept', async () => {
  const files = {
    'exam-20260501.dat': new Uint8Array([0x25, 0x50, 0x44, 0x46, 0, 1, 2]),
    'exam-20260502.dat': 'Dear colleagues,\nplease find attached',
    'exam-20260503.dat': 'RegistrationID\tExamDate\n1\t2026/05/03',
    'exam-20260504.dat': '',
    'letter.txt': 'Dear colleagues',
  }
  await deliver(files)

  const failures = await db
    .select({
      name: schema.deliveries.name,
      failure: schema.deliveries.failure,
      key: schema.deliveries.objectKey,
    })
    .from(schema.deliveries)
    .orderBy(schema.deliveries.name)
  expect(failures.map(({ failure }) => failure)).toEqual([
    'is neither a ZIP nor a table',
    'lacks RegistrationID, ClientCandidateID, ExamSeriesCode, ExamDate',
    'lacks ClientCandidateID, ExamSeriesCode',
    'is empty',
    'is neither a ZIP nor a table that we know',
  ])
  for (const { name, key } of failures) {
    const kept = await env.BUCKET.get(key)
    expect(new Uint8Array(await kept!.arrayBuffer())).toEqual(
      new Uint8Array(await new Response(files[name as keyof typeof files]).arrayBuffer()),
    )
  }
})

test('a quiet day is a file with a header and no rows', async () => {
  await deliver({ 'exam-20260505.dat': table(EXAM_A) })

  expect(await db.select().from(schema.deliveries)).toMatchObject([{ state: 'imported' }])
})
