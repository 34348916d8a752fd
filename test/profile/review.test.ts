import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { remindToReview } from '../../src/profile/remind.ts'
import { REVIEW_AFTER_MS } from '../../src/profile/review.ts'
import * as schema from '../../src/schema.ts'
import { db, givenCandidate, givenProgram } from '../support/builders.ts'
import { givenBystanders } from '../support/bystanders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { post, send, signedIn } from '../support/requests.ts'

const NOW = new Date('2026-11-23T03:17:00Z')
const yearsAgo = (years: number) => new Date(NOW.getTime() - years * REVIEW_AFTER_MS)
const reminders = () =>
  db.select().from(schema.mailOutbox).where(eq(schema.mailOutbox.template, 'review_reminder'))
const days = (count: number) => new Date(NOW.getTime() + count * 86_400_000)

test('who has not looked for a year is reminded once, and again a year later', async () => {
  await givenProgram()
  const ada = await givenCandidate({ reviewedAt: yearsAgo(1) })
  await givenCandidate({ reviewedAt: days(-1) })

  await remindToReview(env, NOW)
  await remindToReview(env, NOW)
  await remindToReview(env, days(300))
  expect(await reminders()).toMatchObject([{ candidateId: ada.id, payload: { year: 2026 } }])

  await remindToReview(env, days(365))
  expect((await reminders()).map(({ candidateId }) => candidateId)).toHaveLength(3)
})

test('a record that nobody has opened, and one that closes, are left in peace', async () => {
  await givenProgram()
  await givenCandidate({ reviewedAt: null, emailVerified: false })
  await givenCandidate({ reviewedAt: yearsAgo(3), closesAt: days(5) })

  await remindToReview(env, NOW)

  expect(await reminders()).toEqual([])
})

test('looking for those who are due reads no more rows among many candidates', async () => {
  await givenProgram()
  await givenCandidate({ reviewedAt: yearsAgo(2) })
  const alone = countedDatabase(env.DB)
  await remindToReview({ DB: alone.d1 }, NOW)

  // Others have all looked yesterday; one more is due.
  await givenBystanders(3000)
  await env.DB.prepare('UPDATE candidates SET reviewed_at = ?').bind(NOW.getTime()).run()
  await givenCandidate({ reviewedAt: yearsAgo(2) })
  const among = countedDatabase(env.DB)
  await remindToReview({ DB: among.d1 }, days(1))

  expect(await reminders()).toHaveLength(2)
  expect(among.cost.rowsRead).toBeLessThanOrEqual(alone.cost.rowsRead + 4)
})

test('Home asks, one press answers, and saving the form answers too', async () => {
  await givenProgram()
  const ada = await givenCandidate({ reviewedAt: new Date('2020-01-01T00:00:00Z') })
  const headers = await signedIn(ada)
  expect(await (await send('/', { headers })).text()).toContain('Is your information still right?')

  const response = await post('/profile/review', {}, { headers })

  expect(response.headers.get('location')).toBe('/')
  expect(await (await send('/', { headers })).text()).not.toContain('Is your information still right?')
  const [entry] = await db.select().from(schema.auditLog)
  expect(entry).toMatchObject({ action: 'profile.reviewed', actor: 'candidate' })
})

test('what a candidate does not want to hear of is not mailed, and is off the list', async () => {
  await givenProgram()
  const ada = await givenCandidate()
  const headers = await signedIn(ada)

  await post('/profile', { locale: 'en', notifyAwards: 'on', nativeName: 'Άντα Μπάυρον' }, { headers })

  const [row] = await db.select().from(schema.candidates).where(eq(schema.candidates.id, ada.id))
  expect(row).toMatchObject({
    notifyResults: false,
    notifyAwards: true,
    notifyReminders: false,
    directoryOptIn: false,
    nativeName: 'Άντα Μπάυρον',
  })
  expect(row!.nativeNameEditedAt).not.toBeNull()
  expect(row!.reviewedAt).not.toBeNull()
})

test('a native name of letters that only look right is refused', async () => {
  await givenProgram()
  const ada = await givenCandidate()

  const response = await post(
    '/profile',
    { locale: 'en', nativeName: 'Аda' },
    { headers: await signedIn(ada) },
  )

  expect(response.status).toBe(422)
  expect(await response.text()).toContain('Name in native script: use at most 200 letters')
})
