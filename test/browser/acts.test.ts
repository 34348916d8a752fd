import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findLocalMail } from '../../scripts/local-mail.ts'
import { addMonths } from '../../src/core/calendar-date.ts'
import { openDatabase } from '../../src/core/database.ts'
import * as schema from '../../src/schema.ts'
import { mintSession } from '../../src/sign-in/session.ts'
import { insertSession } from '../../src/sign-in/session-queries.ts'
import { follow, headed, look as lookAt, newPage, press, signedInStaff } from './support/console.ts'
import { HOLDER, people, sittings } from './support/records.ts'
import { deliver, launchBrowser, openContext, SESSION_KEY, type Site, startSite } from './support/site.ts'

let site: Site
let browser: Browser
let reviewer: Page
let owner: Page
let candidate: Page

beforeAll(async () => {
  site = await startSite()
  browser = await launchBrowser(site)
  await deliver(site, people.name, people.bytes)
  await deliver(site, sittings.name, sittings.bytes)
  await site.tick()
  reviewer = await signedInStaff(site, browser, { role: 'reviewer', name: 'Grace reviewer' })
  owner = await signedInStaff(site, browser, { role: 'owner', name: 'Olga owner' })
  await site.env.DB.prepare("UPDATE candidates SET agreed_version = '2026-1', reviewed_at = ?")
    .bind(Date.now())
    .run()
  const { id, idHash } = await mintSession(SESSION_KEY)
  const session = { idHash, candidateId: HOLDER.id, method: 'password' as const, device: 'Firefox, Windows' }
  await insertSession(openDatabase(site.env.DB), session, new Date())
  const context = await openContext(browser)
  await context.addCookies([
    { name: '__Host-session', value: id, domain: 'localhost', path: '/', secure: true, httpOnly: true },
  ])
  candidate = await newPage(context)
})

afterAll(async () => {
  await browser?.close()
  await site?.close()
})

const look = (page: Page, name: string) => lookAt(site, page, `acts-${name}`)

test('a reviewer suspends an award: from the candidate, over what it changes, to the mail', async () => {
  await reviewer.goto(`/staff/candidates/${HOLDER.id}`)
  await reviewer.getByRole('link', { name: 'JNCIS-ENT', exact: true }).click()
  await headed(reviewer, /Enterprise Routing and Switching, Specialist/)
  await look(reviewer, 'award')
  await follow(reviewer, 'Suspend')
  await headed(reviewer, 'Suspend JNCIS-ENT')
  await look(reviewer, 'form')
  await press(reviewer, 'See what it changes')
  await reviewer.getByRole('link', { name: 'Give a reason' }).waitFor()
  await look(reviewer, 'form-refused')
  await reviewer.getByLabel('Reason').fill('The sitting is looked into.\nIt takes until Friday.')
  await press(reviewer, 'See what it changes')
  await reviewer.getByText('1 certification changes').waitFor()
  await look(reviewer, 'preview')
  await press(reviewer, 'Change something')
  expect(await reviewer.getByLabel('Reason').inputValue()).toContain('until Friday')
  await press(reviewer, 'See what it changes')
  const before = new Date()
  await press(reviewer, 'Suspend it')
  await reviewer.getByText('It is suspended. The candidate gets a mail that says so.').waitFor()
  await look(reviewer, 'done')
  await site.tick()
  const mail = await findLocalMail(
    ['The program has suspended this certification', 'It takes until Friday.'],
    before,
    20_000,
  )
  expect(mail).toContain(HOLDER.id)
})

test('the candidate reads the reason, and staff lift it again', async () => {
  await candidate.goto('/certifications/status')
  await candidate.getByText('It takes until Friday.').waitFor()
  await look(candidate, 'status-suspended')
  await follow(reviewer, 'Reinstate')
  await reviewer.getByLabel('Reason').fill('It was in order')
  await press(reviewer, 'See what it changes')
  await press(reviewer, 'Reinstate it')
  await reviewer.getByText('It is reinstated. The candidate gets a mail that says so.').waitFor()
  await candidate.goto('/certifications/status')
  expect(await candidate.locator('.standing--suspended').count()).toBe(0)
})

