import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { follow, headed, look as lookAt, press, signedInStaff } from './support/console.ts'
import { bookings, courses, passesFile, people } from './support/records.ts'
import { launchBrowser, type Site, startSite, takeScreens } from './support/site.ts'

const SAMPLES = 'programs/juniper/sample'
const sample = (name: string) => readFileSync(`${SAMPLES}/${name}`)
const FIRST_SAMPLE = 'JNCP-20210104-060000.zip'
const INBOX = ['JNCP-20220103-060000.zip', 'JNCP-NS-20220104a.zip', 'JNCP-20230102-060000.zip']
/** As long as a name may be, in a script that runs the other way. */
const LONG_NAME = `${'نتائج-'.repeat(33)}.dat`.slice(-200).replace(/^-/, 'ن')

let site: Site
let browser: Browser
let reviewer: Page
let auditor: Page

beforeAll(async () => {
  site = await startSite()
  browser = await launchBrowser(site)
  reviewer = await signedInStaff(site, browser, { role: 'reviewer', name: 'Reinhild Reviewer' })
  auditor = await signedInStaff(site, browser, { role: 'auditor', name: 'Arthur Auditor' })
})

afterAll(async () => {
  await browser?.close()
  await site?.close()
})

const look = (page: Page, name: string) => lookAt(site, page, `deliveries-${name}`)
const ended = (page: Page) =>
  page
    .locator('.head .standing')
    .filter({ hasText: /Imported|Stopped|Failed/ })
    .waitFor()

async function upload(page: Page, name: string, content: string | Uint8Array) {
  await page.goto('/staff/deliveries/new')
  const buffer = Buffer.from(content)
  await page.getByLabel('File').setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
  await press(page, 'Deliver it')
}

async function allImported() {
  for (let waited = 0; waited < 300; waited += 1) {
    const open = "SELECT count(*) AS n FROM deliveries WHERE state IN ('received', 'importing')"
    const row = await site.env.DB.prepare(open).first<{ n: number }>()
    if (row!.n === 0) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the samples were not imported')
}

test('a file is delivered by hand, and its page follows the import to its end', async () => {
  await reviewer.goto('/staff')
  await follow(reviewer, 'Deliveries')
  await headed(reviewer, 'Deliveries')
  await look(reviewer, 'empty')
  await follow(reviewer, 'Deliver a file')
  await press(reviewer, 'Deliver it')
  await reviewer
    .getByLabel('File')
    .setInputFiles({ name: 'x.dat', mimeType: 'text/plain', buffer: Buffer.from('') })
  await press(reviewer, 'Deliver it')
  await reviewer.getByRole('link', { name: /The file is empty/ }).waitFor()
  await look(reviewer, 'upload-refused')

  await upload(reviewer, FIRST_SAMPLE, sample(FIRST_SAMPLE))
  await headed(reviewer, FIRST_SAMPLE)
  await ended(reviewer)
  await reviewer.getByText(/It balances/).waitFor()
  expect(await reviewer.getByText('Reinhild Reviewer').count()).toBeGreaterThan(0)
  await look(reviewer, 'imported')

  await upload(reviewer, 'another-name.zip', sample(FIRST_SAMPLE))
  await reviewer.getByText(/The same bytes were delivered before/).waitFor()
  await headed(reviewer, FIRST_SAMPLE)
})

test('samples come through the inbox, are listed and drawn, and a result that has not come is late', async () => {
  const inbox = (name: string, content: Uint8Array | string) =>
    site.env.BUCKET.put(`inbox/pearson/${name}`, content)
  for (const name of INBOX) await inbox(name, sample(name))
  await inbox(people.name, people.bytes)
  await inbox('registrations.csv', bookings.csv)
  await site.tick()
  await allImported()
  await site.env.DB.prepare(
    `UPDATE deliveries SET received_at = received_at - 86400000 * (abs(unicode(substr(sha256, 1)) * 7
      + unicode(substr(sha256, 2))) % 29)`,
  ).run()

  await reviewer.goto('/staff/deliveries')
  await reviewer.getByText(/deliveries on this page/).waitFor()
  await look(reviewer, 'list')
  await reviewer.getByText('The same in numbers').click()
  await reviewer.emulateMedia({ colorScheme: 'dark' })
  await takeScreens(reviewer, 'deliveries-list-dark')
  await reviewer.emulateMedia({ colorScheme: null })
  await reviewer.goto('/staff')
  await follow(reviewer, /Late results: [1-9]/)
  await headed(reviewer, 'Late results')
  await look(reviewer, 'late')
})

test('a delivery of courses says which stand as it said', async () => {
  await upload(reviewer, 'courses.csv', courses.csv)
  await ended(reviewer)
  await reviewer.getByText('What it said of courses').waitFor()
  await reviewer.getByText('Unknown course').waitFor()
  await look(reviewer, 'courses')
})

test('a result tells where every version of it came from', async () => {
  const changed = `SELECT results.id FROM results JOIN result_versions USING (feed, registration_id)
    WHERE result_versions.outcome <> 'superseded' ORDER BY results.id LIMIT 1`
  const row = await site.env.DB.prepare(changed).first<{ id: number }>()
  await auditor.goto(`/staff/results/${row!.id}`)
  await auditor.getByText('It stands').waitFor()
  await look(auditor, 'result')
  await auditor.getByRole('table').locator('a[href^="/staff/deliveries/"]').first().click()
  await auditor.getByRole('heading', { name: 'Facts' }).waitFor()
  expect(await auditor.getByRole('button', { name: 'Import again' }).count()).toBe(0)
  expect(await auditor.getByRole('link', { name: 'Download as received' }).count()).toBe(0)
})

test('a delivery of strangers is stopped, and let through by somebody who has looked', async () => {
  const passes = Array.from({ length: 40 }, (_, n) => ({
    registration: String(700_000_000 + n),
    code: 'JN0-105',
    id: `NOBODY${n}`,
    daysAgo: 5,
  }))
  await upload(reviewer, LONG_NAME, passesFile(passes).bytes)
  await ended(reviewer)
  await reviewer.getByText('examples of rows').click()
  await takeScreens(reviewer, 'deliveries-stopped')
  await press(reviewer, 'Import it all the same')
  await reviewer.getByRole('link', { name: /Look at why it stopped/ }).waitFor()
  await look(reviewer, 'stopped-refused')
  await reviewer.getByLabel(/I have looked at why it stopped/).check()
  await reviewer.getByRole('button', { name: 'Import it all the same' }).dblclick()
  await ended(reviewer)
  await reviewer.getByText('Let past its brakes by').waitFor()
  await reviewer
    .getByText(/40 in quarantine/)
    .first()
    .waitFor()
  await look(reviewer, 'let-through')

  const [file] = await Promise.all([
    reviewer.waitForEvent('download'),
    follow(reviewer, 'Download as received'),
  ])
  expect(file.suggestedFilename()).toBe(LONG_NAME)
  const [table] = await Promise.all([
    reviewer.waitForEvent('download'),
    follow(reviewer, /All of them as CSV/),
  ])
  expect(readFileSync(await table.path(), 'utf8').split('\r\n')).toHaveLength(1 + 40 + 1)
})

test('a file that is none is set aside', async () => {
  await upload(reviewer, 'letter.txt', 'Dear colleagues')
  await ended(reviewer)
  await look(reviewer, 'failed')
  await press(reviewer, 'Set aside')
  await reviewer.getByText('Nobody is asked to look at it any more.').waitFor()
  await reviewer.goto('/staff/deliveries?state=attention')
  expect(await reviewer.getByText('letter.txt').count()).toBe(0)
})
