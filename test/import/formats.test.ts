/// <reference types="vite/client" />
import { beforeEach, describe, expect, test } from 'vitest'
import * as schema from '../../src/schema.ts'
import { db, givenProgram } from '../support/builders.ts'
import { CAND, candRow, deliver, EXAM_A, examRow, table } from './deliver.ts'
import { record, waitingRows } from './record.ts'

beforeEach(async () => {
  await givenProgram()
})

const person = table(CAND, candRow('00001234'))

test('every row of the vendor’s layout lands on its own axis', async () => {
  await deliver({
    'cand-20260301.dat': table(CAND, ...['4', '5', '6', '7', '8'].map((end) => candRow(`0000123${end}`))),
    'exam-20260302.dat': table(
      EXAM_A,
      '300000001	00001234	50123	JN0-105	"Networks ""Core"""	1	2026/03/01 12:30:00	700	742	pass	false	false	61	19	0	5	A-1001	',
      '300000002	00001235	50123	JN0-105	Networks Core	1	2026/03/01 13:00:00	700	0	fail	false	false	0	0	80	5	A-1002	',
      '300000003	00001236	50123	JN0-105	Networks Core	1	2026/03/01 13:30:00			taken	false	false					A-1003	',
      '300000004	00001237	50123	JN0-105	Networks Core		2026/03/01 14:00:00				true						A-1004	',
      '300000005	00001238	50123	JN0-105	Networks Core	1	2026/03/01 14:30:00			refused	false	true					A-1005	',
    ),
  })

  const results = (await record()).results.map(({ delivery, grade, score }) => [delivery, grade, score])
  expect(results).toEqual([
    ['delivered', 'pass', '742'],
    ['delivered', 'fail', '0'],
    ['delivered', 'pending', null],
    ['no_show', 'none', null],
    ['nda_refused', 'none', null],
  ])
  expect((await record()).mails.filter((key) => key.startsWith('result/'))).not.toContain(
    'result/pearson/300000003',
  )
})

test('layout B and its file of no-shows are read by their own column names', async () => {
  await deliver({
    'cand-20260301.dat': person,
    'examABE-2026-03-02-a.dat': table(
      'examseriescode	examgrade	clientcandidateid	registrationid	examdate	examtitle	examscore	examitemscorrect',
      'JN0-105	Pass	00001234	300000001	03/01/2026 12:30:00	Junos	61	61',
      'JN0-105	pass	00001234	300000002	03/01/2026 15:30:00	Junos Exam Review	61	61',
    ),
    'exam-2026-03-03a-ns.dat': table(
      'ExamSeriesCode	ClientCandidateID	RegistrationID	ExamDate	NoShow',
      'JN0-105	00001234	300000003	2026/03/02 12:30:00	TRUE',
    ),
  })

  expect((await record()).results).toMatchObject([
    { registrationId: '300000001', grade: 'pass', score: '61' },
    { registrationId: '300000003', delivery: 'no_show', grade: 'none' },
  ])
})

test('bookings and results of the neutral format are read, with sections and validity', async () => {
  await deliver({
    'cand-20260301.dat': person,
    'registrations.csv': table(
      'registration_id,status,modified_at,client_candidate_id,exam_code,appointment_at,time_zone,site_code,state,eligible_from,eligible_to',
      '400000001,active,2026-03-01T00:00:00Z,00001234,JN0-106,2026-07-01T09:30:00,Europe/Kyiv,77,scheduled,2026-06-01,2026-12-01',
      '400000002,deleted,2026-03-01T00:00:00Z,00001234,JN0-106,2026-07-01T09:30:00,,77,scheduled,,',
    ),
    'results.csv': table(
      'result_id,status,modified_at,registration_id,client_candidate_id,exam_code,delivered_at,delivery,grade,validity,score,passing_score',
      'R1,active,2026-05-04T00:00:00+02:00,400000003,00001234,JN0-106,2026-05-03T09:30:00+02:00,delivered,pass,held,"742,5",700',
    ),
    'sections.csv': table(
      'registration_id,section_code,section_name,score,max_score,percent',
      '400000003,1,"Routing, basics",40,50,80',
    ),
  })

  expect(await db.select().from(schema.registrations)).toMatchObject([
    {
      registrationId: '400000001',
      exam: 'JNCIA-Junos',
      appointmentOn: '2026-07-01',
      appointmentTime: '09:30',
    },
  ])
  expect((await record()).results).toEqual([
    { registrationId: '400000003', delivery: 'delivered', grade: 'pass', validity: 'held', score: '742,5' },
  ])
  expect((await record()).mails).toEqual(['welcome/00001234'])
  expect(await db.select().from(schema.resultSections)).toMatchObject([
    { name: 'Routing, basics', percent: '80' },
  ])
})

test('a hold or a revocation is not lifted by a file that knows no such thing', async () => {
  const header = 'registration_id,client_candidate_id,exam_code,delivered_at,delivery,grade,validity,score'
  await deliver({
    'cand-20260301.dat': person,
    'exam-20260505.dat': table(EXAM_A, examRow()),
    'results-20260506.csv': table(
      header,
      '300000001,00001234,JN0-106,2026-05-04T12:30:00,delivered,pass,revoked,742',
    ),
    'exam-20260507.dat': table(EXAM_A, examRow({ score: '743' })),
  })

  expect((await record()).results).toMatchObject([{ grade: 'pass', validity: 'revoked', score: '743' }])
})

describe('encodings', () => {
  const names = 'José Müller O’Brien Šárka €'
  const latin = (text: string) => {
    const table = new Map([
      ['’', 0x92],
      ['Š', 0x8a],
      ['€', 0x80],
    ])
    return Uint8Array.from(text, (character) => table.get(character) ?? character.charCodeAt(0))
  }
  const file = table(CAND, candRow('00001234', { first: names }))

  test.each([
    ['UTF-8', file],
    ['UTF-8 with a byte order mark', `\uFEFF${file}`],
    ['windows-1252', latin(file)],
  ])('%s', async (_, bytes) => {
    await deliver({ 'cand-20260301.dat': bytes })

    expect((await record()).people).toEqual([{ id: '00001234', name: `${names} Byron` }])
  })

  test('UTF-16 is refused by name', async () => {
    await deliver({ 'cand-20260301.dat': new Uint8Array([0xff, 0xfe, 0x41, 0]) })

    expect(await db.select().from(schema.deliveries)).toMatchObject([
      { state: 'failed', failure: 'is in UTF-16, which is not read; send UTF-8' },
    ])
  })
})

const [sharedSample] = Object.values(
  import.meta.glob<string>('../../../shared/data/feeds/pearson-vue-exam-noshow.dat', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
)

test.skipIf(sharedSample === undefined)('the one real-shaped file that is public is read', async () => {
  await givenProgram((program) => {
    program.exams[0]!.codes.push({ code: 'MicroMasters' })
  })

  await deliver({
    'cand-20170201.dat': table(CAND, candRow('1234567890')),
    'noshow-20170302.dat': sharedSample!,
  })

  expect(await waitingRows()).toEqual([])
  expect((await record()).results).toMatchObject([{ registrationId: '12345', delivery: 'no_show' }])
})
