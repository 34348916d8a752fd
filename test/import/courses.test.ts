import { env } from 'cloudflare:workers'
import { asc, eq } from 'drizzle-orm'
import { strToU8, zipSync } from 'fflate'
import { beforeEach, describe, expect, test } from 'vitest'
import { keepAwards } from '../../src/certifications/keep-awards.ts'
import { openDatabase } from '../../src/core/database.ts'
import { listReports, requestRun } from '../../src/import/delivery-queries.ts'
import { importChunk } from '../../src/import/import-chunk.ts'
import { replayRound } from '../../src/import/replay-quarantine.ts'
import * as schema from '../../src/schema.ts'
import { givenVersionWithout } from '../recertification/given-course.ts'
import { db, givenCandidate, givenProgram, givenResult } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { send, signedIn, signedInStaff } from '../support/requests.ts'
import { CAND, candRow, deliver, NOW, table, tick } from './deliver.ts'
import { waitingRows } from './record.ts'

const ADA = '00001234'
const [before, lasting] = ['2026-12-01', '2029-05-04']
const LATER = new Date(NOW.getTime() + 300_000)

beforeEach(async () => {
  await givenProgram()
  await givenSpecialist(ADA)
})

/** Holds JNCIA-Junos and JNCIS-ENT for half a year more. */
async function givenSpecialist(id: string) {
  await givenCandidate({ id, revision: 1 })
  const sat = { candidateId: id, examOn: '2023-12-01' }
  await givenResult(sat)
  await givenResult({ ...sat, exam: 'JNCIS-ENT', examCode: 'JN0-352' })
  await keepAwards(db, '2026-06-01', NOW)
}

const HEADER = 'enrolment_id,client_candidate_id,course_code,completed_on,validity,modified_at'
let files = 0
/** No two are the same bytes, which would be the same delivery. */
const courses = (...rows: string[]) => {
  files += 1
  return `${table(HEADER, ...rows)}${'\r\n'.repeat(files)}`
}
const row = (given: Partial<Record<'id' | 'who' | 'course' | 'on' | 'validity' | 'at', string>> = {}) => {
  const { id = 'K-1', who = ADA, course = 'JIR', on = '2026-05-04', validity = '', at = '' } = given
  return [id, who, course, on, validity, at].join(',')
}

async function expiresOn(candidateId = ADA) {
  const held = await db
    .select({ expiresOn: schema.awards.expiresOn })
    .from(schema.awards)
    .where(eq(schema.awards.candidateId, candidateId))
  return [...new Set(held.map((award) => award.expiresOn))].join(' ')
}

const stored = () => db.select().from(schema.courseCompletions).orderBy(asc(schema.courseCompletions.id))

/** What each delivery came to in its last run, by the vendor's time, without what it did not come to. */
async function balances() {
  const reports = await listReports(db, 'pearson', 20)
  return reports.toReversed().map(({ counts }) => {
    const { read, ...parts } = counts
    expect(Object.values(parts).reduce((sum, count) => sum + count, 0)).toBe(read)
    return Object.fromEntries(Object.entries(parts).filter(([, count]) => count !== 0))
  })
}

test('a course that is told of renews without a submission and without a mail, once', async () => {
  const mails = await db.$count(schema.mailOutbox)
  await deliver({
    'courses-20260510.csv': courses(row()),
    'courses-20260511.csv': courses(row()),
    'courses-20260509.csv': courses(row({ on: '2026-05-01' })),
  })

  expect(await stored()).toMatchObject([
    {
      candidateId: ADA,
      course: 'JIR',
      completedOn: '2026-05-04',
      submittedOn: null,
      requestId: null,
      feed: 'pearson',
      enrolmentId: 'K-1',
      validity: 'valid',
      deliveryMember: 'courses-20260510.csv',
      deliveryLine: 2,
    },
  ])
  expect(await balances()).toEqual([{ superseded: 1 }, { new: 1 }, { unchanged: 1 }])
  expect(await expiresOn()).toBe(lasting)
  expect(await db.$count(schema.renewals)).toBe(2)
  expect(await db.$count(schema.mailOutbox)).toBe(mails)

  const [first] = await db
    .select()
    .from(schema.deliveries)
    .orderBy(asc(schema.deliveries.name))
    .offset(1)
    .limit(1)
  await requestRun(db, first!.id, null)
  await tick()
  expect(await balances()).toEqual([{ superseded: 1 }, { unchanged: 1 }, { unchanged: 1 }])
  expect(await expiresOn()).toBe(lasting)
})

