import type { Browser, BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import { openDatabase } from '../../../src/core/database.ts'
import * as schema from '../../../src/schema.ts'
import type { Role } from '../../../src/staff/permissions.ts'
import { mintStaffSession } from '../../../src/staff/staff-session.ts'
import { insertStaffSession } from '../../../src/staff/staff-session-queries.ts'
import {
  accessibilityFaults,
  openContext,
  PHONE,
  SESSION_KEY,
  type Site,
  takeScreens,
  weightOf,
} from './site.ts'

const PAGE_BUDGET_BYTES = 14_336
const NARROW_WIDTHS = [PHONE.width, 760, 980]

/** A page of the console for somebody of the staff who has just signed in. */
export async function signedInStaff(
  site: Site,
  browser: Browser,
  { role, name }: { role: Role; name: string },
): Promise<Page> {
  const db = openDatabase(site.env.DB)
  const now = new Date()
  const [person] = await db
    .insert(schema.staff)
    .values({ email: `${role}@program.example`, name, role, invitedAt: now, joinedAt: now })
    .returning()
  const { id, idHash } = await mintStaffSession(SESSION_KEY)
  const session = { idHash, staffId: person!.id, method: 'totp' as const, device: 'Firefox, Linux' }
  await insertStaffSession(db, session, now)
  const context = await openContext(browser)
  await context.addCookies([
    { name: '__Host-staff', value: id, domain: 'localhost', path: '/', secure: true, httpOnly: true },
  ])
  return newPage(context)
}

export async function newPage(context: BrowserContext): Promise<Page> {
  context.setDefaultTimeout(10_000)
  return context.newPage()
}

/** Looks at the page as a person with a phone and as axe would, and takes pictures of it under this name. */
export async function look(site: Site, page: Page, name: string): Promise<void> {
  for (const width of NARROW_WIDTHS) {
    await page.setViewportSize({ width, height: PHONE.height })
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
    expect(overflow, `${name} at ${width}`).toBeLessThanOrEqual(0)
  }
  await takeScreens(page, name)
  expect(await accessibilityFaults(page), name).toEqual([])
  expect(await weightOf(site, page), name).toBeLessThan(PAGE_BUDGET_BYTES)
}

export const headed = (page: Page, name: string | RegExp) =>
  page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
export const press = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true }).click()
export const follow = (page: Page, name: string | RegExp) => page.getByRole('link', { name }).first().click()
