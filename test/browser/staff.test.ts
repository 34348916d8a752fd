import { Secret, TOTP } from 'otpauth'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findLocalMail } from '../../scripts/local-mail.ts'
import { inviteStaff } from '../../scripts/staff-command.ts'
import { localStaff } from '../../scripts/staff-statements.ts'
import { proveLog } from '../../src/audit/prove.ts'
import { openDatabase } from '../../src/core/database.ts'
import * as schema from '../../src/schema.ts'
import { mintSession } from '../../src/sign-in/session.ts'
import { insertSession } from '../../src/sign-in/session-queries.ts'
import { follow, headed, look as lookAt, newPage, press } from './support/console.ts'
import { HOLDER, people, sittings } from './support/records.ts'
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

const PASSWORD = 'seven grey herons by the weir'
const OWNER = { email: 'owner@program.example', name: 'Olga Owner', role: 'owner' }
const REVIEWER = { email: 'reviewer@program.example', name: 'Reinhild Reviewer' }
/** On record by hand, with nothing but a name: as long as one can be, and in two scripts. */
const BARE = {
  id: 'JPR00660001',
  givenName: 'Wolfeschlegelsteinhausen'.repeat(4),
  familyName: 'Bergerdorff',
  nativeName: 'Михаил Булгаков',
}
/** One pixel. */
const PHOTO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

let site: Site
let browser: Browser
let owner: Page
let reviewer: Page
let candidate: Page
let app: TOTP
let invitation: string

beforeAll(async () => {
  site = await startSite()
  browser = await launchBrowser(site)
  await deliver(site, people.name, people.bytes)
  await deliver(site, sittings.name, sittings.bytes)
  const now = new Date()
  await openDatabase(site.env.DB)
    .insert(schema.candidates)
    .values({
      ...BARE,
      fullName: `${BARE.givenName} ${BARE.familyName}`,
      vendorTime: 0,
      rowHash: '-',
      deliveryId: 'given',
      deliveryLine: 1,
      createdAt: now,
    })
  await site.tick()
  owner = await newPage(await openContext(browser))
  const authenticator = await owner.context().newCDPSession(owner)
  await authenticator.send('WebAuthn.enable')
  await authenticator.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  reviewer = await newPage(await openContext(browser))
  candidate = await newPage(await candidateContext())
})

afterAll(async () => {
  await browser?.close()
  await site?.close()
})

async function candidateContext() {
  const { id, idHash } = await mintSession(SESSION_KEY)
  const session = {
    idHash,
    candidateId: HOLDER.id,
    method: 'password' as const,
    device: 'Firefox, Windows',
  }
  await insertSession(openDatabase(site.env.DB), session, new Date())
  const context = await openContext(browser)
  await context.addCookies([
    { name: '__Host-session', value: id, domain: 'localhost', path: '/', secure: true, httpOnly: true },
  ])
  return context
}

const look = (page: Page, name: string) => lookAt(site, page, `staff-${name}`)
const menuOf = (page: Page) =>
  page.getByRole('navigation', { name: 'Console menu' }).getByRole('link').allTextContents()

/** A code that was not used yet: each counts once. */
async function freshCode(): Promise<string> {
  await site.env.DB.prepare('UPDATE totp_secrets SET last_step = last_step - 10').run()
  return app.generate()
}

/** As if a while had passed since the staff last proved who they are. */
const letTimePass = () =>
  site.env.DB.prepare('UPDATE staff_sessions SET authenticated_at = authenticated_at - 1200000').run()

test('the first owner joins by passkey, and the link works once', async () => {
  const link = await inviteStaff(localStaff(site.env), OWNER, {
    origin: 'http://localhost:8787',
    anew: false,
    now: new Date(),
  })
  await owner.goto(link)
  await headed(owner, 'Join the staff console')
  await look(owner, 'invitation')
  await press(owner, 'Make a passkey and join')

  await headed(owner, 'Console')
  expect(await menuOf(owner)).toEqual([
    'Candidates',
    'Certifications',
    'Requests',
    'Deliveries',
    'Program',
    'Audit log',
    'People',
    'My sign-in',
  ])
  await look(owner, 'home-owner')
  await owner.goto(link)
  await headed(owner, 'This invitation does not work')
  await look(owner, 'invitation-dead')
})

