import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { paths } from '../../src/paths.ts'
import * as schema from '../../src/schema.ts'
import { CAND, candRow, EXAM_A, examRow, NOW, table } from '../import/deliver.ts'
import { countsOf, importFile } from '../quarantine/import-file.ts'
import { db, givenCandidate, givenProgram, givenResult, LONG_AGO } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { givenStaff, post, send, signedInStaff } from '../support/requests.ts'
import { formOf } from './read-page.ts'

const TAUGHT = paths.staff.feedTaught('pearson')
const MINUTE_MS = 60_000

type Person = Awaited<ReturnType<typeof givenStaff>>

let rita: Person
let headers: { cookie: string }

beforeEach(async () => {
  await givenProgram()
  rita = await givenStaff('reviewer', { name: 'Rita Levi' })
  headers = await signedInStaff(rita)
})

async function page(path: string, who: { cookie: string } = headers) {
  const counted = countedDatabase(env.DB)
  const response = await send(path, { headers: who }, { DB: counted.d1 })
  const text = await response.text()
  expect(text).not.toMatch(/undefined|NaN|\[object|style=/)
  return { status: response.status, location: response.headers.get('location'), text, cost: counted.cost }
}

/** Presses the button of a page that says what would happen. */
async function forget(path: string, who: { cookie: string } = headers) {
  const fields = Object.fromEntries(await formOf((await page(path, who)).text, path))
  const answer = await post(path, fields, { headers: who })
  return { fields, status: answer.status, location: answer.headers.get('location') }
}

function teachId(saidId: string, candidateId: string, madeAt = LONG_AGO, feed = 'pearson') {
  return db.insert(schema.candidateLinks).values({ feed, saidId, candidateId, madeBy: rita.id, madeAt })
}

function teachCode(code: string, exam = 'JNCIA-Junos', madeAt = LONG_AGO) {
  const values = { feed: 'pearson', code, exam, madeBy: rita.id, madeAt }
  return db.insert(schema.examCodeAliases).values(values)
}

const sitting = (n: number, given: Parameters<typeof examRow>[0] = {}) =>
  examRow({ registration: `${300_000_000 + n}`, ...given })

const reasonsOf = async (deliveryId: string) =>
  (
    await db
      .select({ reason: schema.quarantinedRows.reason })
      .from(schema.quarantinedRows)
      .where(eq(schema.quarantinedRows.deliveryId, deliveryId))
  ).map(({ reason }) => reason)

test('a feed’s page leads to what it was taught, which is nothing at first', async () => {
  expect((await page(paths.staff.feed('pearson'))).text).toContain(`href="${TAUGHT}"`)

  const { text, cost } = await page(TAUGHT)

  expect(cost.roundTrips).toBe(2)
  expect(text).toContain('An ID that nobody has is learned when a row with it is given to a candidate.')
  expect(text).toContain('A code is learned when somebody says which exam a row means by it.')
  expect((await page(paths.staff.feedTaught('nobody'))).status).toBe(404)
})

test('what was taught is listed with who taught it and when, for those who may see candidates', async () => {
  const grace = await givenCandidate({ fullName: 'Grace <Hopper>' })
  await teachId('X77 <b>', grace.id, new Date('2026-05-04T10:30:00Z'))
  await teachCode('OLD & 1')
  await teachCode('GONE', 'JNCIA-Retired')
  await teachCode('JN0-106', 'JNCIS-ENT')

  const { text } = await page(TAUGHT)

  expect(text).toMatch(/X77 &lt;b&gt;.*Grace &lt;Hopper&gt;.*Rita Levi.*4 May 2026 at 10:30 UTC/s)
  expect(text).toContain(`href="${paths.staff.candidate(grace.id)}"`)
  expect(text).toMatch(/OLD &amp; 1.*Junos, Associate.*JNCIA-Junos/s)
  expect(text).toMatch(/GONE.*JNCIA-Retired.*Not in the program any more/s)
  expect(text).toContain('By now the program has this code itself, for JNCIA-Junos, and goes by that.')

  const editor = await page(TAUGHT, await signedInStaff('catalogue'))
  expect(editor.text).toContain('Your role does not look at candidates')
  expect(editor.text).not.toMatch(/X77|Hopper|>Forget</)
  expect(editor.text).toContain('OLD &amp; 1')
  const auditor = await page(TAUGHT, await signedInStaff('auditor'))
  expect(auditor.text).toContain('X77')
  expect(auditor.text).not.toContain('>Forget<')
})

test('both lists are read page by page, the latest first, and cost the same however much was taught', async () => {
  const ada = await givenCandidate()
  const teach = async (from: number, count: number) => {
    for (let n = from; n < from + count; n += 1) {
      // Three at a time were taught in one instant.
      const madeAt = new Date(LONG_AGO.getTime() - Math.floor(n / 3) * MINUTE_MS)
      await teachId(`X-${999 - n}`, ada.id, madeAt)
      await teachCode(`C-${999 - n}`, 'JNCIA-Junos', madeAt)
    }
  }
  await teach(0, 110)
  await teachId('X-elsewhere', ada.id, LONG_AGO, 'psi')
  const hrefs = (text: string, name: string) =>
    [...text.matchAll(/href="([^"]*)"/g)]
      .map(([, href]) => href!.replaceAll('&amp;', '&'))
      .filter((href) => href.startsWith(`${TAUGHT}?`) && href.includes(name))
  const shown = (text: string, kind: string) => text.match(new RegExp(`<bdi>${kind}-\\w+`, 'g')) ?? []

  const first = await page(TAUGHT)
  const second = await page(hrefs(first.text, 'ids=')[0]!)
  const third = await page(hrefs(second.text, 'ids=')[0]!)
  const both = await page(hrefs(second.text, 'codes=')[0]!)

  const ids = [first, second, third].flatMap(({ text }) => shown(text, 'X'))
  expect(ids).toEqual(Array.from({ length: 110 }, (_, n) => `<bdi>X-${999 - n}`))
  expect(hrefs(third.text, 'codes=')).toHaveLength(1)
  expect(shown(second.text, 'C')).toEqual(shown(first.text, 'C'))
  expect([shown(both.text, 'X')[0], shown(both.text, 'C')[0]]).toEqual(['<bdi>X-949', '<bdi>C-949'])
  expect(shown((await page(`${TAUGHT}?ids=nonsense`)).text, 'X')[0]).toBe('<bdi>X-999')
  expect((await page(`${TAUGHT}?ids=0.X`)).text).toContain('None that is earlier.')

  await teach(200, 100)
  const after = await page(TAUGHT)
  expect(after.cost.roundTrips).toBe(2)
  expect(after.cost.rowsRead).toBe(first.cost.rowsRead)
  expect((await page(hrefs(first.text, 'ids=')[0]!)).cost.rowsRead).toBe(second.cost.rowsRead)
})

test('a forgotten ID means nobody any more: later rows wait again, and what counted stays', async () => {
  await db.update(schema.feeds).set({ settings: { createsCandidates: false } })
  const grace = await givenCandidate({ fullName: 'Grace Hopper' })
  await teachId('X77', grace.id)
  const before = await importFile('exam-20260505.dat', table(EXAM_A, sitting(1, { candidate: 'X77' })))
  const path = paths.staff.feedIdRemoval('pearson', 'X77')

  const asked = await page(path)
  expect(asked.cost.roundTrips).toBe(2)
  expect(asked.text).toContain('Forget whose X77 is?')
  expect(asked.text).toMatch(/wait again, until somebody says whose it is\.<\/li>/)
  expect(asked.text).toContain('1 result of this feed counts for Grace Hopper')
  expect(asked.text).toContain('put right by the vendor')
  const done = await forget(path)

  expect([done.status, done.location]).toEqual([303, `${TAUGHT}?id-forgotten`])
  expect((await page(done.location!)).text).toContain('The ID is forgotten. What already counted stays')
  expect(await db.$count(schema.candidateLinks)).toBe(0)
  const after = await importFile('exam-20260506.dat', table(EXAM_A, sitting(2, { candidate: 'X77' })))
  const again = await importFile(
    'exam-20260507.dat',
    table(EXAM_A, sitting(1, { candidate: 'X77', grade: 'fail' })),
  )
  expect([await reasonsOf(before), await reasonsOf(after), await reasonsOf(again)]).toEqual([
    [],
    ['unknown_candidate'],
    ['candidate_changed'],
  ])
  expect(await countsOf(after)).toMatchObject({ read: 1, new: 0, quarantined: 1 })
  expect(await db.select().from(schema.results)).toMatchObject([{ candidateId: grace.id, grade: 'pass' }])

  const twice = await post(path, done.fields, { headers })
  expect([twice.status, twice.headers.get('location')]).toEqual([303, done.location])
  const log = await db.select().from(schema.auditLog)
  expect(log).toMatchObject([{ action: 'feed.id-forgotten', actor: `staff:${rita.id}` }])
  expect(JSON.parse(log[0]!.details)).toEqual({ feed: 'pearson', numbers: 0 })
  expect(await db.select().from(schema.auditSubjects)).toMatchObject([
    { ref: log[0]!.subject, candidateId: grace.id },
  ])
})

test('the page says what this feed does with people, what counts, and whose the ID is by now', async () => {
  const grace = await givenCandidate({ fullName: 'Grace Hopper' })
  const path = paths.staff.feedIdRemoval('pearson', 'X77')
  await teachId('X77', grace.id)
  const made = await page(path)
  expect(made.text).toContain('One that says who the person is begins a new record')
  expect(made.text).toContain('No result of this feed counts for Grace Hopper.')

  for (let n = 0; n < 101; n += 1) await givenResult({ candidateId: grace.id })
  await givenResult({ candidateId: grace.id, feed: 'psi' })
  await givenCandidate({ id: 'X77' })
  const many = await page(path)
  expect(many.text).toContain('More than 100 results of this feed count for Grace Hopper')
  expect(many.text).toContain('By now a candidate has this ID')

  await forget(path)
  const delivery = await importFile('exam-20260506.dat', table(EXAM_A, sitting(1, { candidate: 'X77' })))
  expect(await countsOf(delivery)).toMatchObject({ new: 1 })
  expect(await db.select().from(schema.results).where(eq(schema.results.candidateId, 'X77'))).toHaveLength(1)
})

test('where a feed makes candidates, a person whose ID is forgotten begins a record', async () => {
  const grace = await givenCandidate()
  await teachId('X77', grace.id)
  const linked = await importFile('cand-20260505.dat', table(CAND, candRow('X77')))
  await forget(paths.staff.feedIdRemoval('pearson', 'X77'))
  const alone = await importFile('cand-20260506.dat', table(CAND, candRow('X77', { last: 'Lovelace' })))

  expect(await countsOf(linked)).toMatchObject({ skipped: 1 })
  expect(await countsOf(alone)).toMatchObject({ new: 1 })
})

test('with a link go the vendor’s numbers that were learned through it, and rows with them wait, too', async () => {
  const grace = await givenCandidate({ fullName: 'Grace Hopper' })
  const number = (vendorCandidateId: string, learnedAt: Date, feed = 'pearson') =>
    db.insert(schema.vendorCandidates).values({
      feed,
      vendorCandidateId,
      candidateId: grace.id,
      learnedFrom: 'given',
      learnedAt,
    })
  await number('40001', new Date(NOW.getTime() - 1))
  await teachId('X77', grace.id, NOW)
  await number('40003', NOW, 'psi')
  await importFile(
    'vcdc-20260505.dat',
    table(
      'ClientCandidateID\tCandidateID\tStatus\tDate\tMessage',
      'X77\t40002\tAccepted\t2026/05/06 01:00:00\t',
    ),
  )
  expect(await db.$count(schema.vendorCandidates)).toBe(3)
  const path = paths.staff.feedIdRemoval('pearson', 'X77')

  expect((await page(path)).text).toContain(
    '1 number of the vendor’s own, learned for Grace Hopper since then',
  )
  await forget(path)

  const left = await db.select().from(schema.vendorCandidates)
  expect(left.map(({ vendorCandidateId }) => vendorCandidateId).toSorted()).toEqual(['40001', '40003'])
  const delivery = await importFile(
    'exam-20260506.dat',
    table(`${EXAM_A}\tvendor_candidate_id`, `${sitting(1, { candidate: 'X77' })}\t40002`),
  )
  expect(await reasonsOf(delivery)).toEqual(['unknown_candidate'])
  const [entry] = await db.select().from(schema.auditLog)
  expect(JSON.parse(entry!.details)).toEqual({ feed: 'pearson', numbers: 1 })
})

test('a forgotten code means no exam any more: later rows wait again, and what counted stays', async () => {
  const ada = await givenCandidate()
  await teachCode('JN0-OLD')
  const row = (n: number) => sitting(n, { candidate: ada.id, code: 'jn0-old ' })
  const before = await importFile('exam-20260505.dat', table(EXAM_A, row(1)))
  const path = paths.staff.feedCodeRemoval('pearson', 'JN0-OLD')

  const asked = await page(path)
  expect(asked.cost.roundTrips).toBe(2)
  expect(asked.text).toContain('Forget what JN0-OLD means?')
  expect(asked.text).toContain('until somebody says which exam it is or the program has the code')
  const done = await forget(path)

  expect([done.status, done.location]).toEqual([303, `${TAUGHT}?code-forgotten`])
  expect(await db.$count(schema.examCodeAliases)).toBe(0)
  const after = await importFile('exam-20260506.dat', table(EXAM_A, row(2)))
  expect([await reasonsOf(before), await reasonsOf(after)]).toEqual([[], ['unknown_exam']])
  expect(await db.select().from(schema.results)).toMatchObject([{ exam: 'JNCIA-Junos' }])

  expect((await post(path, done.fields, { headers })).headers.get('location')).toBe(done.location)
  const log = await db.select().from(schema.auditLog)
  expect(log).toMatchObject([{ action: 'feed.code-forgotten', actor: `staff:${rita.id}`, subject: null }])
  expect(JSON.parse(log[0]!.details)).toEqual({ feed: 'pearson', exam: 'JNCIA-Junos' })

  await teachCode('JN0-106', 'JNCIS-ENT')
  expect((await page(paths.staff.feedCodeRemoval('pearson', 'JN0-106'))).text).toContain(
    'for rows to come nothing changes',
  )
})

test('what a colleague forgot is told of kindly, and what one taught anew stays', async () => {
  const [ada, grace] = [await givenCandidate(), await givenCandidate()]
  await teachId('X77', ada.id)
  await teachCode('OLD')
  const [id, code] = [
    paths.staff.feedIdRemoval('pearson', 'X77'),
    paths.staff.feedCodeRemoval('pearson', 'OLD'),
  ]
  const idForm = Object.fromEntries(await formOf((await page(id)).text, id))
  const codeForm = Object.fromEntries(await formOf((await page(code)).text, code))
  const colleague = await signedInStaff('owner')
  await forget(id, colleague)
  await forget(code, colleague)

  for (const path of [id, code]) {
    const gone = await page(path)
    expect([gone.status, gone.location]).toEqual([303, `${TAUGHT}?gone`])
  }
  expect((await page(`${TAUGHT}?gone`)).text).toContain('Somebody was faster: it is forgotten already.')
  expect((await post(id, idForm, { headers })).headers.get('location')).toBe(`${TAUGHT}?id-forgotten`)

  await teachId('X77', grace.id, NOW)
  await teachCode('OLD', 'JNCIS-ENT', NOW)
  for (const [path, form] of [
    [id, idForm],
    [code, codeForm],
  ] as const)
    expect((await post(path, form, { headers })).headers.get('location')).toBe(`${TAUGHT}?anew`)

  expect((await page(`${TAUGHT}?anew`)).text).toContain('so nothing was forgotten')
  expect(await db.select().from(schema.candidateLinks)).toMatchObject([{ candidateId: grace.id }])
  expect(await db.select().from(schema.examCodeAliases)).toMatchObject([{ exam: 'JNCIS-ENT' }])
  expect(await db.$count(schema.auditLog)).toBe(2)
})

test('who does not settle rows does not have them forgotten, and what names nothing is not there', async () => {
  const ada = await givenCandidate()
  await teachId('X/77 ?&', ada.id)
  await teachCode('OLD')
  const id = paths.staff.feedIdRemoval('pearson', 'X/77 ?&')
  const form = { taughtAt: String(LONG_AGO.getTime()) }

  for (const role of ['catalogue', 'auditor', 'support'] as const) {
    const who = await signedInStaff(role)
    for (const path of [id, paths.staff.feedCodeRemoval('pearson', 'OLD')]) {
      expect((await page(path, who)).status).toBe(404)
      expect((await post(path, form, { headers: who })).status).toBe(404)
    }
  }
  for (const path of [
    paths.staff.feedIdRemoval('nobody', 'X77'),
    paths.staff.feedCodeRemoval('nobody', 'OLD'),
    `${TAUGHT}/id/removal`,
    `${TAUGHT}/code/removal?code=`,
  ]) {
    expect((await page(path)).status).toBe(404)
    expect((await post(path, form, { headers })).status).toBe(404)
  }
  expect(await db.$count(schema.candidateLinks)).toBe(1)
  expect((await forget(id)).location).toBe(`${TAUGHT}?id-forgotten`)
  expect([await db.$count(schema.candidateLinks), await db.$count(schema.examCodeAliases)]).toEqual([0, 1])
})
