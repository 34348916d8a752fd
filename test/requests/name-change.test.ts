import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { auditLog, candidates, requestFiles, requests } from '../../src/schema.ts'
import { db, givenCandidate, givenProgram } from '../support/builders.ts'
import { ORIGIN, post, send, signedIn } from '../support/requests.ts'
import { fileOf, heic, jpeg } from './given-photo.ts'
import { givenNameChange, sendNameChange } from './given-request.ts'

beforeEach(async () => {
  await givenProgram()
})

const page = async (path: string, headers: Record<string, string>) => {
  const response = await send(path, { headers })
  return { status: response.status, text: await response.text(), location: response.headers.get('location') }
}

test('a candidate asks for another name and sees what became of it', async () => {
  const ada = await givenCandidate()
  const headers = await signedIn(ada)

  const form = await page('/requests/name-change', headers)
  const sent = await sendNameChange(headers, { explanation: 'Since June', nativeName: 'Ада Кинг' })

  expect(form.text).toContain('Printed now')
  expect(form.text).toContain('value="Byron"')
  expect(sent.status).toBe(303)
  const shown = await page(sent.headers.get('location')!, headers)
  expect(shown.text).toContain('Ada King')
  expect(shown.text).toContain('Since June')
  expect(shown.text).toContain('Stored, encrypted')
  expect((await page('/requests', headers)).text).toContain('Change of name')
  expect(await db.select().from(requests)).toMatchObject([
    {
      kind: 'name_change',
      details: {
        from: { fullName: 'Ada Byron' },
        to: { fullName: 'Ada King', givenName: 'Ada', familyName: 'King', nativeName: 'Ада Кинг' },
        reason: 'marriage',
      },
    },
  ])
  const [kept] = await db.select().from(candidates).where(eq(candidates.id, ada.id))
  expect(kept!.fullName).toBe('Ada Byron')
})

test('who has asked for nothing is told how to', async () => {
  const headers = await signedIn(await givenCandidate())
  const { text } = await page('/requests', headers)

  expect(text).toContain('You have not asked Program Support for anything yet.')
  expect(text).toContain('href="/requests/new"')
  const choices = await page('/requests/new', headers)
  for (const path of ['/requests/name-change', '/requests/new/missing_result', '/requests/new/other'])
    expect(choices.text).toContain(`href="${path}"`)
})

test('the profile leads to the form', async () => {
  const { text } = await page('/profile', await signedIn(await givenCandidate()))

  expect(text).toContain('href="/requests/name-change"')
})

test('one letter needs no photo, but only where staff never decided on the name', async () => {
  const ada = await givenCandidate({ familyName: 'Byran', fullName: 'Ada Byran' })
  const eve = await givenCandidate({
    familyName: 'Byran',
    fullName: 'Ada Byran',
    nameDecidedAt: new Date('2026-01-01'),
  })

  const simple = await sendNameChange(await signedIn(ada), { familyName: 'Byron', reason: 'typo' }, null)
  const again = await sendNameChange(await signedIn(eve), { familyName: 'Byron', reason: 'typo' }, null)

  expect(simple.status).toBe(303)
  expect(again.status).toBe(422)
  expect(await again.text()).toContain('Choose a photo of your identity document')
})

describe('refused, with what was typed', () => {
  const BYTES = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))

  test.each([
    ['no photo', {}, null, 'Choose a photo of your identity document'],
    ['an SVG called a JPEG', {}, fileOf('<svg onload="alert(1)"/>'), 'not a whole JPEG'],
    ['HTML', {}, fileOf('<!doctype html><script>alert(1)</script>', 'x.html', 'text/html'), 'not a whole'],
    ['PHP', {}, fileOf('<?php phpinfo(); ?>', 'x.php.jpg'), 'not a whole'],
    ['a ZIP', {}, fileOf(BYTES('PK\x03\x04'), 'x.zip'), 'not a whole'],
    ['half a photo', {}, fileOf(jpeg().subarray(0, 40)), 'not a whole'],
    ['an empty photo', {}, fileOf('', 'id.jpg'), 'not a whole'],
    ['no name', { givenName: '', familyName: '' }, fileOf(jpeg()), 'Enter the new name'],
    ['the same name', { familyName: 'Byron' }, fileOf(jpeg()), 'This is the name on your record'],
    ['a homoglyph', { familyName: 'Кing' }, fileOf(jpeg()), 'Family name: use'],
    ['a direction override', { familyName: 'King\u202Egnik' }, fileOf(jpeg()), 'Family name: use'],
    ['a zero-width space', { givenName: 'A\u200Bda' }, fileOf(jpeg()), 'Given names: use'],
    ['digits', { familyName: 'King3' }, fileOf(jpeg()), 'Family name: use'],
    ['markup', { familyName: '<b>King</b>' }, fileOf(jpeg()), 'Family name: use'],
    ['a name too long', { familyName: 'K'.repeat(101) }, fileOf(jpeg()), 'Family name: use'],
    ['mixed scripts in the native name', { nativeName: 'Адa' }, fileOf(jpeg()), 'Name in native script: use'],
    ['no reason', { reason: '' }, fileOf(jpeg()), 'Choose a reason'],
    ['an unknown reason', { reason: 'because' }, fileOf(jpeg()), 'Choose a reason'],
    ['an explanation too long', { explanation: 'x'.repeat(1001) }, fileOf(jpeg()), 'at most 1,000'],
  ])('%s', async (_, fields, photo, refusal) => {
    const headers = await signedIn(await givenCandidate())

    const response = await sendNameChange(headers, { explanation: 'Typed words', ...fields }, photo)

    const text = await response.text()
    expect(response.status).toBe(422)
    expect(text).toContain(refusal)
    expect(text).toContain('<title>Error: ')
    if (!('explanation' in fields)) expect(text).toContain('Typed words')
    expect(await db.$count(requests)).toBe(0)
    expect((await env.BUCKET.list()).objects).toHaveLength(0)
  })

  test('more than the form may hold, before it is read', async () => {
    const headers = { ...(await signedIn(await givenCandidate())), origin: ORIGIN }
    const body = new FormData()
    body.append('photo', fileOf(new Uint8Array(10 * 1024 * 1024 + 70 * 1024)))

    const response = await send('/requests/name-change', { method: 'POST', body, headers })

    expect(response.status).toBe(422)
    expect(await response.text()).toContain('must not be larger than 10 MB')
  })

  test('two photos, and a text for a photo', async () => {
    const headers = { ...(await signedIn(await givenCandidate())), origin: ORIGIN }
    const two = new FormData()
    two.append('familyName', 'King')
    two.append('photo', fileOf(jpeg()))
    two.append('photo', fileOf(jpeg()))

    expect((await send('/requests/name-change', { method: 'POST', body: two, headers })).status).toBe(422)
    expect((await post('/requests/name-change', { photo: '/etc/passwd' }, { headers })).status).toBe(422)
    expect(await db.$count(requests)).toBe(0)
  })
})

