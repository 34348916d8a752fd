import { strToU8, zipSync } from 'fflate'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findLocalMail } from '../../scripts/local-mail.ts'
import { openDatabase } from '../../src/core/database.ts'
import { mintSession } from '../../src/sign-in/session.ts'
import { insertSession } from '../../src/sign-in/session-queries.ts'
import { follow, headed, look as lookAt, newPage, press, signedInStaff } from './support/console.ts'
import { bookings, HOLDER, people, sittings } from './support/records.ts'
import {
  deliver,
  launchBrowser,
  mailedPath,
  openContext,
  SESSION_KEY,
  type Site,
  startSite,
  takeScreens,
} from './support/site.ts'

/** One pixel. */
const PHOTO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const file = { name: 'paper.png', mimeType: 'image/png', buffer: PHOTO }

let site: Site
let browser: Browser
let reviewer: Page
let support: Page
let candidate: Page
let stranger: Page
let replyPath: string

beforeAll(async () => {
  site = await startSite()
  browser = await launchBrowser(site)
  await deliver(site, people.name, people.bytes)
  await deliver(site, sittings.name, sittings.bytes)
  await deliver(site, bookings.name, zipSync({ 'registrations.csv': strToU8(bookings.csv) }))
  await site.tick()
  reviewer = await signedInStaff(site, browser, { role: 'reviewer', name: 'Reinhild Reviewer' })
  support = await signedInStaff(site, browser, { role: 'support', name: 'Sunita Support' })
  candidate = await newPage(await candidateContext())
  stranger = await newPage(await openContext(browser))
})

afterAll(async () => {
  await browser?.close()
  await site?.close()
})

async function candidateContext() {
  const { id, idHash } = await mintSession(SESSION_KEY)
  const session = { idHash, candidateId: HOLDER.id, method: 'password' as const, device: 'Firefox, Windows' }
  await insertSession(openDatabase(site.env.DB), session, new Date())
  const context = await openContext(browser)
  await context.addCookies([
    { name: '__Host-session', value: id, domain: 'localhost', path: '/', secure: true, httpOnly: true },
  ])
  return context
}

const look = (page: Page, name: string) => lookAt(site, page, `desk-${name}`)

test('a candidate finds where to ask, and asks about a late result', async () => {
  await candidate.goto('/requests')
  if (new URL(candidate.url()).pathname === '/agreement') {
    await candidate.getByLabel(/accept/).check()
    await candidate.locator('main form button').click()
    await candidate.goto('/requests')
  }
  await candidate.getByText('You have not asked Program Support for anything yet.').waitFor()
  await look(candidate, 'requests-empty')
  await candidate.getByRole('main').getByRole('link', { name: 'Ask Program Support' }).click()
  await headed(candidate, 'Ask Program Support')
  await look(candidate, 'new-request')

  await candidate.goto('/exams')
  await look(candidate, 'exams')
  await follow(candidate, 'Ask about this result')
  await candidate.goto('/requests/new/missing_result')
  await press(candidate, 'Send to Program Support')
  await candidate.getByRole('link', { name: 'Choose the exam' }).waitFor()
  await look(candidate, 'missing-result-refused')
  await candidate.getByLabel('Exam', { exact: true }).selectOption({ index: 1 })
  await candidate.getByLabel('Date of the exam').fill('2026-01-15')
  await candidate.getByLabel('Where').fill('Test center in Kraków')
  await candidate.getByLabel('Your message').fill('The clerk said that I passed.')
  await candidate.getByRole('button', { name: 'Send to Program Support' }).dblclick()
  await headed(candidate, 'Missing result')
  await look(candidate, 'missing-result')
})

test('and about a result, and something else with a file', async () => {
  await candidate.goto('/requests/new/result_question')
  await look(candidate, 'result-question')
  await candidate.goto('/requests/new/other')
  await look(candidate, 'other')
  await candidate.getByLabel('Subject').fill('My certificate on paper')
  await candidate.getByLabel('Your message').fill('Can you post it to me?\nMy employer wants to see one.')
  await candidate.getByLabel('Files').setInputFiles([file, file])
  await press(candidate, 'Send to Program Support')
  await headed(candidate, 'Other question')
  await candidate.getByText('File: PNG').first().waitFor()
  await candidate.goto('/requests')
  await look(candidate, 'requests')
})

test('a reviewer writes a canned answer', async () => {
  await reviewer.goto('/staff/canned-answers')
  await press(reviewer, 'Save')
  await reviewer.getByRole('link', { name: 'Enter a title' }).waitFor()
  await reviewer.getByLabel('Title').fill('No paper')
  await reviewer.getByLabel('Text').fill('We do not post paper. Print the eCertificate: it is as good.')
  await press(reviewer, 'Save')
  await follow(reviewer, 'No paper')
  await look(reviewer, 'canned-answer')
  await follow(reviewer, 'Remove it')
  await headed(reviewer, 'Remove a canned answer')
  await look(reviewer, 'canned-answer-removal')
  await reviewer.goto('/staff/canned-answers')
  await look(reviewer, 'canned-answers')
})

