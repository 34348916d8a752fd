import { Secret, TOTP } from 'otpauth'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../../src/core/database.ts'
import * as schema from '../../src/schema.ts'
import { encodePassword } from '../../src/sign-in/password.ts'
import { mintSession } from '../../src/sign-in/session.ts'
import { insertSession } from '../../src/sign-in/session-queries.ts'
import {
  accessibilityFaults,
  launchBrowser,
  openContext,
  SESSION_KEY,
  type Site,
  startSite,
  takeScreens,
  weightOf,
} from './support/site.ts'

const PAGE_BUDGET_BYTES = 14_336
const PASSWORD = 'correct horse battery staple'
const NEW_PASSWORD = 'seven grey herons by the weir'
/** As long as a name can be, and without a place to break it. */
const LONG_NAME = 'Laptop'.padEnd(60, 'W')
const ADA = 'JPR00000042'

let site: Site
let browser: Browser
let context: BrowserContext
let page: Page

beforeAll(async () => {
  site = await startSite()
  browser = await launchBrowser(site)
  const db = openDatabase(site.env.DB)
  const now = new Date()
  await db.insert(schema.candidates).values({
    id: ADA,
    fullName: 'Ada Byron',
    givenName: 'Ada',
    familyName: 'Byron',
    vendorTime: 0,
    rowHash: '-',
    deliveryId: 'given',
    deliveryLine: 1,
    createdAt: now,
  })
  const encoded = await encodePassword(PASSWORD)
  await db.insert(schema.passwords).values({ candidateId: ADA, encoded, setAt: now })
  context = await signedInContext({})
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

/** A browser in which the candidate has signed in just now. */
async function signedInContext(options: Parameters<typeof openContext>[1]) {
  const { id, idHash } = await mintSession(SESSION_KEY)
  const session = { idHash, candidateId: ADA, method: 'password' as const, device: 'Chrome, Linux' }
  await insertSession(openDatabase(site.env.DB), session, new Date())
  const opened = await openContext(browser, options)
  await opened.addCookies([
    { name: '__Host-session', value: id, domain: 'localhost', path: '/', secure: true, httpOnly: true },
  ])
  return opened
}

/** Looks at the page as a person and as axe would. */
async function look(name: string) {
  await page.setViewportSize({ width: 760, height: 900 })
  const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
  expect(overflow, name).toBeLessThanOrEqual(0)
  await takeScreens(page, name)
  expect(await accessibilityFaults(page), name).toEqual([])
  expect(await weightOf(site, page), name).toBeLessThan(PAGE_BUDGET_BYTES)
}

const headed = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor()

test('a candidate sees how they get in', async () => {
  await page.goto('/profile/security')

  await headed('Sign-in and security')
  await look('security-empty')
})

test('a candidate adds a passkey, once for each device', async () => {
  await page.getByRole('link', { name: 'Add a passkey' }).click()
  await page.getByRole('button', { name: 'Add a passkey of this device' }).waitFor()
  expect(await page.getByText('needs JavaScript').isVisible()).toBe(false)
  await look('security-passkey')
  await page.getByLabel('Name of the passkey').fill(LONG_NAME)
  await page.getByRole('button', { name: 'Add a passkey of this device' }).click()

  await page.getByText('The passkey is added.').waitFor()
  await page.getByRole('rowheader', { name: LONG_NAME }).waitFor()
  await look('security-passkey-added')

  await page.getByRole('link', { name: 'Add a passkey', exact: true }).click()
  await page.getByRole('button', { name: 'Add a passkey of this device' }).click()
  await page.getByText('This device has a passkey for your record already.').waitFor()
  await look('security-passkey-known')
})

test('without a script the page says why there is no form', async () => {
  const bare = await signedInContext({ javaScriptEnabled: false })
  const still = await bare.newPage()
  await still.goto('/profile/security/passkeys')

  expect(await still.getByText('needs JavaScript').isVisible()).toBe(true)
  expect(await still.getByRole('button', { name: 'Add a passkey of this device' }).isVisible()).toBe(false)
  await bare.close()
})

test('a candidate sets up an authenticator app and keeps the recovery codes', async () => {
  await page.goto('/profile/security')
  await page.getByRole('link', { name: 'Set up an authenticator app' }).click()
  await page.getByRole('button', { name: 'Show the code to scan' }).click()
  await page.getByLabel('Code that the app shows').waitFor()
  await look('security-authenticator')
  const key = (await page.locator('code').textContent())!.replaceAll(' ', '')
  await page
    .getByLabel('Code that the app shows')
    .fill(new TOTP({ secret: Secret.fromBase32(key) }).generate())
  await page.getByRole('button', { name: 'Turn on the authenticator app' }).click()

  await headed('Your recovery codes')
  expect(
    await page
      .getByRole('listitem')
      .filter({ has: page.locator('code') })
      .count(),
  ).toBe(10)
  await look('security-codes')
  await page.emulateMedia({ media: 'print' })
  await takeScreens(page, 'security-codes-print')
  await page.emulateMedia({ media: null })
  await page.getByRole('link', { name: 'I have kept them' }).click()
  await page.getByText('10 are left.').waitFor()
})

test('a candidate changes the password, and is signed out elsewhere', async () => {
  await page.getByRole('link', { name: 'Change password' }).click()
  await page.getByLabel('Current password').fill('not the password')
  await page.getByLabel('New password').fill(NEW_PASSWORD)
  await page.getByRole('button', { name: 'Save the new password' }).click()
  await page.getByRole('link', { name: 'This is not your current password' }).waitFor()
  await look('security-password-refused')

  await page.getByLabel('Current password').fill(PASSWORD)
  await page.getByLabel('New password').fill(NEW_PASSWORD)
  await page.getByRole('button', { name: 'Save the new password' }).click()
  await page.getByText('Your new password counts from now on.').waitFor()
  await page.getByText('You are signed in nowhere else.').waitFor()
})

test('a candidate sees and ends a session of another browser', async () => {
  const phone = await signedInContext({})
  await page.reload()
  await look('security-two-sessions')
  await page.getByRole('link', { name: 'End session: Chrome, Linux' }).click()
  await headed('End this session?')
  await look('security-end-session')
  await page.getByRole('button', { name: 'End the session' }).click()

  await page.getByText('That session has ended.').waitFor()
  const there = await phone.newPage()
  await there.goto('/profile')
  expect(new URL(there.url()).pathname).toBe('/sign-in')
  await phone.close()
})

test('a candidate finds all of it under Account activity', async () => {
  await page.goto('/profile/activity')

  const lines = await page.getByRole('rowheader').allTextContents()
  expect(lines).toEqual(
    expect.arrayContaining(['Signed out', 'Password changed', 'Authenticator app set up', 'Passkey added']),
  )
  await look('activity')
})
