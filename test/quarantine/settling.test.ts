import { env } from 'cloudflare:workers'
import { eq, sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { requestRun } from '../../src/import/delivery-queries.ts'
import { replayRound } from '../../src/import/replay-quarantine.ts'
import { rereadQuarantine } from '../../src/import/reread-quarantine.ts'
import { mergeRecords } from '../../src/merge/merge-queries.ts'
import { paths } from '../../src/paths.ts'
import { closeAccounts } from '../../src/privacy/close-accounts.ts'
import * as schema from '../../src/schema.ts'
import { CAND, candRow, EXAM_A, examRow, NOW, table } from '../import/deliver.ts'
import { record } from '../import/record.ts'
import { db, givenCandidate, givenProgram, givenRegistration } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { givenStaff, post, send, signedInStaff } from '../support/requests.ts'
import { countsOf, importFile } from './import-file.ts'

beforeEach(async () => {
  await givenProgram()
})

const HEADER = `${EXAM_A}\tFirstName\tLastName\tEmail`
const sitting = (n: number, given: Parameters<typeof examRow>[0] = {}, who = ['', '', '']) =>
  [examRow({ registration: `${300_000_000 + n}`, ...given }), ...who].join('\t')

const rowsOf = (deliveryId: string) =>
  db
    .select()
    .from(schema.quarantinedRows)
    .where(eq(schema.quarantinedRows.deliveryId, deliveryId))
    .orderBy(schema.quarantinedRows.line)

const reviewer = async () => {
  const person = await givenStaff('reviewer')
  return { ...person, headers: await signedInStaff(person) }
}

type Reviewer = Awaited<ReturnType<typeof reviewer>>

/** Decides about a row as its page does, and answers the page that follows, or the refusal. */
async function decide(
  who: Reviewer,
  deliveryId: string,
  line: number,
  name: string,
  form: Record<string, string>,
) {
  const answer = await post(paths.staff.quarantinedRow(deliveryId, line, name), form, {
    headers: who.headers,
  })
  if (answer.status !== 303) return { status: answer.status, text: await answer.text() }
  const page = await send(answer.headers.get('location')!, { headers: who.headers })
  return { status: answer.status, text: await page.text(), location: answer.headers.get('location')! }
}

test('a row that is given to a candidate counts for them, and so does whatever names that ID later', async () => {
  await db.update(schema.feeds).set({ settings: { createsCandidates: false } })
  const grace = await givenCandidate({
    fullName: 'Grace Hopper',
    givenName: 'Grace',
    familyName: 'Hopper',
    email: 'grace@navy.example',
  })
  const first = await importFile(
    'exam-20260505.dat',
    table(
      HEADER,
      sitting(1, { candidate: 'X77' }, ['Grace B.', 'HOPPER', 'Grace@Navy.example']),
      sitting(2, { candidate: 'X78' }),
    ),
  )
  const second = await importFile(
    'exam-20260506.dat',
    table(HEADER, sitting(3, { candidate: 'X77', grade: 'fail' })),
  )
  const rita = await reviewer()
  const name = 'exam-20260505.dat'

  const counted = countedDatabase(env.DB)
  const page = await send(
    paths.staff.quarantinedRow(first, 2, name),
    { headers: rita.headers },
    { DB: counted.d1 },
  )
  expect(counted.cost.roundTrips).toBe(2)
  const shown = await page.text()
  expect(shown).toContain('Likely: address and name agree')
  expect(shown).toContain('ClientCandidateID')
  expect(shown).toContain('1 other row waits for the same')

  expect((await decide(rita, first, 2, name, { way: 'link', candidate: 'nobody' })).text).toContain(
    'No candidate has this ID',
  )
  const done = await decide(rita, first, 2, name, { way: 'link', candidate: grace.id.toLowerCase() })
  expect(done.text).toContain('1 other row that waited for the same is settled, too.')

  expect(await db.select().from(schema.candidateLinks)).toMatchObject([
    { feed: 'pearson', saidId: 'X77', candidateId: grace.id, madeBy: rita.id },
  ])
  expect((await db.select().from(schema.results)).map(({ candidateId }) => candidateId)).toEqual([
    grace.id,
    grace.id,
  ])
  expect(await rowsOf(first)).toMatchObject([
    { settlement: 'linked', settledBy: rita.id, resolvedAt: expect.any(Date) },
    { settlement: null, resolvedAt: null },
  ])
  expect(await countsOf(first)).toMatchObject({ read: 2, new: 1, quarantined: 1 })
  expect(await countsOf(second)).toMatchObject({ read: 1, new: 1, quarantined: 0 })

  const third = await importFile('exam-20260507.dat', table(HEADER, sitting(4, { candidate: 'X77' })))
  const people = await importFile(
    'cand-20260508.dat',
    table(CAND, candRow('X77', { first: 'Wrong', last: 'Name' })),
  )
  expect(await countsOf(third)).toMatchObject({ new: 1, quarantined: 0 })
  expect(await countsOf(people)).toMatchObject({ skipped: 1 })
  expect((await record()).people).toEqual([{ id: grace.id, name: 'Grace Hopper' }])

  const again = await decide(rita, first, 2, name, { way: 'link', candidate: grace.id })
  expect(again.location).not.toContain('late')
  const late = await decide(await reviewer(), first, 2, name, { way: 'dismiss', note: 'no' })
  expect(late.text).toContain('Somebody was faster')
  const log = await db.select().from(schema.auditLog)
  expect(log).toMatchObject([{ action: 'quarantine.settled', actor: `staff:${rita.id}` }])
  expect(JSON.parse(log[0]!.details)).toMatchObject({ kind: 'linked', rows: 2 })

  const other = await givenCandidate()
  await mergeRecords(db, { keptId: other.id, mergedId: grace.id, actor: 'candidate' }, NOW, sql`true`)
  const fourth = await importFile('exam-20260509.dat', table(HEADER, sitting(5, { candidate: 'X77' })))
  expect(await countsOf(fourth)).toMatchObject({ new: 1 })
  await db.update(schema.candidates).set({ closesAt: NOW }).where(eq(schema.candidates.id, other.id))
  await closeAccounts(env, new Date(NOW.getTime() + 1))
  expect(await db.$count(schema.candidateLinks)).toBe(0)
  expect(await db.$count(schema.closedCandidates)).toBe(3)
  const fifth = await importFile(
    'cand-20260401.dat',
    table(CAND, candRow('X77')),
    new Date(NOW.getTime() + 2),
  )
  expect(await countsOf(fifth)).toMatchObject({ skipped: 1 })
})

test('a row about another’s registration can only be given to its holder, and teaches nothing of an ID that is somebody’s', async () => {
  const ada = await givenCandidate()
  const grace = await givenCandidate()
  await givenRegistration({ candidateId: grace.id, registrationId: '300000001' })
  const name = 'exam-20260505.dat'
  const delivery = await importFile(name, table(EXAM_A, examRow({ candidate: ada.id })))
  expect(await rowsOf(delivery)).toMatchObject([{ reason: 'candidate_conflict' }])
  const rita = await reviewer()

  const refused = await decide(rita, delivery, 2, name, { way: 'link', candidate: ada.id })
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('give the row to its holder')
  await decide(rita, delivery, 2, name, { way: 'link', candidate: grace.id })

  expect(await db.select().from(schema.results)).toMatchObject([{ candidateId: grace.id }])
  expect(await db.$count(schema.candidateLinks)).toBe(0)
  expect(await countsOf(delivery)).toMatchObject({ read: 1, new: 1, quarantined: 0 })
  await requestRun(db, delivery, null)
  await importFile(name, table(EXAM_A, examRow({ candidate: ada.id })))
  expect(await countsOf(delivery)).toMatchObject({ read: 1, unchanged: 1, quarantined: 0 })
})

test('of courses the holder of an enrolment has the row, and of rows that contradict each other one counts', async () => {
  const ada = await givenCandidate()
  const grace = await givenCandidate()
  const header = 'enrolment_id,client_candidate_id,course_code,completed_on'
  await importFile('courses-20260504.csv', table(header, `K-1,${ada.id},JIR,2026-05-04`))
  const name = 'courses-20260505.csv'
  const delivery = await importFile(
    name,
    table(
      header,
      `K-1,${grace.id},JIR,2026-05-05`,
      `K-2,${grace.id},JIR,2026-05-01`,
      `K-2,${grace.id},JIR,2026-05-02`,
      `K-3,${grace.id},NOPE,2026-05-02`,
    ),
  )
  expect((await rowsOf(delivery)).map(({ reason }) => reason)).toEqual([
    'candidate_changed',
    'duplicate_in_file',
    'duplicate_in_file',
    'unknown_course',
  ])
  const rita = await reviewer()

  const page = await send(paths.staff.quarantinedRow(delivery, 2, name), { headers: rita.headers })
  expect(await page.text()).toContain('holds this registration')
  const list = await send(`${paths.staff.quarantine}?reason=unknown_course`, { headers: rita.headers })
  expect(await list.text()).toContain('course code NOPE')
  const refused = await decide(rita, delivery, 2, name, { way: 'link', candidate: grace.id })
  expect(refused.text).toContain('give the row to its holder')
  await decide(rita, delivery, 2, name, { way: 'link', candidate: ada.id })
  await decide(rita, delivery, 4, name, { way: 'count' })
  await givenProgram((program) => {
    program.courses.push({ code: 'NOPE', renews: ['JNCIS-ENT'], direction: 'same-level' })
  })
  await decide(rita, delivery, 5, name, { way: 'again' })

  const held = await db.select().from(schema.courseCompletions).orderBy(schema.courseCompletions.enrolmentId)
  expect(held.map(({ candidateId, completedOn }) => [candidateId, completedOn])).toEqual([
    [ada.id, '2026-05-05'],
    [grace.id, '2026-05-02'],
    [grace.id, '2026-05-02'],
  ])
  expect(await countsOf(delivery)).toMatchObject({ read: 4, new: 2, changed: 1, skipped: 1, quarantined: 0 })
})

test('an exam code is learned for its feed, with all rows that wait for it, and deliveries to come', async () => {
  const ada = await givenCandidate()
  const bad = (n: number) => sitting(n, { candidate: ada.id, code: 'jn0-old ' })
  const name = 'exam-20260505.dat'
  const first = await importFile(name, table(HEADER, bad(1), bad(2)))
  const second = await importFile('exam-20260506.dat', table(HEADER, bad(3)))
  const rita = await reviewer()

  expect((await decide(rita, first, 2, name, { way: 'map', exam: 'nonsense' })).status).toBe(422)
  const done = await decide(rita, first, 2, name, { way: 'map', exam: 'JNCIA-Junos' })
  expect(done.text).toContain('2 other rows')

  expect(await db.select().from(schema.examCodeAliases)).toMatchObject([
    { code: 'JN0-OLD', exam: 'JNCIA-Junos' },
  ])
  expect(await db.select().from(schema.results)).toHaveLength(3)
  expect(await countsOf(first)).toMatchObject({ read: 2, new: 2, quarantined: 0 })
  expect(await countsOf(second)).toMatchObject({ read: 1, new: 1, quarantined: 0 })
  const third = await importFile('exam-20260507.dat', table(HEADER, bad(4)))
  expect(await countsOf(third)).toMatchObject({ new: 1 })
  const staged = db.select().from(schema.stagedChunks).where(eq(schema.stagedChunks.deliveryId, third))
  expect(await staged).toMatchObject([{ rowsUnmatched: 0 }])
})

test('of rows that contradict each other one is said to count, the others are passed over, and a later run stands by it', async () => {
  const ada = await givenCandidate()
  const name = 'exam-20260505.dat'
  const said = (score: string) => sitting(1, { candidate: ada.id, score })
  const text = table(
    HEADER,
    said('700'),
    said('800'),
    said('900'),
    sitting(2, { candidate: ada.id, date: '2030/01/01' }),
  )
  const delivery = await importFile(name, text)
  expect(await countsOf(delivery)).toMatchObject({ read: 4, quarantined: 4 })
  const rita = await reviewer()

  await decide(rita, delivery, 3, name, { way: 'count' })
  const blank = await decide(rita, delivery, 5, name, { way: 'dismiss', note: '  ' })
  expect(blank.status).toBe(422)
  await decide(rita, delivery, 5, name, { way: 'dismiss', note: 'A test of the vendor' })

  expect(await db.select().from(schema.results)).toMatchObject([{ score: '800', deliveryLine: 3 }])
  expect(await rowsOf(delivery)).toMatchObject([
    { settlement: 'dismissed', settlementNote: 'Line 3 counts' },
    { settlement: 'counted', settledBy: rita.id },
    { settlement: 'dismissed' },
    { settlement: 'dismissed', settlementNote: 'A test of the vendor' },
  ])
  const settled = { read: 4, new: 1, skipped: 3, quarantined: 0 }
  expect(await countsOf(delivery)).toMatchObject(settled)

  await requestRun(db, delivery, null)
  await importFile(name, text)
  expect(await countsOf(delivery)).toMatchObject({ read: 4, unchanged: 1, skipped: 3, quarantined: 0 })
  expect((await rowsOf(delivery)).every(({ resolvedAt }) => resolvedAt !== null)).toBe(true)
  expect(await db.$count(schema.results)).toBe(1)
})

test('a grade is taken back only when somebody says so', async () => {
  const ada = await givenCandidate()
  await importFile('exam-20260505.dat', table(EXAM_A, examRow({ candidate: ada.id })))
  const name = 'exam-20260506.dat'
  const taken = examRow({ candidate: ada.id, grade: 'taken', score: '' })
  const delivery = await importFile(name, table(EXAM_A, taken))
  expect(await rowsOf(delivery)).toMatchObject([{ reason: 'regression' }])

  await decide(await reviewer(), delivery, 2, name, { way: 'count' })

  expect(await db.select().from(schema.results)).toMatchObject([{ grade: 'pending', score: null }])
  expect(await countsOf(delivery)).toMatchObject({ read: 1, changed: 1, quarantined: 0 })
  expect(await db.select().from(schema.resultReviews)).toMatchObject([{ kind: 'pass_lost', closedAt: null }])
})

test('of two reviewers at once one settles the row, and the other is told', async () => {
  const ada = await givenCandidate()
  const name = 'exam-20260505.dat'
  const delivery = await importFile(name, table(EXAM_A, examRow({ candidate: 'X77' })))
  const [rita, karl] = [await reviewer(), await reviewer()]

  const answers = await Promise.all([
    decide(rita, delivery, 2, name, { way: 'link', candidate: ada.id }),
    decide(karl, delivery, 2, name, { way: 'dismiss', note: 'Not ours' }),
    decide(karl, delivery, 2, name, { way: 'dismiss', note: 'Not ours' }),
  ])

  const [row] = await rowsOf(delivery)
  const byRita = row!.settlement === 'linked'
  expect(answers.filter(({ text }) => text.includes('Somebody was faster')).length).toBeGreaterThanOrEqual(1)
  expect(await db.$count(schema.results)).toBe(byRita ? 1 : 0)
  expect(await db.$count(schema.candidateLinks)).toBe(byRita ? 1 : 0)
  expect(await countsOf(delivery)).toMatchObject({ read: 1, quarantined: 0, [byRita ? 'new' : 'skipped']: 1 })
  expect(await db.$count(schema.auditLog)).toBe(1)
})

test('rows are read again when their feed is set anew, also where the bytes of their delivery are gone', async () => {
  const ada = await givenCandidate()
  const row = (n: number, grade: string, date = '2026/05/04') =>
    sitting(n, { candidate: ada.id, grade, date })
  const name = 'exam-20260505.dat'
  const delivery = await importFile(
    name,
    table(
      HEADER,
      row(1, 'P'),
      row(2, 'Q'),
      row(3, 'pass', '04.05.2026'),
      'short\trow',
      row(5, 'fail', '2031/01/01'),
    ),
  )
  const gone = await importFile(
    'exam-20260506.dat',
    table(HEADER, row(6, 'P'), sitting(7, { candidate: 'X77' })),
  )
  const [lost] = await db.select().from(schema.deliveries).where(eq(schema.deliveries.id, gone))
  await env.BUCKET.delete(lost!.objectKey)
  expect((await rereadQuarantine(env, NOW)).rows).toBe(0)
  const known = {
    pass: { delivery: 'delivered', grade: 'pass' },
    fail: { delivery: 'delivered', grade: 'fail' },
  }
  await db.update(schema.feeds).set({ version: 2, settings: { grades: { ...known, p: known.pass } } })

  expect(await rereadQuarantine(env, NOW)).toEqual({ rows: 7, units: 2 })
  expect((await rereadQuarantine(env, NOW)).rows).toBe(0)

  expect(await db.select().from(schema.results).orderBy(schema.results.registrationId)).toMatchObject([
    { registrationId: '300000001', deliveryLine: 2 },
    { registrationId: '300000006', deliveryLine: 2 },
  ])
  expect(await rowsOf(delivery)).toMatchObject([
    { settlement: 'replayed', settledBy: null },
    { reason: 'unknown_grade', resolvedAt: null, feedVersion: 2 },
    { reason: 'bad_date', resolvedAt: null },
    { reason: 'bad_columns', resolvedAt: null },
    { reason: 'future_date', resolvedAt: null, fields: expect.stringContaining('2031-01-01') },
  ])
  expect(await rowsOf(gone)).toMatchObject([
    { settlement: 'replayed', settledBy: null },
    { reason: 'unknown_candidate', resolvedAt: null, fields: expect.any(String) },
  ])
  expect(await countsOf(delivery)).toMatchObject({ read: 5, new: 1, quarantined: 4 })

  await db.update(schema.feeds).set({ settings: { grades: { ...known, q: known.fail } } })
  const rita = await reviewer()
  expect((await decide(rita, delivery, 4, name, { way: 'again' })).text).toContain('It still waits')
  expect((await decide(rita, delivery, 3, name, { way: 'again' })).text).toContain('The row is settled.')
  expect(await db.$count(schema.results)).toBe(3)
})

test('rows that are tried in vain are not tried again in the same run, and stand in nobody’s way', async () => {
  const ada = await givenCandidate()
  const delivery = await importFile('exam-20260505.dat', table(EXAM_A, examRow({ candidate: 'X0' })))
  const later = await importFile(
    'exam-20260506.dat',
    table(EXAM_A, examRow({ registration: '300000099', candidate: 'X99' })),
  )
  // As they would be if a record were found for the row, and lost again whenever the row is tried.
  await db.run(sql`
    WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 2509)
    INSERT INTO quarantined_rows (delivery_id, member, line, kind, reason, message, raw, fields, candidate_id, exam_code,
      quarantined_at, feed)
    SELECT delivery_id, member, i, kind, reason, message, raw, json_set(fields, '$.registrationId', 'R' || i), ${ada.id},
      exam_code, quarantined_at, feed
    FROM n CROSS JOIN quarantined_rows WHERE delivery_id = ${delivery}`)
  await db
    .update(schema.quarantinedRows)
    .set({ candidateId: ada.id, fields: sql`json_set(fields, '$.candidateId', ${ada.id})` })
    .where(eq(schema.quarantinedRows.deliveryId, later))
  const tried: number[] = []

  while (tried.at(-1) !== 0 && tried.length < 10) tried.push((await replayRound(db, NOW)).rows)

  expect(tried).toEqual([1000, 1000, 501, 0])
  expect(await db.select().from(schema.results)).toMatchObject([{ registrationId: '300000099' }])
  const fresh = await importFile(
    'exam-20260507.dat',
    table(EXAM_A, examRow({ registration: '300000100', candidate: 'X99' })),
  )
  await givenCandidate({ id: 'X99' })
  expect((await replayRound(db, new Date(NOW.getTime() + 300_000), 1)).rows).toBe(1)
  expect(await rowsOf(fresh)).toMatchObject([{ settlement: 'replayed' }])
})
