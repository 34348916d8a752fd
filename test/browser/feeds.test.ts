import { eq } from 'drizzle-orm'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../../src/core/database.ts'
import * as schema from '../../src/schema.ts'
import { follow, headed, look as lookAt, press, signedInStaff } from './support/console.ts'
import { HOLDER, people, sittings } from './support/records.ts'
import { deliver, launchBrowser, type Site, startSite } from './support/site.ts'

let site: Site
let browser: Browser
let owner: Page
let reviewer: Page

beforeAll(async () => {
  site = await startSite()
  browser = await launchBrowser(site)
  await deliver(site, people.name, people.bytes)
  await deliver(site, sittings.name, sittings.bytes)
  owner = await signedInStaff(site, browser, { role: 'owner', name: 'Grace owner' })
  reviewer = await signedInStaff(site, browser, { role: 'reviewer', name: 'Grace reviewer' })
})

afterAll(async () => {
  await browser?.close()
  await site?.close()
})

const look = (page: Page, name: string) => lookAt(site, page, `feeds-${name}`)
const bring = (page: Page, name: string, text: string | Uint8Array) =>
  page.getByLabel('Sample file').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })

test('a feed for another vendor is made, after a typing mistake', async () => {
  await owner.goto('/staff/feeds')
  await look(owner, 'list')
  await follow(owner, 'New feed')
  await owner.getByLabel('Name').fill('PSI Services')
  await owner.getByLabel('ID', { exact: true }).fill('pearson')
  await owner.getByLabel('Another vendor’s export').check()
  await press(owner, 'Make the feed')
  await owner.getByRole('link', { name: 'A feed has this ID already' }).waitFor()
  await look(owner, 'new-refused')
  await owner.getByLabel('ID', { exact: true }).fill('psi')
  await press(owner, 'Make the feed')
  await owner.getByText('The feed is made.').waitFor()
})

test('settings are changed, refused where they are wrong, and kept from a race', async () => {
  await owner.goto('/staff/feeds/pearson')
  await owner.getByText('exam-').first().waitFor()
  await look(owner, 'feed')
  await owner.getByLabel('The vendor writes 7').fill('Bestanden')
  await owner.getByLabel('Zone of the times in rows').fill('Middle/Earth')
  await press(owner, 'Save the settings')
  await owner.getByRole('link', { name: /Enter a time zone/ }).waitFor()
  expect(await owner.getByLabel('The vendor writes 7').inputValue()).toBe('Bestanden')
  await owner.getByLabel('Zone of the times in rows').fill('Europe/Berlin')
  await site.env.DB.prepare(
    "UPDATE feeds SET version = version + 1, name = 'Pearson' WHERE id = 'pearson'",
  ).run()
  await press(owner, 'Save the settings')
  await owner.getByRole('heading', { name: 'Somebody else saved in between' }).waitFor()
  await look(owner, 'conflict')
  await press(owner, 'Save the settings')
  await owner.getByText('Saved. It holds from the next delivery on').waitFor()
  await reviewer.goto('/staff/feeds/pearson')
  await reviewer.getByText(/bestanden = Took place, Pass/).waitFor()
  await look(reviewer, 'read-only')
})

test('a token is made and shown once', async () => {
  await owner.goto('/staff/feeds/psi')
  await follow(owner, 'Make a new token')
  await headed(owner, /^A new token for/)
  await look(owner, 'token')
  await press(owner, 'Make the token')
  const token = await owner.getByLabel(/Keep it now/).inputValue()
  await look(owner, 'token-made')
  const answer = await fetch(`${site.origin}/api/v1/feeds/psi/deliveries`, {
    headers: { authorization: `Bearer ${token}` },
  })
  expect(answer.status).toBe(200)
  await owner.goto('/staff/feeds/psi/secret')
  await press(owner, 'Make the secret')
  await look(owner, 'secret-made')
})

test('a file is tested, with everything that is wrong with it', async () => {
  await reviewer.goto('/staff/feeds/pearson/test')
  await look(reviewer, 'test')
  await bring(reviewer, 'empty.csv', '')
  await press(reviewer, 'Test the file')
  await reviewer.getByRole('link', { name: 'The file is empty' }).waitFor()
  const text = new TextDecoder().decode(sittings.bytes)
  const rows = text.split('\r\n').filter((row) => row !== '')
  const more = [
    rows[1]!.replace('400000001', '400000090').replace(HOLDER.id, 'JPR12345678'),
    rows[2]!.replace('400000002', '400000091').replace('pass', 'splendid'),
    'too few cells',
  ]
  await bring(reviewer, 'exam-2026-11-20a.dat', `${[...rows, ...more].join('\r\n')}\r\n`)
  await press(reviewer, 'Test the file')
  await reviewer.getByText('1 candidate is not known.').waitFor()
  await reviewer.getByText('Remarks and faults by line').first().click()
  await look(reviewer, 'tested')
})

