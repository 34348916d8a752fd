import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { strToU8, zipSync } from 'fflate'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pdf } from '../requests/given-photo.ts'
import { bookings, courses, HOLDER, people, sittings } from './support/records.ts'
import {
  accessibilityFaults,
  deliver,
  launchBrowser,
  mailedLink,
  openContext,
  type Site,
  startSite,
  takeScreens,
  weightOf,
} from './support/site.ts'

/** product.md: HTML and CSS of a page come in the first round trip of a slow connection. */
const PAGE_BUDGET_BYTES = 14_336
const PASSWORD = 'correct horse battery staple'

let site: Site
let browser: Browser
let candidate: BrowserContext
let page: Page
let transcriptLink: string
let heaviest = { name: '', bytes: 0 }

beforeAll(async () => {
  site = await startSite()
  browser = await launchBrowser(site)
  await deliver(site, people.name, people.bytes)
  await deliver(site, sittings.name, sittings.bytes)
  await deliver(site, bookings.name, zipSync({ 'registrations.csv': strToU8(bookings.csv) }))
  await deliver(site, courses.name, zipSync({ 'courses.csv': strToU8(courses.csv) }))
  candidate = await openContext(browser, { permissions: ['clipboard-read', 'clipboard-write'] })
  page = await candidate.newPage()
})

afterAll(async () => {
  console.log(`heaviest page: ${heaviest.name}, ${heaviest.bytes} bytes of HTML and CSS, compressed`)
  await browser?.close()
  await site?.close()
})

/** Looks at the page as a person and as axe would. */
async function look(name: string) {
  await takeScreens(page, name)
  expect(await accessibilityFaults(page), name).toEqual([])
  const bytes = await weightOf(site, page)
  expect(bytes, name).toBeLessThan(PAGE_BUDGET_BYTES)
  if (bytes > heaviest.bytes) heaviest = { name, bytes }
}

async function choose(menu: string, item: string) {
  const navigation = page.getByRole('navigation', { name: 'Main menu' })
  await navigation.getByText(menu, { exact: true }).click()
  await navigation.getByRole('link', { name: item, exact: true }).click()
}

test('a visitor finds the doors', async () => {
  await page.goto('/')
  await look('front')
  await page.goto('/sign-in')
  await look('sign-in')
  await page.getByRole('link', { name: 'Never logged in before?' }).click()
  await look('first-sign-in')
  await page.goto('/forgotten')
  await look('forgotten')
  await page.goto('/no-such-page')
  await look('not-found')
})

test('the welcome mail leads to a password, the agreement and home', async () => {
  await page.goto(await mailedLink(site, HOLDER.id))
  await look('set-password')
  await page.getByLabel('New password').fill('short')
  await page.locator('main form button').click()
  expect(await page.title()).toMatch(/^Error: /)
  await look('set-password-refused')

  await page.getByLabel('New password').fill(PASSWORD)
  await page.locator('main form button').click()

  await page.waitForURL('/agreement?return_to=%2F')
  await look('agreement')
  await page.locator('main form button').click()
  expect(await page.title()).toMatch(/^Error: /)
  await look('agreement-refused')
  await page.getByLabel(/accept/).check()
  await page.locator('main form button').click()

  await page.waitForURL('/')
  expect(await page.locator('main').innerText()).toContain('JNCIA-DC')
  await look('home')
})

test('Profile › Update Information keeps what is right and names what is not', async () => {
  await choose('Profile', 'Update Information')
  expect(await page.locator('main').innerText()).toContain(HOLDER.name)
  await look('profile')
  await page.getByLabel('Phone').fill('12')
  await page.getByLabel('Company').fill('Sieci Krakowskie')
  await page.getByRole('button', { name: 'Save' }).click()
  expect(await page.title()).toMatch(/^Error: /)
  expect(await page.getByLabel('Company').inputValue()).toBe('Sieci Krakowskie')
  await look('profile-refused')

  await page.getByLabel('Phone').fill('+48 12 345 67 89')
  await page.getByRole('button', { name: 'Save' }).click()
  expect(await page.getByLabel('Phone').inputValue()).toContain('12 345 67 89')
  await look('profile-saved')
})