test('a corrected day is a change, and one that is taken back takes its renewal with it until it comes again', async () => {
  await deliver({
    'courses-20260510.csv': courses(row()),
    'courses-20260511.csv': courses(row({ on: '2026-05-08' })),
  })
  expect(await expiresOn()).toBe('2029-05-08')

  await deliver({ 'courses-20260512.csv': courses(row({ on: '2026-05-08', validity: 'revoked' })) })
  expect(await expiresOn()).toBe(before)
  expect(await db.$count(schema.renewals)).toBe(0)

  // What says nothing of it leaves it so, and so does what is older.
  await deliver({
    'courses-20260513.csv': courses(row({ on: '2026-05-08' })),
    'courses-20260514.csv': courses(row({ on: '2026-05-08', validity: 'valid', at: '2026-05-11T00:00:00Z' })),
  })
  expect(await expiresOn()).toBe(before)

  await deliver({ 'courses-20260515.csv': courses(row({ on: '2026-05-08', validity: 'valid' })) })
  expect(await expiresOn()).toBe('2029-05-08')
  expect(await balances()).toEqual([
    { new: 1 },
    { changed: 1 },
    { changed: 1 },
    { unchanged: 1 },
    { superseded: 1 },
    { changed: 1 },
  ])
})

test('taken back before it was told, it renews nothing when what is older comes', async () => {
  await deliver({
    'courses-20260512.csv': courses(row({ validity: 'revoked' })),
    'courses-20260510.csv': courses(row({ validity: 'valid' })),
  })

  expect(await stored()).toMatchObject([{ validity: 'revoked' }])
  expect(await balances()).toEqual([{ superseded: 1 }, { new: 1 }])
  expect(await expiresOn()).toBe(before)
})

test('without an enrolment candidate, course and day tell completions apart', async () => {
  const unnumbered = row({ id: '' })
  await deliver({
    'courses-20260510.csv': courses(unnumbered, unnumbered),
    'courses-20260511.csv': courses(unnumbered, row({ id: '', on: '2026-05-05' })),
    'courses-20260512.csv': courses(row({ id: '', on: '2026-05-05', validity: 'revoked' })),
  })

  expect((await stored()).map(({ completedOn, validity }) => [completedOn, validity])).toEqual([
    ['2026-05-04', 'valid'],
    ['2026-05-05', 'revoked'],
  ])
  expect((await stored()).every(({ enrolmentId }) => enrolmentId!.startsWith('unnumbered-'))).toBe(true)
  expect(await balances()).toEqual([{ new: 1, unchanged: 1 }, { new: 1, unchanged: 1 }, { changed: 1 }])
  expect(await expiresOn()).toBe(lasting)
})

test('whoever and whatever is not known yet waits, and counts as soon as it is', async () => {
  await givenProgram((program) => {
    program.courses = program.courses.filter(({ code }) => code !== 'AJER')
  })
  await deliver({
    'courses-20260510.csv': courses(
      row({ id: 'K-1', course: 'ajer' }),
      row({ id: 'K-2', who: 'NEWCOMER' }),
      row({ id: 'K-3', on: '2026-07-01' }),
      row({ id: 'K-4', on: '04.05.2026' }),
      row({ id: 'K-5', who: '' }),
    ),
  })
  expect((await waitingRows()).map(({ line, reason }) => [line, reason])).toEqual([
    [2, 'unknown_course'],
    [3, 'unknown_candidate'],
    [4, 'future_date'],
    [5, 'bad_date'],
    [6, 'missing_required'],
  ])
  expect(await balances()).toEqual([{ quarantined: 5 }])
  expect(await stored()).toEqual([])

  await deliver({ 'cand-20260511.dat': table(CAND, candRow('NEWCOMER')) }, LATER)
  expect((await stored()).map(({ candidateId }) => candidateId)).toEqual(['NEWCOMER'])

  await givenProgram()
  await tick(new Date(LATER.getTime() + 300_000))
  expect((await stored()).map(({ candidateId, course }) => [candidateId, course])).toEqual([
    ['NEWCOMER', 'JIR'],
    [ADA, 'AJER'],
  ])
  expect(await balances()).toEqual([{ new: 2, quarantined: 3 }, { new: 1 }])
  expect(await expiresOn()).toBe(lasting)
})

test('a course that the program has left out since is taken for the days on which it had it', async () => {
  await givenVersionWithout('JIR', '2026-05-04')
  await deliver({
    'courses-20260510.csv': courses(
      row({ id: 'K-1', on: '2026-05-03' }),
      row({ id: 'K-2', on: '2026-05-04' }),
    ),
  })

  expect((await stored()).map(({ completedOn }) => completedOn)).toEqual(['2026-05-03'])
  expect((await waitingRows()).map(({ line, reason }) => [line, reason])).toEqual([[3, 'unknown_course']])
  expect(await balances()).toEqual([{ new: 1, quarantined: 1 }])

  await tick(LATER)
  const [waiting] = await db.select().from(schema.quarantinedRows)
  expect(waiting).toMatchObject({ resolvedAt: null, triedAt: null })
})