const PSI = [
  'Booking #,Cand. Ref,"Test, code",Sat on,Outcome,Points,Center name and address as registered with the vendor',
  `700001,${HOLDER.id},JN0-106,2026-05-04,Pass,742,"Kraków, ul. Floriańska 1"`,
  `700002,${HOLDER.id},JN0-363,2026-05-05,Fail,512,مركز الاختبارات`,
  '700003,JPR99999999,JN0-106,2026-05-06,Pass,800,',
].join('\n')

test('the columns of an export are mapped, tried and saved', async () => {
  await owner.goto('/staff/feeds/psi/map')
  await look(owner, 'map-sample')
  await bring(owner, 'psi_results_2026-05-06.csv', PSI)
  await owner.getByLabel('What the rows are about').selectOption('Results')
  await press(owner, 'Show its columns')
  await headed(owner, /A column map for PSI/)
  await look(owner, 'map-columns')
  await press(owner, 'Try it')
  await owner.getByRole('link', { name: 'A field that is needed has no column yet' }).waitFor()
  const choose = (column: string, field: string) =>
    owner.getByLabel(`Is our: ${column}`).selectOption({ label: field })
  await choose('Booking #', 'Registration')
  await choose('Cand. Ref', 'Candidate ID')
  await choose('Test, code', 'Exam code *')
  await choose('Sat on', 'Exam date and time *')
  await choose('Outcome', 'Grade')
  await choose('Points', 'Score')
  await owner.getByLabel('Name of the map').fill('PSI results')
  await press(owner, 'Try it')
  await owner.getByText('1 candidate is not known.').waitFor()
  await look(owner, 'map-tried')
  await press(owner, 'Save the map')
  await owner.getByText('The column map is saved.').waitFor()
  await owner.getByText('Remove', { exact: true }).click()
  await look(owner, 'mapped')
  await owner.goto('/staff/feeds/psi/stop')
  await look(owner, 'stop')
})

/** Two full pages of what a feed was taught, with what is hard to lay out on top. */
async function teachAFeed() {
  const db = openDatabase(site.env.DB)
  const [rita] = await db.select().from(schema.staff).where(eq(schema.staff.role, 'reviewer'))
  const taught = { feed: 'pearson', madeBy: rita!.id }
  for (let n = 0; n < 52; n += 1) {
    const madeAt = new Date(Date.now() - n * 3_600_000)
    const saidId = n === 0 ? 'Wolfeschlegelsteinhausenbergerdorff-00000000000000' : `OLD-${47_000 + n}`
    await db.insert(schema.candidateLinks).values({ ...taught, saidId, candidateId: HOLDER.id, madeAt })
    const code = ['JN0-106', 'مركز-الاختبارات'][n] ?? `NEW-${n}`
    const exam = n === 2 ? 'JNCIA-Retired' : 'JNCIA-Junos'
    await db.insert(schema.examCodeAliases).values({ ...taught, code, exam, madeAt })
  }
}

test('what staff taught a feed is looked through, and forgotten after a second look', async () => {
  await teachAFeed()
  await reviewer.goto('/staff/feeds/pearson')
  await follow(reviewer, 'See what it was taught')
  await headed(reviewer, /^What staff taught Pearson/)
  await look(reviewer, 'taught')
  await follow(reviewer, 'Earlier IDs')
  await reviewer.getByText('OLD-47051').waitFor()
  await follow(reviewer, 'Earlier codes')
  await reviewer.getByText('NEW-51').waitFor()
  await look(reviewer, 'taught-earlier')
  await follow(reviewer, 'Forget OLD-47051')
  await headed(reviewer, 'Forget whose OLD-47051 is?')
  await reviewer.getByText(/results? of this feed counts? for/).waitFor()
  await look(reviewer, 'forget-id')
  await press(reviewer, 'Forget it')
  await reviewer.getByText('The ID is forgotten.').waitFor()
  await follow(reviewer, 'Forget JN0-106')
  await reviewer.getByText('for rows to come nothing changes').waitFor()
  await look(reviewer, 'forget-code')
  await press(reviewer, 'Forget it')
  await reviewer.getByText('The code is forgotten.').waitFor()
  await owner.goto('/staff/feeds/psi/taught')
  await owner.getByText('None. A code is learned').waitFor()
  await look(owner, 'taught-nothing')
})