test('the owner invites a reviewer, after a typing mistake', async () => {
  await owner.goto('/staff/people')
  await follow(owner, 'Invite a colleague')
  await owner.getByLabel('Name').fill('R\u202eeviewer')
  await owner.getByLabel('E-mail address').fill(REVIEWER.email)
  await owner.getByLabel('Role').selectOption('Reviewer')
  await press(owner, 'Send the invitation')
  await headed(owner, 'Invite a colleague')
  await look(owner, 'people-new-refused')
  expect(await owner.getByLabel('E-mail address').inputValue()).toBe(REVIEWER.email)
  await owner.getByLabel('Name').fill(REVIEWER.name)
  const since = new Date()
  await owner.getByRole('button', { name: 'Send the invitation' }).dblclick()
  await owner.getByText('The invitation is on its way.').waitFor()
  await look(owner, 'people-invited')
  await site.tick()
  invitation = await mailedPath(['Reviewer'], '/staff/invitations/', since)
})

test('the reviewer joins by password and app, and keeps recovery codes', async () => {
  await reviewer.goto(invitation)
  const key = (await reviewer.locator('code').textContent())!.replaceAll(' ', '')
  app = new TOTP({ secret: Secret.fromBase32(key) })
  await reviewer.getByLabel('New password').fill(PASSWORD)
  await reviewer.getByLabel('Code', { exact: true }).fill('000000')
  await press(reviewer, 'Join')
  await reviewer.getByRole('link', { name: /not of the app/ }).waitFor()
  await look(reviewer, 'invitation-refused')
  await reviewer.getByLabel('New password').fill(PASSWORD)
  await reviewer.getByLabel('Code', { exact: true }).fill(app.generate())
  await press(reviewer, 'Join')

  await headed(reviewer, 'Your recovery codes')
  await look(reviewer, 'recovery-codes')
  await follow(reviewer, 'I have kept them: go to the console')
  await headed(reviewer, 'Console')
  expect(await menuOf(reviewer)).toEqual([
    'Candidates',
    'Certifications',
    'Requests',
    'Deliveries',
    'Program',
    'My sign-in',
  ])
})

test('both sign out and in again, each in their own way', async () => {
  await press(reviewer, 'Sign out')
  await reviewer.getByText('You are signed out.').waitFor()
  await look(reviewer, 'sign-in')
  await reviewer.getByLabel('E-mail address').fill(REVIEWER.email)
  await reviewer.getByLabel('Password').fill('not the password')
  await press(reviewer, 'Go on to the code')
  await reviewer.getByRole('link', { name: /do not open the console/ }).waitFor()
  await reviewer.getByLabel('Password').fill(PASSWORD)
  await press(reviewer, 'Go on to the code')
  await headed(reviewer, 'Enter your code')
  await reviewer.getByLabel('Code', { exact: true }).fill('000000')
  await press(reviewer, 'Sign in')
  await reviewer.getByRole('link', { name: /This code is not right/ }).waitFor()
  await look(reviewer, 'code-refused')
  await reviewer.getByLabel('Code', { exact: true }).fill(await freshCode())
  await press(reviewer, 'Sign in')
  await headed(reviewer, 'Console')

  await owner.goto('/staff')
  await press(owner, 'Sign out')
  await press(owner, 'Sign in with a passkey')
  await headed(owner, 'Console')
})