test('a feed that takes back what staff approved puts it in doubt, until it says otherwise', async () => {
  const course = { candidateId: ADA, course: 'JIR', completedOn: '2026-05-04' }
  await db.insert(schema.courseCompletions).values({ ...course, requestId: 1, createdAt: NOW })
  const doubted = async () => (await stored())[0]!.doubtedAt !== null
  const seen: boolean[] = []
  for (const [day, told] of [
    row(),
    row({ validity: 'revoked' }),
    row({ validity: 'revoked' }),
    row({ validity: 'valid' }),
    row({ id: 'K-2', validity: 'revoked' }),
  ].entries()) {
    await deliver({ [`courses-2026051${day}.csv`]: courses(told) })
    seen.push(await doubted())
  }

  expect(seen).toEqual([false, true, true, false, true])
  expect(await expiresOn()).toBe(lasting)
})

test('rows that were not understood are read again when the feed is set otherwise', async () => {
  const map = (completedOn: string) => ({
    maps: [
      {
        name: 'Training',
        files: 'training*',
        kind: 'course',
        columns: { candidateId: 'Student', courseCode: 'Class', completedOn, enrolmentId: 'No' },
      },
    ],
    brakes: { failingShare: 1 },
  })
  await db.update(schema.feeds).set({ settings: map('Started') })
  await deliver({
    'training-20260510.csv': table('No,Student,Class,Started,Ended', `7,${ADA},JIR,,2026-05-04`),
  })
  expect((await waitingRows()).map(({ reason }) => reason)).toEqual(['missing_required'])

  await db.update(schema.feeds).set({ settings: map('Ended'), version: 2 })
  await tick(LATER)

  expect(await stored()).toMatchObject([{ enrolmentId: '7', completedOn: '2026-05-04' }])
  expect(await balances()).toEqual([{ new: 1 }])
  expect(await expiresOn()).toBe(lasting)
})

describe('whose a course is', () => {
  test('an enrolment does not change hands, and a file that contradicts itself waits', async () => {
    await givenCandidate({ id: '00001235' })
    await deliver({
      'courses-20260510.csv': courses(row()),
      'courses-20260511.csv': courses(
        row({ who: '00001235' }),
        row({ id: 'K-2' }),
        row({ id: 'K-2', on: '2026-05-06' }),
        row({ id: 'K-3', on: '2026-05-07' }),
        row({ id: 'K-3', on: '2026-05-07' }),
      ),
    })

    const reasons = (await waitingRows()).map(({ line, reason }) => [line, reason])
    expect(reasons).toEqual([
      [2, 'candidate_changed'],
      [3, 'duplicate_in_file'],
      [4, 'duplicate_in_file'],
    ])
    expect((await balances())[1]).toEqual({ new: 1, unchanged: 1, quarantined: 3 })
    expect((await stored()).map(({ candidateId }) => candidateId)).toEqual([ADA, ADA])
  })

  test('a learned number of the vendor’s says it, and a person of the same delivery is known', async () => {
    await db.insert(schema.vendorCandidates).values({
      feed: 'pearson',
      vendorCandidateId: '7001',
      candidateId: ADA,
      learnedFrom: 'test',
      learnedAt: NOW,
    })
    const zip = (name: string) =>
      zipSync({
        [name]: strToU8(
          table(
            'vendor_candidate_id,client_candidate_id,course_code,completed_on',
            '7001,,JIR,2026-05-04',
            ',NEW,JIR,2026-05-04',
          ),
        ),
        'cand.dat': strToU8(table(CAND, candRow('NEW'))),
      })
    await deliver({
      'ORG-20260510.zip': zip('courses.csv'),
      'ORG-20260511.zip': zip('courses-2.csv'),
    })

    expect((await stored()).map(({ candidateId }) => candidateId)).toEqual([ADA, 'NEW'])
    expect(await balances()).toEqual([{ new: 3 }, { unchanged: 3 }])
  })
})

test('a course that was sent in as well counts once', async () => {
  await db.insert(schema.courseCompletions).values({
    candidateId: ADA,
    course: 'JIR',
    completedOn: '2026-05-04',
    submittedOn: '2026-05-05',
    requestId: 1,
    createdAt: NOW,
  })
  await deliver({ 'courses-20260510.csv': courses(row()) })

  expect(await db.$count(schema.courseCompletions)).toBe(2)
  expect(await db.$count(schema.renewals)).toBe(2)
  expect(await expiresOn()).toBe(lasting)

  // Taken back by the feed, it still stands as staff approved it.
  await deliver({ 'courses-20260511.csv': courses(row({ validity: 'revoked' })) })
  expect(await expiresOn()).toBe(lasting)
})