test('the queue is walked by keys, which can be turned off', async () => {
  await support.goto('/staff/requests')
  await look(support, 'queue')
  await support.emulateMedia({ colorScheme: 'dark' })
  await takeScreens(support, 'desk-queue-dark')
  await support.emulateMedia({ colorScheme: null })
  await support.keyboard.press('j')
  await support.keyboard.press('j')
  await support.keyboard.press('k')
  await support.keyboard.press('j')
  await support.keyboard.press('r')
  await headed(support, 'Other question')
  await support.locator('textarea[name="message"]:focus').waitFor()
  await support.goto('/staff/requests')
  await press(support, 'Turn the keys off')
  await support.keyboard.press('j')
  expect(await support.evaluate('document.activeElement?.tagName')).toBe('BUTTON')
  await press(support, 'Turn the keys on')

  await support.getByLabel('Kind').selectOption('Missing result')
  await support.getByLabel('Seen to by').selectOption('Nobody')
  await press(support, 'Show these')
  await support.waitForURL(/kind=missing_result/)
  expect(await support.locator('[data-row]').count()).toBe(1)
})

test('staff note, ask back with a canned answer, and are not shown by name', async () => {
  await support.goto('/staff/requests?kind=other')
  await follow(support, 'Other question')
  await support.getByLabel('Note', { exact: true }).fill('The employer wrote last week, too.')
  await press(support, 'Keep the note')
  await support.getByText('Only for staff').waitFor()
  const message = support.getByLabel('Message', { exact: true })
  await message.fill('Dear candidate,')
  await support.getByLabel('Begin with a canned answer').selectOption('No paper')
  await press(support, 'Fill in')
  await support.waitForURL(/messages#message$/)
  expect(await message.inputValue()).toContain('Dear candidate,\n\nWe do not post paper.')
  await look(support, 'review')
  await message.fill(`${await message.inputValue()}\n\nWho is your employer?`)
  await support.getByLabel('Files').setInputFiles([file])
  const since = new Date()
  await support.getByRole('button', { name: 'Send, and wait for the candidate' }).dblclick()
  await support.getByText('We asked back').waitFor()
  await site.tick()
  replyPath = await mailedPath(['Who is your employer?'], '/reply/', since)

  await candidate.goto('/requests')
  await follow(candidate, 'Other question')
  await candidate.getByText('Waiting for you').waitFor()
  await candidate.getByText('Who is your employer?').waitFor()
  await look(candidate, 'thread')
  const text = (await candidate.textContent('body'))!
  expect(text).not.toMatch(/Sunita|employer wrote last week/)
})

test('the link of the mail lets its reader reply, and opens nothing else', async () => {
  await stranger.goto(replyPath)
  await headed(stranger, 'Other question')
  await look(stranger, 'reply')
  expect(await stranger.textContent('body')).not.toMatch(/Zofia|JPR0|Sunita/)
  await press(stranger, 'Send the message')
  await stranger.getByRole('link', { name: 'Enter a message' }).waitFor()
  await look(stranger, 'reply-refused')
  await stranger.getByLabel('Message', { exact: true }).fill('Łąka Sp. z o.o.')
  await stranger.getByRole('button', { name: 'Send the message' }).dblclick()
  await stranger.getByText('Your message is with Program Support.').waitFor()
  await look(stranger, 'reply-sent')
  await stranger.goto(`${replyPath.slice(0, -1)}~`)
  await headed(stranger, 'This link does not work')
  await look(stranger, 'reply-dead')
  await stranger.goto('/requests')
  expect(new URL(stranger.url()).pathname).toBe('/sign-in')
})

test('of two who answer, the second reads what the first said, and loses no word', async () => {
  await support.goto('/staff/requests?kind=other')
  await follow(support, 'Other question')
  await reviewer.goto(support.url())
  await press(reviewer, 'I see to it')
  await headed(reviewer, 'Other question')
  await reviewer.getByLabel('Message', { exact: true }).fill('Show them the published transcript.')
  await support.getByLabel('Message', { exact: true }).fill('Let me look into it.')
  await press(support, 'Send, and it is answered')
  await support.getByText('This request was answered.').waitFor()
  await press(reviewer, 'Send, and it is answered')
  await reviewer.getByText('Somebody was faster').waitFor()
  expect(await reviewer.getByLabel('Note', { exact: true }).inputValue()).toBe(
    'Show them the published transcript.',
  )
  await look(reviewer, 'review-late')
  await site.tick()
  expect(await findLocalMail(['Let me look into it.', 'answered'], site.startedAt, 20_000)).toBeTruthy()
})

test('the candidate says that it helped, and the queue tells', async () => {
  await candidate.reload()
  await candidate.getByText('Ask further').waitFor()
  await candidate.getByLabel('What we should know').fill('Quick and kind.')
  await press(candidate, 'Yes, it helped')
  await candidate.getByText('You said that it helped.').waitFor()
  await look(candidate, 'thread-answered')
  await support.goto('/staff/requests?state=ended')
  await support.getByText('100%').waitFor()
  await look(support, 'queue-ended')
})
