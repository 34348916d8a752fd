import { env } from 'cloudflare:workers'
import { PDFDict, PDFDocument, PDFName } from '@cantoo/pdf-lib'
import { eq } from 'drizzle-orm'
import { unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { addDays, calendarDateIn } from '../../src/core/calendar-date.ts'
import * as schema from '../../src/schema.ts'
import { db, givenAward, givenCandidate, givenProgram } from '../support/builders.ts'
import { givenBystanders } from '../support/bystanders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { send, signedIn } from '../support/requests.ts'

const today = calendarDateIn('America/Los_Angeles', new Date())
const active = { awardedOn: '2025-03-18', expiresOn: addDays(today, 400) }

const pdfOf = (award: { id: number }) => `/certifications/${award.id}/ecertificate.pdf`
const logoOf = (award: { id: number }) => `/certifications/${award.id}/logo.zip`

async function fontsIn(pdf: ArrayBuffer): Promise<string[]> {
  const { context } = await PDFDocument.load(pdf)
  return context.enumerateIndirectObjects().flatMap(([, object]) => {
    const name = object instanceof PDFDict && object.lookup(PDFName.of('FontName'))
    return name instanceof PDFName ? [name.decodeText().split('+').at(-1)!] : []
  })
}

async function keptKeys(prefix: string) {
  return (await env.BUCKET.list({ prefix })).objects.map(
    ({ key, uploaded }) => `${key} ${uploaded.getTime()}`,
  )
}

test('an eCertificate comes as a file of its own, for this browser only', async () => {
  await givenProgram()
  const ada = await givenCandidate({ fullName: 'Łucja Şahin' })
  const award = await givenAward({ candidateId: ada.id, ...active })

  const response = await send(pdfOf(award), { headers: await signedIn(ada) })

  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/pdf')
  expect(response.headers.get('content-disposition')).toBe(
    `attachment; filename="eCertificate-${award.number}.pdf"`,
  )
  expect(response.headers.get('cache-control')).toBe('private, no-store')
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  const bytes = new Uint8Array(await response.arrayBuffer())
  expect(new TextDecoder('latin1').decode(bytes.slice(0, 5))).toBe('%PDF-')
  expect(response.headers.get('content-length')).toBe(String(bytes.length))
})

test('it is made once: the second download is what the first one stored', async () => {
  await givenProgram()
  const ada = await givenCandidate()
  const award = await givenAward({ candidateId: ada.id, ...active })
  const headers = await signedIn(ada)

  const first = await send(pdfOf(award), { headers })
  const firstBytes = await first.arrayBuffer()
  const keptAfterFirst = await keptKeys('ecertificates/')
  // Without fonts nothing could be drawn again.
  const ASSETS = { fetch: () => Promise.reject(new Error('drawn twice')) } as unknown as Fetcher
  const second = await send(pdfOf(award), { headers }, { ASSETS })

  expect(second.status).toBe(200)
  expect(second.headers.get('etag')).toBe(first.headers.get('etag'))
  expect(await second.arrayBuffer()).toEqual(firstBytes)
  expect(keptAfterFirst).toHaveLength(1)
  expect(await keptKeys('ecertificates/')).toEqual(keptAfterFirst)
})

test('a printed fact that changes makes a new one, and the old one stays', async () => {
  await givenProgram()
  const ada = await givenCandidate()
  const award = await givenAward({ candidateId: ada.id, ...active })
  const headers = await signedIn(ada)

  const first = await send(pdfOf(award), { headers })
  await first.arrayBuffer()
  await db
    .update(schema.candidates)
    .set({ fullName: 'Ada King, Countess of Lovelace' })
    .where(eq(schema.candidates.id, ada.id))
  const second = await send(pdfOf(award), { headers })
  await second.arrayBuffer()

  expect(second.headers.get('etag')).not.toBe(first.headers.get('etag'))
  expect(await keptKeys(`ecertificates/${award.id}/`)).toHaveLength(2)
})

test.each([
  ['TW', 'NotoSerifTC-Regular'],
  ['JP', 'NotoSerifJP-Regular'],
  ['CN', 'NotoSerifSC-Regular'],
  [null, 'NotoSerifSC-Regular'],
])('a Han name is drawn as it is written in %s', async (country, font) => {
  await givenProgram()
  const ada = await givenCandidate({ fullName: '直', country })
  const award = await givenAward({ candidateId: ada.id, ...active })

  const response = await send(pdfOf(award), { headers: await signedIn(ada) })

  const fonts = await fontsIn(await response.arrayBuffer())
  expect(fonts.filter((name) => /Serif[A-Z]{2}/.test(name))).toEqual([font])
})

test('a name that cannot be drawn whole is not drawn at all, and the page says whom to ask', async () => {
  await givenProgram()
  const ada = await givenCandidate({ fullName: 'Ada 𓀀' })
  const award = await givenAward({ candidateId: ada.id, ...active })

  const response = await send(pdfOf(award), { headers: await signedIn(ada) })

  expect(response.status).toBe(500)
  expect(await response.text()).toContain('This eCertificate cannot be drawn yet')
  expect(await keptKeys('ecertificates/')).toEqual([])
})

test('a logo pack holds the seal as SVG and PNG, and is made once', async () => {
  await givenProgram()
  const ada = await givenCandidate()
  const award = await givenAward({ candidateId: ada.id, ...active })
  const headers = await signedIn(ada)

  const response = await send(logoOf(award), { headers })
  const files = unzipSync(new Uint8Array(await response.arrayBuffer()))
  const again = await send(logoOf(award), { headers })
  await again.arrayBuffer()

  expect(response.headers.get('content-type')).toBe('application/zip')
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="JNCIA-Junos-logo.zip"')
  expect(Object.keys(files).map((name) => name.split('.').pop())).toEqual(
    expect.arrayContaining(['svg', 'png', 'txt']),
  )
  expect(again.headers.get('etag')).toBe(response.headers.get('etag'))
  expect(await keptKeys('logos/')).toHaveLength(1)
})

test.each([
  ['expired', { expiresOn: addDays(today, -1) }],
  ['suspended', { suspendedOn: today }],
  ['revoked', { revokedOn: today }],
])('an award that is %s has nothing to download', async (_, dates) => {
  await givenProgram()
  const ada = await givenCandidate()
  const award = await givenAward({ candidateId: ada.id, ...active, ...dates })
  const headers = await signedIn(ada)

  expect((await send(pdfOf(award), { headers })).status).toBe(404)
  expect((await send(logoOf(award), { headers })).status).toBe(404)
})

test('an award is downloadable through the day on which it expires', async () => {
  await givenProgram()
  const ada = await givenCandidate()
  const award = await givenAward({ candidateId: ada.id, ...active, expiresOn: today })

  const response = await send(pdfOf(award), { headers: await signedIn(ada) })
  await response.arrayBuffer()

  expect(response.status).toBe(200)
})

test("another's award does not exist, nor does one that is none", async () => {
  await givenProgram()
  const ada = await givenCandidate()
  const eve = await givenCandidate()
  const award = await givenAward({ candidateId: ada.id, ...active })
  const headers = await signedIn(eve)

  for (const path of [pdfOf(award), logoOf(award), pdfOf({ id: 999_999 }), '/certifications/x/logo.zip'])
    expect((await send(path, { headers })).status).toBe(404)
})

test('a visitor is sent to sign in and back', async () => {
  await givenProgram()

  const response = await send('/certifications/1/ecertificate.pdf')

  expect(response.status).toBe(303)
  expect(response.headers.get('location')).toBe('/sign-in?return_to=%2Fcertifications%2F1%2Fecertificate.pdf')
})

test('a download costs two round trips, and rows read do not grow with other people', async () => {
  await givenProgram()
  const ada = await givenCandidate()
  const award = await givenAward({ candidateId: ada.id, ...active })
  const headers = await signedIn(ada)
  const alone = countedDatabase(env.DB)
  const crowded = countedDatabase(env.DB)

  await (await send(pdfOf(award), { headers }, { DB: alone.d1 })).arrayBuffer()
  await givenBystanders(300)
  await (await send(pdfOf(award), { headers }, { DB: crowded.d1 })).arrayBuffer()

  expect(alone.cost.roundTrips).toBe(2)
  expect(crowded.cost).toMatchObject({ roundTrips: 2, rowsRead: alone.cost.rowsRead })
})
