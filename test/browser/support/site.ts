import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { createTestHarness } from 'wrangler'
import { findLocalMail } from '../../../scripts/local-mail.ts'
import { ROOT } from '../../../scripts/local-platform.ts'
import { readProgramFolder } from '../../../scripts/program-document.ts'
import { openDatabase } from '../../../src/core/database.ts'
import { applyProgram } from '../../../src/program/queries.ts'

// Nothing here asks where the request comes from.
process.env.CLOUDFLARE_CF_FETCH_ENABLED = 'false'

export const FEED_TOKEN = 'test-only-feed-token-0123456789abcdef'
export const SESSION_KEY = 'test-only-session-key-0123456789abcdef012345'

/** The whole product on a free loopback port, with the sample program in force and an empty record. */
export async function startSite() {
  const startedAt = new Date()
  const harness = createTestHarness({
    root: ROOT,
    workers: [
      {
        configPath: 'wrangler.toml',
        secrets: {
          LINK_KEY: 'test-only-link-key-0123456789abcdef0123456789',
          SESSION_KEY,
          SEAL_KEY: 'test-only-seal-key-0123456789abcdef012345678',
          FEED_TOKEN,
        },
      },
    ],
  })
  const { url } = await harness.listen()
  const worker = harness.getWorker<Env>()
  await worker.applyD1Migrations('DB')
  const env = await worker.getEnv()
  await applyProgram(openDatabase(env.DB), readProgramFolder(`${ROOT}/programs/juniper`), new Date())

  const tick = async () => {
    await worker.scheduled({ cron: '*/5 * * * *', scheduledTime: new Date() })
  }
  return { origin: url.origin, startedAt, env, tick, close: () => harness.close() }
}

export type Site = Awaited<ReturnType<typeof startSite>>

/** Delivers a file as a vendor would and waits until it is imported. */
export async function deliver(site: Site, name: string, bytes: Uint8Array) {
  const headers = { authorization: `Bearer ${FEED_TOKEN}`, 'content-type': 'application/octet-stream' }
  const path = `${site.origin}/api/v1/feeds/pearson/deliveries/${name}`
  const response = await fetch(path, { method: 'PUT', headers, body: bytes as Uint8Array<ArrayBuffer> })
  const { id } = (await response.json()) as { id: string }
  for (let waited = 0; waited < 60_000; waited += 100) {
    const answer = await fetch(`${site.origin}/api/v1/deliveries/${id}`, { headers })
    const delivery = (await answer.json()) as { state: string; counts: Record<string, number> }
    if (!['received', 'importing'].includes(delivery.state)) return delivery
    await sleep(100)
  }
  throw new Error(`${name} was not imported within a minute`)
}

/** The path of the link in the newest mail that names the candidate. */
export async function mailedLink(site: Site, candidateId: string): Promise<string> {
  const mail = await findLocalMail([candidateId, '/set-password/'], site.startedAt, 20_000)
  const link = mail?.match(/\/set-password\/\S+/)?.[0]
  if (!link) throw new Error(`no link was mailed to ${candidateId}`)
  return link
}

/** The path in the newest mail since then that has every one of the words and such a link. */
export async function mailedPath(words: readonly string[], path: string, since: Date): Promise<string> {
  const mail = await findLocalMail([...words, path], since, 20_000)
  const link = mail?.match(new RegExp(`${path}\\S+`))?.[0]
  if (!link) throw new Error(`no link to ${path} was mailed`)
  return link
}

/** Where the product believes itself to be: passkeys and the links in mails know no other place. */
const PUBLIC_ORIGIN = 'http://localhost:8787'

/**
 * A browser for which the product's own address leads to the port where it really listens. The other flags are for a
 * closed network: Chromium's own background traffic would only fail.
 */
export function launchBrowser(site: Site): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [
      `--host-resolver-rules=MAP localhost 127.0.0.1:${new URL(site.origin).port}`,
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

export const PHONE = { width: 390, height: 844 }
export const DESKTOP = { width: 1280, height: 900 }

export function openContext(
  browser: Browser,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<BrowserContext> {
  return browser.newContext({ baseURL: PUBLIC_ORIGIN, viewport: DESKTOP, locale: 'en-GB', ...options })
}

/** What axe finds on the page against WCAG 2.2 A and AA, in a form that says where. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`))
}

/** Pictures of the page as it stands, on a phone and on a desktop, under test-results/screens. */
export async function takeScreens(page: Page, name: string) {
  for (const [device, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
    await page.setViewportSize(viewport)
    await page.screenshot({ path: `${ROOT}/test-results/screens/${name}-${device}.png`, fullPage: true })
  }
}

/** What a first visit to the page costs on the wire: its HTML and its style sheet, compressed, in bytes. */
export async function weightOf(site: Site, page: Page): Promise<number> {
  const sheets = await page
    .locator('link[rel=stylesheet]')
    .evaluateAll((links) => links.map((link) => (link as unknown as { href: string }).href))
  const texts = await Promise.all(
    sheets.map(async (href) => (await fetch(site.origin + new URL(href).pathname)).text()),
  )
  return [await page.content(), ...texts].reduce((sum, text) => sum + gzipSync(text).length, 0)
}