test('decomposed letters are kept composed, and a file name leads nowhere', async () => {
  const headers = await signedIn(await givenCandidate())
  const photo = fileOf(heic(), '../../../ecertificates/1/x.pdf', 'text/html')

  await sendNameChange(headers, { familyName: 'Gödel'.normalize('NFD') }, photo)

  expect(await db.select().from(requests)).toMatchObject([{ details: { to: { familyName: 'Gödel' } } }])
  const { objects } = await env.BUCKET.list()
  expect(objects.map(({ key }) => key)).toEqual([expect.stringMatching(/^request-files\/[\w-]{22}$/)])
  expect(await db.select().from(requestFiles)).toMatchObject([{ mediaType: 'image/heic' }])
})

test('the form sent twice is one request, and the second look leads to it', async () => {
  const headers = await signedIn(await givenCandidate())
  const submission = crypto.randomUUID()

  const first = await sendNameChange(headers, { submission })
  const second = await sendNameChange(headers, { submission })
  const another = await sendNameChange(headers)
  const form = await page('/requests/name-change', headers)

  const { pathname } = new URL(first.headers.get('location')!, ORIGIN)
  for (const location of [second.headers.get('location'), another.headers.get('location'), form.location])
    expect(location).toBe(`${pathname}?repeated`)
  expect((await page(form.location!, headers)).text).toContain('You have asked already')
  expect(await db.$count(requests)).toBe(1)
  expect((await env.BUCKET.list()).objects).toHaveLength(1)
})

test('who proved long ago who they are does so again first', async () => {
  const ada = await givenCandidate()
  const stale = await signedIn(ada, new Date(Date.now() - 11 * 60_000))

  expect((await page('/requests/name-change', stale)).location).toContain('/sign-in/again')
  expect((await sendNameChange(stale)).headers.get('location')).toContain('/sign-in/again')
  expect(await db.$count(requests)).toBe(0)
})

test('an open request is withdrawn with its photo, once', async () => {
  const ada = await givenCandidate()
  const headers = await signedIn(ada)
  const { id } = await givenNameChange(ada)

  const first = await post(`/requests/${id}/withdrawal`, {}, { headers })
  const second = await post(`/requests/${id}/withdrawal`, {}, { headers })

  expect([first.status, second.status]).toEqual([303, 303])
  const { text } = await page(`/requests/${id}`, headers)
  expect(text).toContain('It was withdrawn')
  expect(text).not.toContain('Withdraw this request')
  expect(await db.select().from(requestFiles)).toMatchObject([{ sealedKey: null }])
  const entries = await db.select().from(auditLog)
  expect(entries.map(({ action }) => action)).toEqual([
    'request.made',
    'request.withdrawn',
    'request.file-destroyed',
  ])
  expect((await sendNameChange(headers)).status).toBe(303)
})

test("another candidate's request does not exist", async () => {
  const { id } = await givenNameChange(await givenCandidate())
  const headers = await signedIn(await givenCandidate())

  expect((await page(`/requests/${id}`, headers)).status).toBe(404)
  expect((await post(`/requests/${id}/withdrawal`, {}, { headers })).status).toBe(404)
  expect((await page('/requests', headers)).text).not.toContain(`/requests/${id}`)
  expect(await db.select().from(requests)).toMatchObject([{ state: 'open' }])
})
