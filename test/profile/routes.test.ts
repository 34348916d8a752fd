import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import * as schema from '../../src/schema.ts'
import { db, givenCandidate, givenProgram } from '../support/builders.ts'
import { givenBystanders } from '../support/bystanders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { post, send, signedIn } from '../support/requests.ts'

const KRAKOW = {
  addressLine1: 'ul. Długa 7',
  addressLine2: '',
  city: 'Kraków',
  region: '',
  postalCode: '31-147',
  country: 'PL',
  phone: '12 345 67 89',
  company: 'Sieci <Krakowskie> & Synowie',
  locale: 'en',
  timeZone: 'Europe/Warsaw',
}

async function profilePage(candidate: { id: string }, path = '/profile') {
  const response = await send(path, { headers: await signedIn(candidate) })
  return { response, text: await response.text() }
}

async function save(candidate: { id: string }, fields: Record<string, string | string[]>) {
  return post('/profile', fields, { headers: await signedIn(candidate) })
}

async function kept({ id }: { id: string }) {
  const [row] = await db.select().from(schema.candidates).where(eq(schema.candidates.id, id))
  return row!
}

test('a visitor is sent to sign in, whether reading or writing', async () => {
  await givenProgram()

  const reading = await send('/profile')
  const writing = await post('/profile', KRAKOW)

  expect(reading.headers.get('location')).toBe('/sign-in?return_to=%2Fprofile')
  expect(writing.status).toBe(303)
  expect(writing.headers.get('location')).toBe('/sign-in?session-ended&return_to=%2Fprofile')
})

test('the page shows the record, with the name locked and the way to change it', async () => {
  await givenProgram()
  const ada = await givenCandidate({
    fullName: 'Ada <Byron>',
    nativeName: 'Άντα',
    phone: '+48123456789',
    country: 'PL',
    timeZone: 'Europe/Warsaw',
  })
  await db.insert(schema.candidateEmails).values({
    candidateId: ada.id,
    normalized: 'old@example.org',
    address: 'Old@example.org',
    isPrimary: false,
  })

  const { response, text } = await profilePage(ada)

  expect(response.status).toBe(200)
  expect(text).toContain('Ada &lt;Byron&gt;')
  expect(text).toContain('Άντα')
  expect(text).not.toContain('name="fullName"')
  expect(text).toContain('photo of a government-issued ID')
  expect(text).toContain('href="/requests/name-change"')
  expect(text).toContain(ada.id)
  expect(text).toContain(ada.email)
  expect(text).toContain('Old@example.org <span class="soft">(not confirmed)')
  expect(text).toContain('value="+48 12 345 67 89"')
  expect(text).toContain('<option value="PL" selected="">Poland')
  expect(text).toContain('<option selected="">Europe/Warsaw')
})

test('what is saved is kept, marked as the candidate’s own, and said to be saved', async () => {
  await givenProgram()
  const ada = await givenCandidate()
  const grace = await givenCandidate()

  const response = await save(ada, KRAKOW)
  const { text } = await profilePage(ada, response.headers.get('location')!)

  expect(response.status).toBe(303)
  expect(response.headers.get('location')).toBe('/profile?saved')
  expect(text).toContain('Your information is saved')
  expect(text).toContain('value="Sieci &lt;Krakowskie&gt; &amp; Synowie"')
  const row = await kept(ada)
  expect(row).toMatchObject({
    addressLine1: 'ul. Długa 7',
    addressLine2: null,
    city: 'Kraków',
    postalCode: '31-147',
    country: 'PL',
    phone: '+48123456789',
    timeZone: 'Europe/Warsaw',
    fullName: 'Ada Byron',
    revision: 0,
  })
  expect(row.profileEditedAt).not.toBeNull()
  expect(await kept(grace)).toMatchObject({ city: null, profileEditedAt: null })
})

test('saving twice is saving once, and what is emptied is gone', async () => {
  await givenProgram()
  const ada = await givenCandidate()

  await save(ada, KRAKOW)
  await save(ada, KRAKOW)
  await save(ada, { locale: 'en' })

  expect(await kept(ada)).toMatchObject({ city: null, phone: null, country: null, timeZone: null })
})

test('a refused form says what is wrong, keeps what was typed and changes nothing', async () => {
  await givenProgram()
  const ada = await givenCandidate({ city: 'London' })

  const response = await save(ada, { ...KRAKOW, phone: '12', postalCode: '31147', city: 'Nowa Huta' })
  const text = await response.text()

  expect(response.status).toBe(422)
  expect(text).toContain('<title>Error: Update Information')
  expect(text).toContain('href="#phone">This is not a phone number')
  expect(text).toContain('href="#postalCode">This is not a postal code')
  expect(text).toContain('value="Nowa Huta"')
  expect(text).toContain('value="12"')
  expect(text).toContain('<option value="PL" selected="">')
  expect(await kept(ada)).toMatchObject({ city: 'London', profileEditedAt: null })
})

test('neither the name nor the record of another can be changed by adding fields', async () => {
  await givenProgram()
  const ada = await givenCandidate()
  const grace = await givenCandidate()

  await save(ada, {
    ...KRAKOW,
    fullName: 'Somebody Else',
    id: grace.id,
    candidateId: grace.id,
    revision: '9',
  })

  expect(await kept(ada)).toMatchObject({ fullName: 'Ada Byron', city: 'Kraków', revision: 0 })
  expect(await kept(grace)).toMatchObject({ city: null })
})

test.each<[string, Record<string, string | string[]>, number]>([
  ['a NUL', { ...KRAKOW, city: 'Krak\0w' }, 422],
  ['a direction override', { ...KRAKOW, company: 'gro\u202Ecba' }, 422],
  ['a field twice', { ...KRAKOW, city: ['Kraków', 'Gdańsk'] }, 422],
  ['a huge text', { ...KRAKOW, city: 'x'.repeat(50_000) }, 422],
  ['a form beyond measure', { ...KRAKOW, city: 'x'.repeat(70_000) }, 413],
  ['nothing at all', {}, 422],
  ['a language that the program does not offer', { ...KRAKOW, locale: 'de' }, 422],
])('%s is refused', async (_, fields, status) => {
  await givenProgram()
  const ada = await givenCandidate()

  expect((await save(ada, fields)).status).toBe(status)
  expect(await kept(ada)).toMatchObject({ profileEditedAt: null })
})

test('the page costs two round trips, and no more rows among thousands of candidates', async () => {
  await givenProgram()
  const ada = await givenCandidate()
  const headers = await signedIn(ada)
  async function costOf() {
    const { d1, cost } = countedDatabase(env.DB)
    await send('/profile', { headers }, { DB: d1 })
    return cost
  }

  const few = await costOf()
  await givenBystanders(3000)
  const many = await costOf()

  expect(few.roundTrips).toBe(2)
  expect(many).toEqual(few)
})
