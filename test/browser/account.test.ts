import { readFile } from 'node:fs/promises'
import { strFromU8, unzipSync } from 'fflate'
import { Secret, TOTP } from 'otpauth'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../../src/core/database.ts'
import * as schema from '../../src/schema.ts'
import { encodePassword } from '../../src/sign-in/password.ts'
import { passesFile, peopleFile } from './support/records.ts'
import {
  accessibilityFaults,
  deliver,
  launchBrowser,
  mailedLink,
  mailedPath,
  openContext,
  PHONE,
  type Site,
  startSite,
  takeScreens,
  weightOf,
} from './support/site.ts'

const PAGE_BUDGET_BYTES = 14_336
const PASSWORD = 'correct horse battery staple'
const OTHER_PASSWORD = 'seven grey herons by the weir'

const IDA = { id: 'JPR00770001', first: 'Ida', last: 'Rhodes-Okonkwo', email: 'ida@old-employer.example' }
const IDA_BEFORE = { id: 'JPR00770002', first: 'Ida', last: 'Rhodes', email: 'ida@university.example' }
/** As long as the vendor's names and addresses come, and without a place to break them. */
const LONG = {
  id: 'JPR00770003',
  first: 'Wolfeschlegelsteinhausen'.repeat(4),
  last: 'Bergerdorff'.repeat(8),
  email: `${'w'.repeat(64)}@${'long-domain-of-a-company-'.repeat(2)}x.example`,
}
const PRIVATE_ADDRESS = 'ida.rhodes.okonkwo+testamur@a-mailbox-that-stays-hers.example'
const LOST_TO = 'long.new@elsewhere.example'

let site: Site
let browser: Browser
let context: BrowserContext
let page: Page
let secret: Secret
let recoveryCode: string
/** Mails before this are not looked at. */
let since: Date

beforeAll(async () => {
  site = await startSite()
  since = site.startedAt
  browser = await launchBrowser(site)
  const persons = peopleFile([IDA, IDA_BEFORE, LONG])
  await deliver(site, persons.name, persons.bytes)
  const passes = passesFile([
    { registration: '470000001', code: 'JN0-105', id: IDA.id, daysAgo: 200 },
    { registration: '470000002', code: 'JN0-281', id: IDA_BEFORE.id, daysAgo: 300 },
  ])
  await deliver(site, passes.name, passes.bytes)
  const encoded = await encodePassword(OTHER_PASSWORD)
  await openDatabase(site.env.DB)
    .insert(schema.passwords)
    .values([IDA_BEFORE, LONG].map(({ id }) => ({ candidateId: id, encoded, setAt: new Date() })))
  context = await openContext(browser)
  context.setDefaultTimeout(15_000)
  page = await context.newPage()
  const authenticator = await context.newCDPSession(page)
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
})

afterAll(async () => {
  await browser?.close()
  await site?.close()
})

/** The page is as wide as the screen on a phone and beside another window, and small; its pictures are taken. */
async function fits(name: string) {
  for (const width of [PHONE.width, 760]) {
    await page.setViewportSize({ width, height: PHONE.height })
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
    expect(overflow, `${name} at ${width}`).toBeLessThanOrEqual(0)
  }
  await takeScreens(page, `account-${name}`)
  expect(await weightOf(site, page), name).toBeLessThan(PAGE_BUDGET_BYTES)
}

/** Looks at the page as a person and as axe would. */
async function look(name: string) {
  await fits(name)
  expect(await accessibilityFaults(page), name).toEqual([])
}

