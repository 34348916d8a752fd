import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, test } from 'vitest'
import { openDatabase } from '../../src/core/database.ts'
import * as schema from '../../src/schema.ts'
import { look as lookAt, press as pressOn, signedInStaff } from './support/console.ts'
import { HOLDER, people, tsv } from './support/records.ts'
import { deliver, launchBrowser, type Site, startSite, takeScreens } from './support/site.ts'

/** The feed's clock stands in the name; two deliveries a day apart. */
const EXAMS = 'exam-2026-11-02a.dat'
const CORRECTIONS = 'exam-2026-11-03a.dat'

let site: Site
let browser: Browser
let page: Page

const HEADER = [
  'RegistrationID',
  'ClientCandidateID',
  'ExamSeriesCode',
  'ExamDate',
  'Score',
  'Grade',
  'FirstName',
  'LastName',
  'Email',
]
const row = (
  registration: string,
  id: string,
  given: Partial<Record<'code' | 'grade' | 'score' | 'email', string>> = {},
) => [
  registration,
  id,
  given.code ?? 'JN0-106',
  '2026/11/01 12:30:00',
  given.score ?? '742',
  given.grade ?? 'pass',
  'Zofia',
  'Łączyńska-Østergård',
  given.email ?? 'nobody@elsewhere.example',
]

beforeAll(async () => {
  site = await startSite()
  browser = await launchBrowser(site)
  await deliver(site, people.name, people.bytes)
  const brakes = { unmatchedShare: 1, failingShare: 1 }
  await openDatabase(site.env.DB).update(schema.feeds).set({ settings: { brakes } })
  const strange = 'Wolfeschlegelsteinhausenbergerdorff-0000000000000'
  const exams = tsv([
    HEADER,
    row('500000001', 'OLD-4711', { email: HOLDER.email }),
    row('500000002', strange),
    row('500000003', HOLDER.id, { code: 'JN0-NEW-SERIES' }),
    row('500000004', HOLDER.id, { grade: 'great' }),
    row('500000005', HOLDER.id, { score: '700' }),
    row('500000005', HOLDER.id, { score: '800' }),
    ...Array.from({ length: 60 }, (_, n) => row(`5100000${n + 10}`, HOLDER.id, { grade: 'unheard' })),
    row('520000100', HOLDER.id),
  ])
  await deliver(site, EXAMS, exams)
  await deliver(site, CORRECTIONS, tsv([HEADER, row('520000100', HOLDER.id, { grade: 'fail', score: '12' })]))
  page = await signedInStaff(site, browser, { role: 'reviewer', name: 'Reinhild Reviewer' })
})

afterAll(async () => {
  await browser?.close()
  await site?.close()
})

const look = (name: string) => lookAt(site, page, `quarantine-${name}`)
const press = (name: string | RegExp) => pressOn(page, name)
const open = (line: number) =>
  page
    .getByRole('link', { name: `${EXAMS}, line ${line}`, exact: true })
    .first()
    .click()

test('what waits is listed by reason and age', async () => {
  await page.goto('/staff/quarantine')
  await page.getByRole('heading', { level: 1, name: 'Quarantine' }).waitFor()
  await page.getByRole('img', { name: /Waiting rows by age/ }).waitFor()
  await look('list')
  await page.emulateMedia({ colorScheme: 'dark' })
  await takeScreens(page, 'quarantine-list-dark')
  await page.emulateMedia({ colorScheme: null })
  await page.getByRole('link', { name: 'Next rows' }).click()
  await page.getByRole('link', { name: 'Unknown grade', exact: true }).first().click()
  await look('list-of-one-reason')
})

test('a row of an unknown ID stands beside whose it may be, and is given to her', async () => {
  await page.goto('/staff/quarantine')
  await open(2)
  await page.getByText('Likely: address and name agree.').waitFor()
  await look('row-unknown-candidate')
  await page.getByLabel('Candidate ID').fill('nobody')
  await press('Give the row to this candidate')
  await page.getByRole('link', { name: 'No candidate has this ID' }).waitFor()
  await look('row-refused')
  await press(`Give it to ${HOLDER.name}`)
  await page.getByText('The row is settled.').waitFor()
  await look('row-settled')
})

test('a code is mapped, a duplicate counts, a grade is tried again and a row is dismissed', async () => {
  await page.goto('/staff/quarantine?code=jn0-new-series')
  await open(4)
  await look('row-unknown-exam')
  await page.getByLabel('Exam', { exact: true }).selectOption({ index: 3 })
  await press('Save and try again')
  await page.getByText('The row is settled.').waitFor()

  await page.goto('/staff/quarantine?reason=duplicate_in_file')
  await open(7)
  await look('row-duplicate')
  await press('Have it count')
  await page.getByText('1 other row that waited for the same is settled, too.').waitFor()

  await page.goto('/staff/quarantine?reason=unknown_grade')
  await open(5)
  await press('Read it again')
  await page.getByText('It still waits').waitFor()
  await look('row-still-waits')
  await page.getByLabel('Why').fill('A test of the vendor')
  await press('Dismiss it')
  await page.getByText('dismissed: it does not count').waitFor()
})

test('many rows are dismissed at once, after a look at what would happen', async () => {
  await page.goto('/staff/quarantine?reason=unknown_grade')
  await page.getByRole('checkbox', { name: `Tick ${EXAMS}, line 9`, exact: true }).check()
  await press('Go on with the ticked rows')
  await page.getByText('1 row is chosen. Nothing has happened yet.').waitFor()
  await page.getByRole('link', { name: 'Back to the list' }).click()
  await page.goto('/staff/quarantine?reason=unknown_grade')
  await press('Go on with all rows of this list')
  await look('bulk')
  await press('Dismiss them')
  await page.getByRole('link', { name: 'Say why' }).waitFor()
  await page.getByLabel('Why').fill('The vendor takes these back')
  await press('Dismiss them')
  await page.getByText('60 rows are settled.').waitFor()
  await look('list-done')
})

test('a lost pass is reviewed, and closed with a note', async () => {
  await page.goto('/staff/reviews')
  await look('reviews')
  await page.getByRole('link', { name: 'A pass was lost' }).click()
  await look('review')
  await press('Close it')
  await page.getByRole('link', { name: 'Say what you found' }).waitFor()
  await page
    .getByLabel('What you found')
    .fill('Confirmed with the vendor: the paper was scored anew.\nThe award stays suspended.')
  await press('Close it')
  await page.getByText('The review is closed.').waitFor()
  await look('review-closed')
  await page.goto('/staff/reviews?tab=closed')
  await look('reviews-closed')
})

test('when nothing waits, the page says so', async () => {
  await site.env.DB.prepare(
    "UPDATE quarantined_rows SET resolved_at = 1, settlement = 'replayed' WHERE resolved_at IS NULL",
  ).run()
  await page.goto('/staff/quarantine')
  await page.getByText('Nothing waits.').waitFor()
  await look('empty')
})