test('the list of people asks again who it is, and keeps its last owner', async () => {
  await letTimePass()
  await owner.goto('/staff/people')
  await follow(owner, OWNER.name)
  await headed(owner, OWNER.name)
  expect(await owner.getByRole('link', { name: 'Remove from the console' }).count()).toBe(0)
  await owner.goto('/staff/people')
  await follow(owner, REVIEWER.name)
  await look(owner, 'person')
  await owner.getByLabel('Role').selectOption('Support')
  await press(owner, 'Change the role')
  await headed(owner, 'Confirm that it is you')
  await look(owner, 'again')
  await press(owner, 'Sign in with a passkey')
  await headed(owner, REVIEWER.name)
  await owner.getByLabel('Role').selectOption('Support')
  await press(owner, 'Change the role')
  await owner.getByText('The role is changed.').waitFor()
  await reviewer.reload()
  await reviewer.getByText(`${REVIEWER.name}, Support`).first().waitFor()
  await owner.getByLabel('Role').selectOption('Reviewer')
  await press(owner, 'Change the role')
  await owner.getByText('The role is changed.').waitFor()

  const [self] = await localRows<{ id: number }>("SELECT id FROM staff WHERE role = 'owner'")
  const refused = await owner.goto(`/staff/people/${self!.id}/removal`)
  expect(refused!.status()).toBe(404)
})

test('a candidate is found by whatever they say of themselves', async () => {
  const [award] = await localRows<{ number: string; code: string }>(
    'SELECT number, verification_code AS code FROM awards LIMIT 1',
  )
  await reviewer.goto('/staff/candidates')
  await look(reviewer, 'search')
  for (const typed of ['Zofia', 'lacz', HOLDER.id, HOLDER.email, '400000002', award!.number, award!.code]) {
    await find(typed)
    await reviewer.getByRole('link', { name: HOLDER.name }).waitFor()
  }
  await look(reviewer, 'search-found')
  await find('булгак')
  await reviewer.getByText(BARE.nativeName).waitFor()
  await look(reviewer, 'search-long')
  await find('nobody of this name')
  await look(reviewer, 'search-empty')
})

async function find(typed: string) {
  await reviewer.getByLabel('Find a candidate').fill(typed)
  await press(reviewer, 'Search')
  await reviewer.waitForURL((url) => url.searchParams.get('q') === typed)
}

test('the page of a candidate tells all, and shows what they see', async () => {
  await reviewer.goto(`/staff/candidates/${BARE.id}`)
  await look(reviewer, 'candidate-bare')
  await reviewer.goto(`/staff/candidates/${HOLDER.id}`)
  await headed(reviewer, HOLDER.name)
  await look(reviewer, 'candidate-full')
  await follow(reviewer, 'See what the candidate sees')
  await reviewer.getByText(/nothing here can be changed/).waitFor()
  await look(reviewer, 'as-candidate')
})

test('a misprint is put right by one click', async () => {
  await askForName('Zofia Anna', 'Łączyńska-Østergaard')
  await reviewer.goto('/staff/requests')
  await press(reviewer, 'Approve Zofia Anna Łączyńska-Østergaard')
  await reviewer.getByText('This request was approved.').waitFor()
})

test('a change of name waits for a reviewer, who sees the photo and approves once', async () => {
  await askForName('Zofia Anna', 'Kowalska', PHOTO)
  await reviewer.goto('/staff/requests')
  await look(reviewer, 'requests')
  await follow(reviewer, 'Change of name')
  const picture = reviewer.getByAltText('Photo of an identity document, as the candidate sent it')
  await picture.waitFor()
  expect(await picture.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth)).toBe(
    1,
  )
  await look(reviewer, 'request')
  await owner.goto(reviewer.url())
  await press(reviewer, 'Change the name')
  await reviewer.getByRole('link', { name: /Look at the document, and tick/ }).waitFor()
  await reviewer.getByLabel('The document shows this name').check()
  await reviewer.getByRole('button', { name: 'Change the name' }).dblclick()
  await reviewer.getByText('This request was approved.').waitFor()
  await look(reviewer, 'request-approved')

  await owner.getByLabel('Reason').fill('Too late')
  await press(owner, 'Refuse and write to the candidate')
  await owner.getByText('Somebody was faster').waitFor()
  await look(owner, 'request-late')

  const [award] = await localRows<{ code: string }>('SELECT verification_code AS code FROM awards LIMIT 1')
  await candidate.goto(`/verify/${award!.code}`)
  await candidate.getByText('Zofia Anna Kowalska').first().waitFor()
})