const headed = (name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor()
const press = (name: string | RegExp) => page.getByRole('button', { name }).click()
const follow = (name: string | RegExp) => page.getByRole('link', { name }).click()

async function choose(menu: string, item: string) {
  const navigation = page.getByRole('navigation', { name: 'Main menu' })
  await navigation.getByText(menu, { exact: true }).click()
  await navigation.getByRole('link', { name: item, exact: true }).click()
}

async function signIn(account: string, password: string) {
  await page.goto('/sign-in')
  await page.getByLabel('E-mail or candidate ID').fill(account)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

async function acceptAgreement() {
  await headed(/agreement/i)
  await page.getByLabel(/accept/).check()
  await page.locator('main form button').click()
}

/** As if a while had passed since they last said who they are. */
async function letTimePass() {
  await site.env.DB.prepare('UPDATE sessions SET authenticated_at = authenticated_at - 7200000').run()
}

test('the welcome mail leads to a password, the agreement and home, once', async () => {
  const link = await mailedLink(site, IDA.id)
  await page.goto(link)
  await page.getByLabel('New password').fill('password1234')
  await page.locator('main form button').click()
  await look('set-password-common')
  await page.getByLabel('New password').fill(PASSWORD)
  await page.locator('main form button').dblclick()
  await acceptAgreement()
  await page.waitForURL('/')
  await look('home')

  await page.goto(link)
  await headed('This link does not work')
  await look('set-password-used')
})

test('a candidate adds an address that stays theirs', async () => {
  await page.goto('/')
  await choose('Profile', 'E-mail addresses')
  await headed('E-mail addresses')
  await look('addresses')
  await page.getByLabel('E-mail address').fill('no address')
  await press(/^Send the confirmation$/)
  expect(await page.title()).toMatch(/^Error: /)
  await look('addresses-refused')

  await page.getByLabel('E-mail address').fill(PRIVATE_ADDRESS)
  await page.getByRole('button', { name: 'Send the confirmation' }).dblclick()
  await page.getByText('The address is on your record and waits for confirmation.').waitFor()
  await look('addresses-added')

  const link = await mailedPath([PRIVATE_ADDRESS], '/confirm-address/', since)
  await page.goto(link)
  await headed('Confirm this e-mail address')
  await look('confirm-address')
  await press('Confirm this address')
  await headed('This address is confirmed')
  await look('confirm-address-done')
  await page.goBack()
  await page.goto(link)
  await headed('This address is confirmed')
  await page.goto(`${link}x`)
  await headed('This link does not work')
  await look('confirm-address-dead')
})

test('a candidate makes it primary, and the old address can undo that', async () => {
  await page.goto('/profile/addresses')
  await press(/^Make primary/)
  await page.getByText('Our mail goes to the new primary address from now on.').waitFor()
  await look('addresses-primary')

  await page.goto(await mailedPath([], '/undo-address/', since))
  await headed('Change the primary address back')
  await look('undo-address')
})

test('an address that nobody confirmed is removed, and a stale page ends well', async () => {
  await page.goto('/profile/addresses')
  await page.getByLabel('E-mail address').fill('mistyped@example.org')
  await press(/^Send the confirmation$/)
  const stale = await context.newPage()
  await stale.goto('/profile/addresses')
  await press(/^Remove.*mistyped/)
  await page.getByText('The address is removed.').waitFor()

  await stale.getByRole('button', { name: /^Remove.*mistyped/ }).click()
  await stale.getByText('Nothing was changed').waitFor()
  await stale.close()
})

test('a passkey signs in, and shows once more who they are', async () => {
  await page.goto('/profile/security/passkeys')
  await press('Add a passkey of this device')
  await page.getByText('The passkey is added.').waitFor()
  await press('Sign out')
  await headed('Sign in')
  await look('signed-out')
  await press('Sign in with a passkey')
  await page.waitForURL('/')

  await letTimePass()
  await page.goto('/profile/addresses')
  await look('addresses-stale')
  await follow('Sign in again')
  await headed('Is it you?')
  await look('again')
  await page.getByLabel('Password').fill('not the password')
  await press(/^Go on$/)
  await look('again-refused')
  await press('Go on with a passkey')
  await headed('E-mail addresses')
})

test('an authenticator app asks for its code, and a recovery code stands in for it', async () => {
  await page.goto('/profile/security')
  await follow('Set up an authenticator app')
  await press('Show the code to scan')
  await page.getByLabel('Code that the app shows').waitFor()
  secret = Secret.fromBase32((await page.locator('code').textContent())!.replaceAll(' ', ''))
  await page.getByLabel('Code that the app shows').fill('000000')
  await press('Turn on the authenticator app')
  await look('authenticator-refused')
  await page.getByLabel('Code that the app shows').fill(new TOTP({ secret }).generate())
  await press('Turn on the authenticator app')
  await headed('Your recovery codes')
  recoveryCode = (await page.getByRole('listitem').locator('code').first().textContent())!

  await press('Sign out')
  await signIn(IDA.id, PASSWORD)
  await headed('Enter your code')
  await look('code')
  await page.getByLabel('Code from your authenticator app').fill('000000')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await look('code-refused')
  const next = new TOTP({ secret }).generate({ timestamp: Date.now() + 30_000 })
  await page.getByLabel('Code from your authenticator app').fill(next)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL('/')

  await press('Sign out')
  await signIn(PRIVATE_ADDRESS, PASSWORD)
  await page.getByLabel('Recovery code').fill(recoveryCode)
  await press('Sign in with a recovery code')
  await page.waitForURL('/')
  await choose('Profile', 'Sign-in and security')
  await page.getByText('9 are left.').waitFor()
  await look('security')
})

test('a page that was left open says so after signing out elsewhere', async () => {
  const left = await context.newPage()
  await left.goto('/profile/addresses')
  await press('Sign out')
  await headed('Sign in')
  await left.getByLabel('E-mail address').fill('late@example.org')
  await left.getByRole('button', { name: 'Send the confirmation', exact: true }).click()
  await left.getByText('You were signed out before that form arrived').waitFor()
  await left.close()
  await page.goBack()
  await page.reload()
  expect(new URL(page.url()).pathname).toBe('/sign-in')
  await press('Sign in with a passkey')
  await page.waitForURL(({ pathname }) => pathname !== '/sign-in')
})

test('a change of name is asked for with a photo, seen, and withdrawn', async () => {
  await page.goto('/requests')
  await headed('Requests')
  await look('requests-empty')
  await page.locator('main').getByRole('link', { name: 'Ask Program Support' }).click()
  await follow('Change the name on my record')
  await look('name-change')
  await page.getByLabel('Family name').fill('Оkonkwo')
  await page.getByLabel('Photo of an identity document').setInputFiles({
    name: 'passport.png',
    mimeType: 'image/png',
    buffer: Buffer.from('<svg onload="alert(1)"/>'),
  })
  await press('Send')
  expect(await page.title()).toMatch(/^Error: /)
  await look('name-change-refused')

  const photo = { name: 'passport.png', mimeType: 'image/png', buffer: await page.screenshot() }
  await page.getByLabel('Family name').fill('Okonkwo')
  await page.getByLabel('Reason').selectOption({ index: 1 })
  await page.getByLabel('Photo of an identity document').setInputFiles(photo)
  await page.getByRole('button', { name: 'Send' }).dblclick()
  await headed('Change of name')
  await look('request')
  await page.goto('/requests/name-change')
  await page.goto('/requests')
  expect(await page.getByRole('link', { name: 'Change of name', exact: true }).count()).toBe(1)
  await look('requests')
  await page.getByRole('link', { name: 'Change of name', exact: true }).click()
  await press('Withdraw this request')
  await page.getByText('It was withdrawn').waitFor()
  await look('request-withdrawn')
})

test('records of two addresses are proved by a link and merged', async () => {
  await choose('Profile', 'Merge records')
  await look('merge')
  await page.getByLabel(/^Candidate ID or a confirmed/).fill(IDA_BEFORE.id)
  await page.getByLabel('Password of the other record').fill('not the password')
  await press('Check the password')
  expect(await page.title()).toMatch(/^Error: /)
  await look('merge-refused')
  await page.getByLabel(/^Candidate ID or e-mail/).fill(IDA_BEFORE.id)
  await press('Send a link')
  await page.getByText('a link is on its way').waitFor()
  await look('merge-sent')

  const link = await mailedPath([], '/profile/merge/', since)
  await page.goto(link)
  await headed('Is this record yours, too?')
  await look('merge-proof')
  await press('Both records are mine')
  await headed(/^Merge JPR00770002 into/)
  await look('merge-preview')
  await page.goto(link)
  await headed('This does not lead to a merge')
  await look('merge-dead')
})

test('a password proves the other record, too, and both candidate IDs sign in', async () => {
  await page.goto('/profile/merge')
  await page.getByLabel(/^Candidate ID or a confirmed/).fill(IDA_BEFORE.id)
  await page.getByLabel('Password of the other record').fill(OTHER_PASSWORD)
  await press('Check the password')
  await headed(/^Merge JPR00770002 into/)
  await press('Merge the two records')
  expect(await page.title()).toMatch(/^Error: /)
  await look('merge-unsure')
  await page.getByLabel('I understand that merging cannot be undone').check()
  await page.getByRole('button', { name: 'Merge the two records' }).dblclick()
  await page.getByText('The two records are one now.').waitFor()
  await look('merged')
  await page.goto('/certifications/status')
  const held = await page.locator('main').innerText()
  for (const code of ['JNCIA-Junos', 'JNCIA-DC']) expect(held).toContain(code)

  await press('Sign out')
  await signIn(IDA_BEFORE.id, PASSWORD)
  await headed('Enter your code')
  await page.goto('/sign-in')
  await press('Sign in with a passkey')
  await page.waitForURL('/')
})

test('a copy of everything is made, mailed and downloaded once', async () => {
  since = new Date()
  await choose('Profile', 'Privacy')
  await look('privacy')
  await press('Ask for a copy of my data')
  await headed('Privacy')
  const link = await mailedPath([IDA.id], '/profile/privacy/data/', since)
  await page.goto('/profile/privacy')
  await look('privacy-ready')
  await page.goto(link)
  await headed('Your data is ready')
  await look('download')
  const download = page.waitForEvent('download')
  await press('Download the ZIP')
  const files = unzipSync(await readFile(await (await download).path()))
  const record = JSON.parse(strFromU8(files['record.json']!)) as { addresses: { address: string }[] }
  expect(record.addresses.map(({ address }) => address)).toEqual(
    expect.arrayContaining([PRIVATE_ADDRESS, IDA.email]),
  )
  expect(strFromU8(files['record.html']!)).toContain(IDA.last)
  expect(strFromU8(files['record.json']!)).not.toContain(PASSWORD)

  await page.goto(link)
  await headed('This link does not work any more')
  await look('download-used')
  await page.goto('/profile/privacy')
  await look('privacy-downloaded')
})

test('an account is about to close, every page says so, and it is kept', async () => {
  await follow('Close my account')
  await headed('Close my account')
  await look('closing')
  await page.getByLabel('Type your candidate ID to confirm').fill('yes')
  await press('Close my account in 14 days')
  expect(await page.title()).toMatch(/^Error: /)
  await look('closing-refused')
  await page.getByLabel('Type your candidate ID to confirm').fill(IDA.id)
  await page.getByRole('button', { name: 'Close my account in 14 days' }).dblclick()
  await headed('Privacy')
  await look('closing-begun')
  await page.goto('/exams')
  await page.getByRole('button', { name: 'Keep my account' }).waitFor()
  await look('exams-closing')
  await press('Keep my account')
  await page.getByText('Your account stays open.').waitFor()
  expect(await page.getByRole('button', { name: 'Keep my account' }).count()).toBe(0)
  await look('kept')
})

test('Account activity tells all of it, by day and by night', async () => {
  await choose('Profile', 'Account activity')
  await headed('Account activity')
  await look('activity')
  await page.emulateMedia({ colorScheme: 'dark' })
  await look('activity-dark')
  await page.goto('/profile/addresses')
  await look('addresses-dark')
  await page.goto('/profile/privacy/closing')
  await look('closing-dark')
  await page.emulateMedia({ colorScheme: null })
})

test('without their address a candidate asks with a photo, and learns nothing else', async () => {
  await press('Sign out')
  await follow('I cannot reach my e-mail any more')
  await look('lost-address')
  await press('Write to the new address')
  expect(await page.title()).toMatch(/^Error: /)
  await look('lost-address-refused')
  await page.getByLabel('Candidate ID').fill(LONG.id)
  await page.getByLabel('New e-mail address').fill(LOST_TO)
  since = new Date()
  await page.getByRole('button', { name: 'Write to the new address' }).dblclick()
  await headed('Look into the mail of the new address')
  await look('lost-address-asked')

  const link = await mailedPath([], '/lost-address/', since)
  await page.goto(link)
  await headed('Go on with the new address')
  await look('recovery')
  await press('This address is mine: go on')
  await headed('Send a photo of an identity document')
  await look('recovery-photo')
  const field = page.getByLabel('Photo of your identity document')
  await field.setInputFiles({ name: 'id.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('GIF89a') })
  await press('Send the photo to program staff')
  expect(await page.title()).toMatch(/^Error: /)
  await look('recovery-photo-refused')
  const buffer = await page.screenshot({ type: 'jpeg', quality: 40 })
  await field.setInputFiles({ name: 'id.jpg', mimeType: 'image/jpeg', buffer })
  await page.getByRole('button', { name: 'Send the photo to program staff' }).dblclick()
  await headed('The photo is sent')
  await look('recovery-sent')
  await page.reload()
  await headed('The photo is sent')
  await page.goto('/lost-address/no-such-link')
  await headed('This link does not work')
  await look('recovery-dead')
  await page.goto('/lost-address/stop/no-such-link')
  await look('recovery-stop-dead')
})

test('with a registration number and birth date the old address is told, and stops it', async () => {
  await site.env.DB.prepare("UPDATE candidates SET birth_on = '1990-02-03' WHERE id = ?").bind(IDA.id).run()
  await page.goto('/lost-address')
  await page.getByLabel('Candidate ID').fill(IDA.id)
  await page.getByLabel(/^Registration number/).fill('470000001')
  await page.getByLabel(/^Date of birth/).fill('1990-02-03')
  await page.getByLabel('New e-mail address').fill('thief@elsewhere.example')
  since = new Date()
  await press('Write to the new address')
  const link = await mailedPath([], '/lost-address/', since)
  since = new Date()
  await page.goto(link)
  await press('This address is mine: go on')
  await headed('The new address is accepted')
  await look('recovery-waiting')

  const stop = await mailedPath([], '/lost-address/stop/', since)
  await page.goto('/sign-in')
  await press('Sign in with a passkey')
  await page.waitForURL('/')
  await page.goto('/profile/addresses')
  await look('addresses-recovery')
  await page.goto(stop)
  await headed('Stop the new e-mail address')
  await look('recovery-stop')
  await press('It was not me: stop it')
  await headed('It is stopped')
  await look('recovery-stopped')
  await page.goto(link)
  await headed('This was stopped')
})

test('without any script, with a name and an address as long as they come', async () => {
  const plain = await openContext(browser, { javaScriptEnabled: false })
  plain.setDefaultTimeout(15_000)
  page = await plain.newPage()
  await signIn(LONG.id, OTHER_PASSWORD)
  await acceptAgreement()
  await choose('Profile', 'Update Information')
  await fits('long-profile')
  await choose('Profile', 'E-mail addresses')
  await page.getByLabel('E-mail address').fill('short@example.org')
  await press(/^Send the confirmation$/)
  await page.goto(await mailedPath(['short@example.org'], '/confirm-address/', since))
  await press('Confirm this address')
  await page.goto('/profile/addresses')
  await fits('long-addresses')
  await choose('Profile', 'Requests')
  await fits('long-requests')
  await page.locator('main').getByRole('link', { name: 'Ask Program Support' }).click()
  await follow('Change the name on my record')
  await fits('long-name-change')
  await page.getByLabel('Family name').fill('Berg')
  await page.getByLabel('Given names').fill('Wolfe')
  await page.getByLabel('Reason').selectOption({ index: 1 })
  await page
    .getByLabel('Photo of an identity document')
    .setInputFiles({ name: 'id.png', mimeType: 'image/png', buffer: await page.screenshot() })
  await press('Send')
  await headed('Change of name')
  await fits('long-request')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await headed('Sign in')
  await plain.close()
})