test('a piece of courses costs what a piece of bookings does, however many courses there are', async () => {
  const costs: { roundTrips: number; rowsRead: number }[] = []
  for (const [day, count] of [50, 500].entries()) {
    const many = Array.from({ length: count }, (_, n) =>
      row({ id: `${day}-${n}`, on: `2020-01-${10 + (n % 20)}` }),
    )
    await deliver({ [`courses-2026051${day}.csv`]: courses(...many) })
    const [delivery] = await db
      .select()
      .from(schema.deliveries)
      .where(eq(schema.deliveries.name, `courses-2026051${day}.csv`))
    const again = courses(...many.slice(0, 50).reverse())
    const objectKey = `again-${day}`
    await env.BUCKET.put(objectKey, again)
    const { d1, cost } = countedDatabase(env.DB)
    const opened = {
      number: 0,
      member: `again-${day}`,
      objectKey,
      bytes: again.length,
      sha256: null,
      encoding: 'utf-8' as const,
      delimiter: ',' as const,
      start: { offset: HEADER.length + 2, line: 2 },
      layout: {
        kind: 'course' as const,
        width: 6,
        columns: {
          enrolmentId: 0,
          candidateId: 1,
          courseCode: 2,
          completedOn: 3,
          validity: 4,
          modifiedAt: 5,
        },
      },
    }
    await importChunk({ ...env, DB: d1 }, delivery!, opened as never, opened.start, NOW)
    costs.push({ roundTrips: cost.roundTrips, rowsRead: cost.rowsRead })
  }

  expect(costs[1]).toEqual(costs[0])
  expect(costs[0]!.roundTrips).toBeLessThanOrEqual(4)
})

test('two records with one course become one, and it is known again under either ID', async () => {
  const other = await givenCandidate({ id: '00001235' })
  await deliver({ 'courses-20260510.csv': courses(row({ id: '' }), row({ id: '', who: other.id })) })
  await db.update(schema.courseCompletions).set({ candidateId: ADA })
  await db
    .insert(schema.candidateAliases)
    .values({ aliasId: other.id, candidateId: ADA, fullName: 'Ada B.', mergedAt: NOW })

  await deliver({ 'courses-20260511.csv': courses(row({ id: '' }), row({ id: '', who: other.id })) })

  expect((await balances())[1]).toMatchObject({ unchanged: 2 })
  expect(await db.$count(schema.courseCompletions)).toBe(2)
  expect(await expiresOn()).toBe(lasting)
})

test('courses that nobody knows cost nothing while they wait', async () => {
  const costs: number[] = []
  for (const [day, count] of [30, 300].entries()) {
    const many = Array.from({ length: count }, (_, n) => row({ id: `${day}-${n}`, course: `X${n}` }))
    await db.update(schema.feeds).set({ settings: { brakes: { unmatchedShare: 1 } } })
    await deliver({ [`courses-2026051${day}.csv`]: courses(...many) })
    const { d1, cost } = countedDatabase(env.DB)
    await replayRound(openDatabase(d1), LATER)
    costs.push(cost.rowsRead)
  }

  expect((await waitingRows()).map(({ reason }) => reason)).toEqual(
    Array.from({ length: 330 }, () => 'unknown_course'),
  )
  expect(costs[1]).toBe(costs[0])
})

test('the delivery, the candidate and staff see it, once', async () => {
  await deliver({ 'courses-20260510.csv': courses(row(), row({ id: '', on: '2026-05-03' })) })
  const [delivery] = await db.select().from(schema.deliveries)
  const words = async (path: string, headers: Record<string, string>) =>
    (await (await send(path, { headers })).text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
  const reviewer = await signedInStaff('reviewer')

  const told = await words(`/staff/deliveries/${delivery!.id}`, reviewer)
  expect(told).toContain('What it said of courses')
  expect(told).toContain('2 read = 2 new')
  expect(told).toMatch(/K-1 JIR .* yes .*line 2/)
  expect(told).toContain('without a number JIR')
  expect(told).toContain('Completed courses')

  const seen = await words(`/staff/candidates/${ADA}`, reviewer)
  expect(seen).toContain('Courses that renew')
  expect(seen).toContain('courses-20260510.csv, line 2')

  const [ada] = await db.select().from(schema.candidates)
  const own = await words('/exams/recertification', await signedIn(ada!))
  expect(own.match(/Told by the course’s holder/g)).toHaveLength(2)
  expect(own).toContain('On record')
})