test('Exams shows bookings, results, and one that is late', async () => {
  await choose('Exams', 'Exam history')

  const text = await page.locator('main').innerText()
  for (const words of ['JN0-352', 'JN0-105', '731', '690', 'JN0-336', 'JN0-224'])
    expect(text).toContain(words)
  await look('exams')
})

test('Exams › Recertification sends in a course, and names what is wrong with it', async () => {
  await choose('Exams', 'Recertification through Course Attendance')
  await look('recertification')
  await page.getByRole('button', { name: 'Send in this course' }).click()
  expect(await page.title()).toMatch(/^Error: /)
  await look('recertification-refused')

  const yesterday = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10)
  await page.getByRole('combobox', { name: 'Course' }).selectOption('JIR')
  await page.getByLabel('Last day of the course').fill(yesterday)
  await page.getByLabel('Notes').fill('Held by an education partner in Kraków.')
  await page
    .getByLabel('Certificate of completion')
    .setInputFiles({ name: 'course.pdf', mimeType: 'application/pdf', buffer: Buffer.from(pdf()) })
  await page.getByRole('button', { name: 'Send in this course' }).click()

  await page.waitForURL(/\/requests\/\d+$/)
  expect(await page.locator('main').innerText()).toContain('Held by an education partner')
  await look('recertification-sent')
  await choose('Exams', 'Recertification through Course Attendance')
  const history = await page.locator('main').innerText()
  for (const words of [
    'Open',
    'Told by the course’s holder',
    'On record',
    'Taken back by the course’s holder',
  ])
    expect(history).toContain(words)
  await look('recertification-history')
})

test('Certifications › Renewal planner shows what keeps everything, and what a pass would change', async () => {
  await choose('Certifications', 'Renewal planner')
  await look('planner')
  await page.getByRole('button', { name: 'Show what it changes' }).click()
  expect(await page.title()).toMatch(/^Error: /)
  await look('planner-refused')
  await page
    .getByRole('combobox', { name: 'Exam' })
    .selectOption({ label: 'JN0-650 Enterprise Routing and Switching, Professional' })
  await page.getByRole('button', { name: 'Show what it changes' }).click()
  expect(await page.locator('main').innerText()).toContain('Earned')
  await look('planner-asked')
})

test('Certifications › Status shows what is held, and its downloads', async () => {
  await choose('Certifications', 'Status')
  const text = await page.locator('main').innerText()
  for (const code of ['JNCIA-Junos', 'JNCIS-ENT', 'JNCIA-DC']) expect(text).toContain(code)
  for (const why of await page.locator('main details > summary').all()) await why.click()
  await look('status')

  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: /eCertificate.*JNCIS-ENT/ }).click()
  const pdf = await (await download).path()
  expect(readFileSync(pdf, 'latin1')).toMatch(/^%PDF-/)
  const { error, stdout: printed } = spawnSync('pdftotext', [pdf, '-'], { encoding: 'utf8' })
  if (error)
    console.warn('pdftotext is missing (poppler-utils): the name on the certificate is not looked for')
  else expect(printed.normalize('NFC')).toContain(HOLDER.name)

  const logo = page.waitForEvent('download')
  await page.getByRole('link', { name: /logo.*JNCIS-ENT/i }).click()
  expect((await logo).suggestedFilename()).toMatch(/\.zip$/)
})