test('a change is refused with a reason, which the candidate reads', async () => {
  await askForName('Zofia Anna', 'Wiśniewska', PHOTO)
  await reviewer.goto('/staff/requests')
  await follow(reviewer, 'Change of name')
  await press(reviewer, 'Refuse and write to the candidate')
  await reviewer.getByRole('link', { name: /Enter a reason/ }).waitFor()
  await reviewer.getByLabel('Reason').fill('The document is cut off at the left.')
  await press(reviewer, 'Refuse and write to the candidate')
  await reviewer.getByText('This request was refused.').waitFor()
  await site.tick()
  expect(await findLocalMail(['The document is cut off at the left.'], site.startedAt, 20_000)).toBeTruthy()
  await look(reviewer, 'request-refused')
  await reviewer.goto('/staff/requests?state=ended')
  await look(reviewer, 'requests-decided')
  await candidate.goto('/requests')
  await follow(candidate, 'Change of name')
  await candidate.getByText('The document is cut off at the left.').waitFor()
})

async function askForName(given: string, family: string, photo?: Buffer) {
  await candidate.goto('/requests/name-change')
  if (new URL(candidate.url()).pathname === '/agreement') {
    await candidate.getByLabel(/accept/).check()
    await candidate.locator('main form button').click()
    await candidate.goto('/requests/name-change')
  }
  await candidate.getByLabel('Given names').fill(given)
  await candidate.getByLabel('Family name').fill(family)
  await candidate.getByLabel('Reason', { exact: true }).selectOption({ index: 1 })
  if (photo) {
    const file = { name: 'id.png', mimeType: 'image/png', buffer: photo }
    await candidate.getByLabel('Photo of an identity document').setInputFiles(file)
  }
  await press(candidate, 'Send request')
  await headed(candidate, 'Change of name')
}

test('all sessions of a candidate are ended, which the next page tells them', async () => {
  await reviewer.goto(`/staff/candidates/${HOLDER.id}`)
  await follow(reviewer, 'End all sessions')
  await look(reviewer, 'end-sessions')
  await press(reviewer, 'End all sessions')
  await reviewer.getByText('No session of this account is left.').waitFor()
  await candidate.goto('/profile')
  expect(new URL(candidate.url()).pathname).toBe('/sign-in')
})

test('the log has it all, in a chain that holds', async () => {
  await owner.goto('/staff/audit')
  await look(owner, 'audit')
  await owner.emulateMedia({ colorScheme: 'dark' })
  await takeScreens(owner, 'staff-audit-dark')
  await owner.emulateMedia({ colorScheme: null })
  await owner.getByLabel('Candidate ID').fill(HOLDER.id)
  await owner.getByLabel('Who').selectOption(REVIEWER.name)
  await press(owner, 'Show these entries')
  await owner.getByRole('table').waitFor()
  expect(await owner.getByRole('row').filter({ hasText: OWNER.name }).count()).toBe(0)
  await site.tick()
  const proof = await proveLog(site.env)
  expect(proof.fault).toBeNull()
  expect(proof.waiting).toBe(0)
  expect(proof.entries).toBeGreaterThan(20)
})

test('each finds their ways to sign in under My sign-in', async () => {
  await owner.goto('/staff/security')
  await look(owner, 'security-owner')
  await reviewer.goto('/staff/security')
  await look(reviewer, 'security-reviewer')
  await reviewer.goto('/staff/security/sessions')
  await headed(reviewer, 'Confirm that it is you')
  await reviewer.getByLabel('Password').fill(PASSWORD)
  await reviewer.getByLabel('Code', { exact: true }).fill(await freshCode())
  await press(reviewer, 'Confirm')
  await reviewer.waitForURL('**/staff/security/sessions')
  await look(reviewer, 'sessions')
})

async function localRows<Row>(statement: string): Promise<Row[]> {
  return (await site.env.DB.prepare(statement).all<Row>()).results
}
