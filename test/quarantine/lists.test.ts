import { env } from 'cloudflare:workers'
import { eq, sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import * as schema from '../../src/schema.ts'
import { EXAM_A, examRow, NOW, table } from '../import/deliver.ts'
import { db, givenAward, givenCandidate, givenProgram } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { givenStaff, post, send, signedInStaff } from '../support/requests.ts'
import { countsOf, importFile } from './import-file.ts'

beforeEach(async () => {
  await givenProgram()
})

const NAME = 'exam-20260505.dat'

async function page(path: string, role: Parameters<typeof signedInStaff>[0] = 'reviewer') {
  const counted = countedDatabase(env.DB)
  const response = await send(path, { headers: await signedInStaff(role) }, { DB: counted.d1 })
  const text = await response.text()
  expect(text).not.toMatch(/undefined|NaN|\[object|style=/)
  return { text, cost: counted.cost, status: response.status }
}

/** So many copies of the delivery's waiting rows, on later lines. */
async function multiply(deliveryId: string, times: number, resolvedAt: Date | null = null) {
  await db.run(sql`
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${times})
    INSERT INTO quarantined_rows (delivery_id, member, line, kind, reason, message, raw, fields, candidate_id, exam_code,
      quarantined_at, resolved_at, feed)
    SELECT delivery_id, member, line + i * ${resolvedAt ? 100_000 : 10}, kind, reason, message, raw, fields,
      candidate_id, exam_code, quarantined_at, ${resolvedAt?.getTime() ?? null}, feed
    FROM quarantined_rows CROSS JOIN n WHERE delivery_id = ${deliveryId}`)
  await db.run(sql`
    UPDATE delivery_chunks SET rows_read = n, rows_quarantined = n
    FROM (SELECT count(*) AS n FROM quarantined_rows WHERE delivery_id = ${deliveryId})
    WHERE delivery_id = ${deliveryId}`)
}

const grade = (n: number, candidate: string) =>
  examRow({ registration: `${300_000_000 + n}`, candidate, grade: 'great' })

test('the list says how many rows wait for what, page by page, and costs the same however many are settled', async () => {
  expect((await page('/staff/quarantine')).text).toContain('Nothing waits.')
  const ada = await givenCandidate()
  const delivery = await importFile(NAME, table(EXAM_A, grade(1, ada.id), examRow({ candidate: 'X77' })))
  await multiply(delivery, 60)

  const first = await page('/staff/quarantine')
  expect(first.cost.roundTrips).toBe(2)
  expect(first.text).toContain('Unknown candidate')
  expect(first.text).toContain('The feed’s settings do not say what this grade means.')
  expect(first.text.match(/name="row"/g)).toHaveLength(50)
  const next = /href="([^"]*after=[^"]*)"/.exec(first.text)![1]!.replaceAll('&amp;', '&')
  const second = await page(next)
  const third = await page(/href="([^"]*after=[^"]*)"/.exec(second.text)![1]!.replaceAll('&amp;', '&'))
  const linksOf = (text: string) => text.match(/staff\/quarantine\/[\w-]+\/\d+/g)!
  const all = [first, second, third].flatMap(({ text }) => linksOf(text))
  expect(new Set(all).size).toBe(122)
  expect((await page(`/staff/quarantine?reason=unknown_grade&delivery=${delivery}`)).text).not.toContain(
    'candidate X77',
  )
  expect((await page('/staff/quarantine?code=jn0-106')).text).toContain('No row of this kind waits.')

  const paths = [
    '/staff/quarantine',
    '/staff/quarantine?reason=unknown_grade',
    '/staff/quarantine?feed=pearson',
    '/staff/quarantine?feed=pearson&reason=unknown_grade',
    `/staff/quarantine?delivery=${delivery}`,
    '/staff/quarantine?code=JN0-106',
    next,
  ]
  const reads = async () => Promise.all(paths.map(async (path) => (await page(path)).cost.rowsRead))
  const before = await reads()
  await multiply(delivery, 40, NOW)
  expect(await reads()).toEqual(before)
})

test('staff who may not look at candidates see what a row waits for, and not whose it is', async () => {
  const delivery = await importFile(NAME, table(EXAM_A, examRow({ candidate: 'X77' })))
  for (const path of [
    '/staff/quarantine',
    `/staff/quarantine/${delivery}/2?member=${NAME}`,
    '/staff/quarantine.csv',
  ]) {
    expect((await page(path, 'catalogue')).text).not.toContain('X77')
    expect((await page(path, 'support')).text).toContain('X77')
  }
  expect((await page(`/staff/quarantine/${delivery}/2?member=other.dat`)).status).toBe(404)
})

test('the table of waiting rows runs no formula, and stands in the log', async () => {
  const ada = await givenCandidate()
  await importFile(
    NAME,
    table(EXAM_A, examRow({ candidate: ada.id, grade: '=HYPERLINK(1)', registration: '+1' })),
  )

  const { text } = await page('/staff/quarantine.csv?reason=unknown_grade')

  expect(text).toContain('"grade ""=HYPERLINK(1)"" is not known"')
  expect(text.split('\r\n')).toHaveLength(3)
  expect(text).toContain(`"'+1\t`)
  const [noted] = await db.select().from(schema.auditLog)
  expect(noted).toMatchObject({ action: 'rows.exported' })
  expect(JSON.parse(noted!.details)).toMatchObject({ kind: 'quarantine', reason: 'unknown_grade' })
})

test('a section waits for its result, which nobody can do anything about but dismiss it', async () => {
  const name = 'sections-20260505.csv'
  const delivery = await importFile(name, table('registration_id,section_code,section_name', 'R1,1,Routing'))

  const list = await page('/staff/quarantine')
  const row = await page(`/staff/quarantine/${delivery}/2?member=${name}`)

  for (const words of ['Section without its exam', 'The result, when it comes.', 'registration R1'])
    expect(list.text).toContain(words)
  expect(row.text).toContain('came without the result of registration R1')
  expect(row.text.match(/name="way" value="\w+"/g)).toEqual(['name="way" value="dismiss"'])
})

test('many rows are dismissed after a look at what would happen, a thousand at a time', async () => {
  const ada = await givenCandidate()
  const delivery = await importFile(NAME, table(EXAM_A, grade(1, ada.id), examRow({ candidate: 'X77' })))
  await multiply(delivery, 1002)
  const rita = await givenStaff('reviewer')
  const headers = await signedInStaff(rita)
  const send = (form: Record<string, string | string[]>) => post('/staff/quarantine/bulk', form, { headers })

  const none = await (await send({ scope: 'ticked' })).text()
  expect(none).toContain('or none was ticked')
  const ticked = { row: [`${delivery}/2/${NAME}`, `${delivery}/3/${NAME}`, 'nonsense'] }
  const preview = await (await send(ticked)).text()
  expect(preview).toContain('2 rows are chosen. Nothing has happened yet.')
  expect(preview).not.toContain('Read them again')
  expect((await send({ ...ticked, way: 'count' })).status).toBe(400)
  expect((await send({ ...ticked, way: 'dismiss', note: '' })).status).toBe(422)
  expect((await send({ ...ticked, way: 'dismiss', note: 'Tests' })).headers.get('location')).toBe(
    '/staff/quarantine?done=2',
  )
  expect(await countsOf(delivery)).toMatchObject({ read: 2006, skipped: 2, quarantined: 2004 })

  const all = { scope: 'all', reason: 'unknown_grade' }
  const many = await (await send(all)).text()
  expect(many).toContain('More than 1,000 rows are chosen.')
  expect(many).toContain('One request settles 1,000 of them')
  const done = await send({ ...all, way: 'dismiss', note: 'Never ours' })
  expect(done.headers.get('location')).toBe('/staff/quarantine?reason=unknown_grade&done=1000')
  expect(await countsOf(delivery)).toMatchObject({ read: 2006, skipped: 1002, quarantined: 1004 })
  expect(await (await send(all)).text()).toContain('2 rows are chosen.')
  const log = await db.select().from(schema.auditLog)
  expect(log.map(({ details }) => (JSON.parse(details) as { rows: number }).rows)).toEqual([2, 1000])
  expect(JSON.stringify(log)).not.toContain('Never ours')
})

test('many rows are read again, mapped and made to count at once', async () => {
  const ada = await givenCandidate()
  const row = (n: number, given: Parameters<typeof examRow>[0]) =>
    examRow({ registration: `${300_000_000 + n}`, candidate: ada.id, ...given })
  const grades = await importFile(NAME, table(EXAM_A, row(1, { grade: 'P' }), row(2, { grade: 'Q' })))
  const codes = await importFile(
    'exam-20260506.dat',
    table(EXAM_A, row(3, { code: 'OLD' }), row(4, { code: 'OLD' })),
  )
  await importFile('exam-20260507.dat', table(EXAM_A, row(5, {}), row(6, {})))
  const taken = await importFile(
    'exam-20260508.dat',
    table(EXAM_A, row(5, { grade: 'taken' }), row(6, { grade: 'taken' })),
  )
  const headers = await signedInStaff('reviewer')
  const decide = async (form: Record<string, string>) =>
    (await post('/staff/quarantine/bulk', { scope: 'all', ...form }, { headers })).headers.get('location')
  const settings = { grades: { p: { delivery: 'delivered', grade: 'pass' } } }
  await db.update(schema.feeds).set({ settings, version: 2 })

  expect(await decide({ reason: 'unknown_grade', way: 'again' })).toContain('done=1')
  expect(await decide({ code: 'old', way: 'map', exam: 'JNCIA-Junos' })).toContain('done=2')
  expect(await decide({ reason: 'regression', way: 'count' })).toContain('done=2')

  expect(await countsOf(grades)).toMatchObject({ new: 1, quarantined: 1 })
  expect(await countsOf(codes)).toMatchObject({ new: 2, quarantined: 0 })
  expect(await countsOf(taken)).toMatchObject({ changed: 2, quarantined: 0 })
})

test('a lost pass is looked at with what it was, what rests on it, and closed once with a note', async () => {
  const ada = await givenCandidate()
  await importFile(NAME, table(EXAM_A, examRow({ candidate: ada.id })))
  const [result] = await db.select().from(schema.results)
  const pass = { exam: 'JNCIA-Junos', passedOn: '2026-05-04', resultId: result!.id, seriesCode: 'JN0-106' }
  const reason = JSON.stringify({ rule: 'pass', pass, completedBy: pass, prerequisites: [] })
  await givenAward({ candidateId: ada.id, reason, suspendedOn: '2026-05-05' })
  await givenAward({ candidateId: ada.id, certification: 'JNCIA-Cloud' })
  await importFile(
    'exam-20260506.dat',
    table(EXAM_A, examRow({ candidate: ada.id, grade: 'fail', score: '12' })),
  )
  const [review] = await db.select().from(schema.resultReviews)
  const path = `/staff/reviews/${review!.id}`

  const list = await page('/staff/reviews')
  expect(list.cost.roundTrips).toBe(2)
  expect(list.text).toContain('A pass was lost')
  const shown = await page(path)
  expect(shown.cost.roundTrips).toBe(2)
  expect(shown.text).toMatch(/stands now.*Fail.*12.*first said.*Pass.*742/s)
  expect(shown.text).toContain('Suspended')
  expect(shown.text).not.toContain('JNCIA-Cloud')
  expect((await page('/staff/reviews', 'catalogue')).text).not.toContain(ada.id)
  expect((await page(path, 'catalogue')).text).not.toContain(ada.id)

  const rita = await givenStaff('reviewer')
  const close = async (who: Parameters<typeof signedInStaff>[0], note: string) =>
    post(path, { note }, { headers: await signedInStaff(who) })
  expect((await close(rita, ' ')).status).toBe(422)
  expect((await close('support', 'mine')).status).toBe(404)
  expect((await close(rita, 'Confirmed by the vendor')).headers.get('location')).toBe(`${path}?done`)
  expect((await close(rita, 'Confirmed by the vendor')).headers.get('location')).toBe(`${path}?done`)
  expect((await close('owner', 'Another note')).headers.get('location')).toBe(`${path}?late`)

  expect(await db.select().from(schema.resultReviews)).toMatchObject([
    { closedBy: rita.id, note: 'Confirmed by the vendor' },
  ])
  const closed = eq(schema.auditLog.action, 'review.closed')
  expect(await db.select().from(schema.auditLog).where(closed)).toHaveLength(1)
  expect((await page('/staff/reviews')).text).toContain('Nothing to review.')
  expect((await page('/staff/reviews?tab=closed')).text).toContain('A pass was lost')
  expect((await page(path)).text).toContain('Confirmed by the vendor')
})