test('dates are corrected, and one that would overlap or change nothing is refused', async () => {
  await follow(reviewer, 'Correct the dates')
  await look(reviewer, 'correct')
  await reviewer.getByLabel('Reason').fill('Typing mistake')
  await press(reviewer, 'See what it changes')
  await reviewer.getByRole('link', { name: 'Enter at least one date that is another than now' }).waitFor()
  const expiresOn = await reviewer.getByLabel('Expires on').inputValue()
  await reviewer.getByLabel('Expires on').fill(addMonths(expiresOn, 1))
  await press(reviewer, 'See what it changes')
  await press(reviewer, 'Correct it')
  await reviewer.getByText('Its dates are corrected').waitFor()
})

test('many are extended: proposed by one with lines that mean nothing, confirmed by another', async () => {
  const awards = await openDatabase(site.env.DB).select().from(schema.awards)
  await reviewer.goto('/staff/acts')
  await look(reviewer, 'list-empty')
  await follow(reviewer, 'Act on many certifications')
  await look(reviewer, 'bulk-form')
  await reviewer.getByLabel('What').selectOption('Extend')
  await reviewer.getByLabel('Expires on').fill('2039-12-31')
  await reviewer.getByLabel('Reason').fill('Test centres were closed')
  const lines = [awards[0]!.number, 'JNCIA-Junos-0000-0000-0000', awards[1]!.number, awards[0]!.number]
  await reviewer.getByLabel('Certifications', { exact: true }).fill(lines.join('\n'))
  await press(reviewer, 'See what it changes')
  await reviewer.getByText('2 lines are left out').waitFor()
  await look(reviewer, 'bulk-preview')
  await press(reviewer, 'Propose these 2 to a second person')
  await reviewer.getByText('somebody else has to confirm it').waitFor()
  await look(reviewer, 'proposal-own')

  await owner.goto('/staff/acts')
  await look(owner, 'list')
  await follow(owner, 'Extend 2 certifications')
  await look(owner, 'proposal')
  await press(owner, 'Extend these 2')
  await owner.getByText('Done', { exact: true }).waitFor()
  await look(owner, 'proposal-done')
  await candidate.goto('/certifications/status')
  expect(await candidate.getByText('31 December 2039').count()).toBeGreaterThanOrEqual(2)
})

test('an approval is given where the program asks for one, and withdrawn after a second look', async () => {
  await site.env.DB.prepare(
    `UPDATE program_versions SET document = json_set(document, '$.approvals',
      json('[{"code":"board","name":"The board of examiners"}]'))`,
  ).run()
  await reviewer.goto(`/staff/candidates/${HOLDER.id}`)
  await follow(reviewer, 'Give an approval')
  await look(reviewer, 'approval')
  await reviewer.getByLabel('Approval').selectOption('The board of examiners')
  await reviewer.getByLabel('Note').fill('Portfolio of May')
  await press(reviewer, 'See what it changes')
  await reviewer.getByText('Nothing changes yet').waitFor()
  await look(reviewer, 'approval-preview')
  await press(reviewer, 'Give an approval')
  await headed(reviewer, HOLDER.name)
  await reviewer.getByText('Portfolio of May').waitFor()
  await look(reviewer, 'record')
  await reviewer.getByRole('link', { name: 'Withdraw', exact: true }).click()
  await press(reviewer, 'Withdraw')
  await reviewer.getByRole('link', { name: 'Give a reason' }).waitFor()
  await look(reviewer, 'approval-withdrawal')
  await reviewer.getByLabel('Reason').fill('It was meant for a colleague')
  await press(reviewer, 'Withdraw')
  await reviewer.getByText('Withdrawn by Grace reviewer').waitFor()
})