test('Share › Publish Credentials makes a link, and the Share icon copies it', async () => {
  await choose('Share', 'Publish Credentials')
  await look('transcripts-empty')
  await page.getByRole('link', { name: 'Create a new transcript' }).first().click()
  await look('transcript-new')
  await page.getByLabel('Remarks').fill('For the network operations team in Kraków.\nAsk me about the labs.')
  await page.getByRole('button', { name: 'Save' }).click()
  await look('transcript-saved')

  await page
    .getByRole('button', { name: /Share|Copy/ })
    .first()
    .click()
  await page.getByText('The link is copied.').waitFor()
  transcriptLink = await page.evaluate<string>('navigator.clipboard.readText()')
  expect(new URL(transcriptLink).pathname).toMatch(/^\/t\/[\w.-]+$/)
  await choose('Share', 'Publish Credentials')
  await look('transcripts')
})

test('an employer opens the link without an account and sees the record', async () => {
  const employer = await openContext(browser)
  const seen = await employer.newPage()
  page = seen
  await seen.goto(new URL(transcriptLink).pathname)

  const text = await seen.locator('main').innerText()
  expect(text).toContain(HOLDER.name)
  expect(text).toContain('All 3 certifications are active')
  expect(await seen.content()).not.toContain(HOLDER.id)
  expect(await seen.content()).not.toContain(HOLDER.email)
  await look('published-transcript')
  await seen.goto(`${new URL(transcriptLink).pathname}x`)
  expect(await seen.locator('h1').innerText()).toContain('not available')
  await look('published-gone')
  await employer.close()
  page = candidate.pages()[0]!
})

test('an employer checks the code on a certificate', async () => {
  const row = await site.env.DB.prepare('SELECT verification_code FROM awards WHERE certification = ?')
    .bind('JNCIS-ENT')
    .first<{ verification_code: string }>()
  const employer = await openContext(browser)
  page = await employer.newPage()
  await page.goto('/verify')
  await look('verify')
  await page.getByLabel('Verification code').fill('1234')
  await page.getByRole('button', { name: 'Check' }).click()
  await look('verify-refused')
  await page.getByLabel('Verification code').fill(row!.verification_code.toLowerCase())
  await page.getByRole('button', { name: 'Check' }).click()

  const text = await page.locator('main').innerText()
  expect(text).toContain(HOLDER.name)
  expect(text).toContain('This certification is active')
  await look('verified')
  await page.goto('/verify/0000000000000000')
  await look('verify-unknown')
  await employer.close()
  page = candidate.pages()[0]!
})

test('a disabled transcript opens nothing any more', async () => {
  await choose('Share', 'Publish Credentials')
  await page.getByRole('link', { name: 'Edit' }).first().click()
  await look('transcript-edit')
  await choose('Share', 'Publish Credentials')
  await page
    .getByRole('link', { name: 'Disable' })
    .or(page.getByRole('button', { name: 'Disable' }))
    .first()
    .click()
  await look('transcript-disable')
  await page
    .getByRole('button', { name: /Disable/ })
    .first()
    .click()

  const answer = await fetch(site.origin + new URL(transcriptLink).pathname)
  expect(answer.status).toBe(404)
  await choose('Share', 'Publish Credentials')
  await look('transcripts-disabled')
})

test('signing out and in again, by candidate ID', async () => {
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.goto('/certifications/status')
  await page.getByLabel('E-mail or candidate ID').fill(HOLDER.id)
  await page.getByLabel('Password').fill('not the password')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  expect(await page.title()).toMatch(/^Error: /)
  await look('sign-in-refused')

  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()

  expect(new URL(page.url()).pathname).toBe('/certifications/status')
})

test('everything works without any script', async () => {
  const plain = await openContext(browser, { javaScriptEnabled: false })
  page = await plain.newPage()
  await page.goto('/sign-in')
  await page.getByLabel('E-mail or candidate ID').fill(HOLDER.email)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await choose('Share', 'Publish Credentials')
  await page.getByRole('link', { name: 'Create a new transcript' }).first().click()
  await page.getByRole('button', { name: 'Save' }).click()

  expect(await page.getByLabel('Link to this transcript').inputValue()).toContain('/t/')
  await takeScreens(page, 'no-script-transcript')
  await plain.close()
})
