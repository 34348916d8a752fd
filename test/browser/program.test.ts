import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { follow, headed, look as lookAt, press, signedInStaff } from './support/console.ts'
import { people, sittings } from './support/records.ts'
import { deliver, launchBrowser, type Site, startSite } from './support/site.ts'

let site: Site
let browser: Browser
let author: Page
let second: Page

beforeAll(async () => {
  site = await startSite()
  browser = await launchBrowser(site)
  await deliver(site, people.name, people.bytes)
  await deliver(site, sittings.name, sittings.bytes)
  author = await signedInStaff(site, browser, { role: 'catalogue', name: 'Grace catalogue' })
  second = await signedInStaff(site, browser, { role: 'owner', name: 'Grace owner' })
})

afterAll(async () => {
  await browser?.close()
  await site?.close()
})

const look = (page: Page, name: string) => lookAt(site, page, `program-${name}`)

test('an extension is written, after a window that ends before it begins', async () => {
  await author.goto('/staff/program')
  await headed(author, 'Program')
  await look(author, 'overview')
  await follow(author, 'Extend expiries')
  await look(author, 'extension')
  await author.getByLabel('What changes, and why').fill('Closed test centres')
  await author.getByLabel('Expires on or after').fill('2030-12-31')
  await author.getByLabel('Expires on or before').fill('2020-01-01')
  await author.getByLabel('Months longer').fill('six')
  await press(author, 'Write it down')
  await author.getByRole('link', { name: 'Enter how many months longer, 1 or more' }).waitFor()
  await author.getByLabel('Months longer').fill('6')
  await press(author, 'Write it down')
  await author.getByText('renewal.extensions[0].expiresUntil').waitFor()
  await look(author, 'extension-refused')
  await author.getByLabel('Expires on or after').fill('2020-01-01')
  await author.getByLabel('Expires on or before').fill('2035-12-31')
  await press(author, 'Write it down')
  await author.getByText('Written down. Nothing applies yet.').waitFor()
  await look(author, 'written')
})

test('it is tried on everybody, and its author cannot put it in force', async () => {
  await press(author, 'Try it on everybody')
  await author.getByText(/candidates? (is|are) affected/).waitFor({ timeout: 30_000 })
  await look(author, 'tried')
  expect(await author.getByRole('button', { name: 'Put it in force' }).count()).toBe(0)
  await author.getByText('A second person has to do this').waitFor()
  await follow(author, /^See whose/)
  await author.getByText('Extended').first().waitFor()
  await look(author, 'effects')
})

test('a second person puts it in force, and lets the mails go', async () => {
  await second.goto('/staff/program')
  await follow(second, 'Closed test centres')
  await press(second, 'Put it in force')
  await second.getByText('It is decided, and everybody is evaluated by it').waitFor()
  await second.getByText('In force, as version 2').waitFor()
  await look(second, 'decided')
  await second.goto('/staff/program')
  await second.getByText('Held back').waitFor()
  await look(second, 'in-force')
  await follow(second, 'Run 2')
  await press(second, 'Let them go')
  await second.getByText('They were let go.').waitFor()
  await look(second, 'let-go')
})

test('a version that lies ahead is chosen, changed, and taken back', async () => {
  await author.goto('/staff/program')
  await follow(author, 'How long things last, and renewal')
  await author.getByLabel('What changes, and why').fill('Longer from then on')
  await author.getByLabel('Months a renewal lasts').fill('48')
  await author.getByLabel(/^From a day on/).check()
  await author.getByLabel('That day').fill(`${new Date().getFullYear() + 2}-01-01`)
  await press(author, 'Write it down')
  await press(author, 'Try it on everybody')
  await author.getByText('It was tried on everybody.').waitFor({ timeout: 30_000 })
  await second.goto('/staff/program')
  await follow(second, 'Longer from then on')
  await press(second, 'Put it in force')
  await second.getByText(/Begins on .+, as version 3/).waitFor()
  await author.goto('/staff/program/changes/new/renewal')
  await author.getByText('It ends before').waitFor()
  await look(author, 'which-version')
  await follow(author, /^Version 3, from/)
  await author.getByText('This changes version 3.').waitFor()
  await author.goto('/staff/program')
  await look(author, 'version-ahead')
  await follow(author, 'Take version 3 back')
  await headed(author, 'Take version 3 back')
  await look(author, 'take-back')
  await press(author, 'Take it back')
  await author.getByText('Version 3 is taken back.').waitFor()
  await look(author, 'taken-back')
})

test('a change is dropped and taken up again', async () => {
  await author.goto('/staff/program/changes/new/renewal')
  await author.getByLabel('What changes, and why').fill('Not now')
  await press(author, 'Write it down')
  await press(author, 'Drop this change')
  await author.getByText('The change is dropped').waitFor()
  await look(author, 'dropped')
  await press(author, 'Take it up again')
  await author.getByText('It is taken up again').waitFor()
})

test('a document that contradicts itself is refused with every place', async () => {
  await author.goto('/staff/program/changes/new/document')
  const field = author.getByLabel('The document')
  const document = JSON.parse(await field.inputValue())
  document.certifications[0].exam = 'NOPE'
  document.exams[0].level = 'NOPE'
  await author.getByLabel('What changes, and why').fill('A mistake')
  await field.fill(JSON.stringify(document))
  await press(author, 'Write it down')
  await author.getByText('certifications[0].exam').waitFor()
  await author.getByText('exams[0].level').waitFor()
  await author.setViewportSize({ width: 1280, height: 900 })
})
