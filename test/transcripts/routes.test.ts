import { env } from 'cloudflare:workers'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { addDays, calendarDateIn } from '../../src/core/calendar-date.ts'
import * as schema from '../../src/schema.ts'
import { insertTranscript, updateTranscript } from '../../src/transcripts/write-queries.ts'
import { db, givenAward, givenCandidate, givenProgram, LONG_AGO } from '../support/builders.ts'
import { givenBystanders } from '../support/bystanders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { post, send, signedIn } from '../support/requests.ts'
import { givenTranscript } from './given-transcript.ts'

const today = () => calendarDateIn('America/Los_Angeles', new Date())
const SUBMISSION = '7b1f2a52-6f0c-4a2e-9a55-0d2f8a3c1e10'

async function givenAda() {
  await givenProgram()
  const ada = await givenCandidate()
  const junos = await givenAward({
    candidateId: ada.id,
    certification: 'JNCIA-Junos',
    expiresOn: '2099-01-01',
  })
  const sec = await givenAward({ candidateId: ada.id, certification: 'JNCIA-SEC', expiresOn: '2026-01-31' })
  return { ada, junos, sec, headers: await signedIn(ada) }
}

const filledIn = (award: string | string[]) => ({
  submission: SUBMISSION,
  validThrough: addDays(today(), 30),
  remarks: 'For Kraków',
  award,
})

const linkIn = (html: string) => /value="http[^"]*(\/t\/[^"]+)"/.exec(html)?.[1]

const awardsOf = (transcriptId: number) =>
  db
    .select()
    .from(schema.transcriptAwards)
    .where(sql`transcript_id = ${transcriptId}`)
    .then((rows) => rows.map(({ awardId }) => awardId))

test('a visitor is sent to sign in and back', async () => {
  await givenProgram()

  const page = await send('/transcripts/new')
  const posted = await post('/transcripts', {})

  expect(page.status).toBe(303)
  expect(page.headers.get('location')).toBe('/sign-in?return_to=%2Ftranscripts%2Fnew')
  expect(posted.headers.get('location')).toMatch(/^\/sign-in\?session-ended&return_to=/)
})

test('without a transcript the page offers to create one', async () => {
  const { headers } = await givenAda()

  const html = await (await send('/transcripts', { headers })).text()

  expect(html).toContain('Create a new transcript')
  expect(html).toContain('No transcripts yet')
})

test('the form asks for Valid Through, Remarks and certifications, in that order, with all active chosen', async () => {
  const { headers, junos, sec } = await givenAda()

  const html = await (await send('/transcripts/new', { headers })).text()

  expect(html).toContain(`value="${addDays(today(), 90)}"`)
  const places = ['Valid Through', 'Remarks', 'Certifications to show', 'Save'].map((words) =>
    html.indexOf(words),
  )
  expect(places).toEqual(places.toSorted((a, b) => a - b))
  expect(html).toMatch(new RegExp(`id="award-${junos.id}"[^>]* checked`))
  expect(html).not.toMatch(new RegExp(`id="award-${sec.id}"[^>]* checked`))
  expect(html).toContain('expired on')
})

test('someone who has earned nothing yet is told so', async () => {
  await givenProgram()
  const headers = await signedIn(await givenCandidate())

  const html = await (await send('/transcripts/new', { headers })).text()

  expect(html).toContain('there are none on your record yet')
  expect(html).not.toContain('<form class="form"')
})

test('Save leads to the link, and the link opens the transcript', async () => {
  const { headers, junos, sec } = await givenAda()

  const saved = await post('/transcripts', filledIn([String(junos.id), String(sec.id)]), { headers })

  expect(saved.status).toBe(303)
  const html = await (await send(saved.headers.get('location')!, { headers })).text()
  const link = linkIn(html)!
  expect(html).toContain(`${env.PUBLIC_ORIGIN}${link}`)
  expect(html).toContain('data-copy="link-')
  const published = await (await send(link)).text()
  expect(published).toContain('1 of 2 certifications are active')
  expect(published).toContain('For Kraków')
})

test('a form sent twice makes one transcript', async () => {
  const { headers, junos } = await givenAda()
  const form = filledIn(String(junos.id))

  const [one, other] = await Promise.all([
    post('/transcripts', form, { headers }),
    post('/transcripts', { ...form, remarks: 'changed meanwhile' }, { headers }),
  ])

  expect(one.headers.get('location')).toBe(other.headers.get('location'))
  expect(await db.$count(schema.transcripts)).toBe(1)
  expect(await db.$count(schema.transcriptAwards)).toBe(1)
})

test('the key of a form is its sender’s own: another candidate with the same one gets another transcript', async () => {
  const { headers, junos } = await givenAda()
  const grace = await givenCandidate()
  const award = await givenAward({ candidateId: grace.id })
  await post('/transcripts', filledIn(String(junos.id)), { headers })

  const answer = await post('/transcripts', filledIn(String(award.id)), { headers: await signedIn(grace) })

  expect(answer.status).toBe(303)
  expect(await db.$count(schema.transcripts)).toBe(2)
})

test('what is filled in wrongly is refused, kept and explained', async () => {
  const { headers, junos } = await givenAda()
  const form = filledIn(String(junos.id))
  const refusals: [Record<string, string | string[]>, string][] = [
    [{ validThrough: '' }, 'Choose the date through which the link works'],
    [{ validThrough: '2027-02-30' }, 'not a date that exists'],
    [{ validThrough: addDays(today(), -1) }, 'is over already'],
    [{ validThrough: addDays(today(), 3660) }, 'at most ten years'],
    [{ validThrough: ['2027-01-01', '2028-01-01'] }, 'not a date that exists'],
    [{ remarks: 'x'.repeat(2001) }, 'at most 2,000 characters'],
    [{ remarks: 'evil \u202E txt' }, 'cannot be shown'],
    [{ remarks: 'nul \u0000' }, 'cannot be shown'],
    [{ award: [] }, 'Choose at least one certification'],
    [{ award: 'x' }, 'Choose among the certifications'],
    [{ award: String(junos.id + 1000) }, 'Choose among the certifications'],
  ]

  for (const [change, words] of refusals) {
    const response = await post('/transcripts', { ...form, ...change }, { headers })
    expect(response.status, words).toBe(422)
    const html = await response.text()
    expect(html).toContain(words)
    expect(html).toContain('<title>Error: ')
    expect(html).toContain(SUBMISSION)
    if (!('remarks' in change)) expect(html).toContain('For Kraków')
  }
  expect(await db.$count(schema.transcripts)).toBe(0)
})

test('remarks keep their lines and every script, and are counted in characters', async () => {
  const { headers, junos } = await givenAda()
  const remarks = `Première ligne\r\nمرحبا\r\n${'𠮷'.repeat(1900)}`

  const saved = await post('/transcripts', { ...filledIn(String(junos.id)), remarks }, { headers })

  expect(saved.status).toBe(303)
  const [kept] = await db.select().from(schema.transcripts)
  expect(kept!.remarks).toBe(remarks.replaceAll('\r\n', '\n'))
})

test('what is not a form, or too long for one, is the sender’s mistake', async () => {
  const { headers } = await givenAda()
  const origin = { origin: 'http://localhost:8787' }

  const broken = await send('/transcripts', {
    method: 'POST',
    body: 'nonsense',
    headers: { ...headers, ...origin, 'content-type': 'multipart/form-data; boundary=x' },
  })
  const empty = await send('/transcripts', { method: 'POST', headers: { ...headers, ...origin } })
  const huge = await post('/transcripts', { remarks: 'x'.repeat(100_000) }, { headers })

  expect([broken.status, empty.status, huge.status]).toEqual([400, 422, 413])
})

test("another candidate's award gets into a transcript by no way", async () => {
  const { ada, headers, junos } = await givenAda()
  const grace = await givenCandidate()
  const hers = await givenAward({ candidateId: grace.id })
  const chosen = filledIn([String(junos.id), String(hers.id)])

  const refused = await post('/transcripts', chosen, { headers })
  const given = {
    candidateId: ada.id,
    validThrough: '2099-01-01',
    remarks: '',
    awardIds: [junos.id, hers.id],
  }
  const id = await insertTranscript(db, { ...given, publicId: 'A'.repeat(22), submission: 'x' }, LONG_AGO)
  const none = await insertTranscript(
    db,
    { ...given, awardIds: [hers.id], publicId: 'B'.repeat(22), submission: 'y' },
    LONG_AGO,
  )

  expect(refused.status).toBe(422)
  expect(await awardsOf(id!)).toEqual([junos.id])
  expect(none).toBe(null)
  await updateTranscript(db, { ...given, id: id!, awardIds: [hers.id] }, LONG_AGO)
  expect(await awardsOf(id!)).toEqual([junos.id])
})

test("another candidate's transcript does not exist", async () => {
  const { ada, junos } = await givenAda()
  const transcript = await givenTranscript({ candidateId: ada.id, awards: [junos] })
  const grace = await givenCandidate()
  const hers = await givenAward({ candidateId: grace.id })
  const headers = await signedIn(grace)
  const at = `/transcripts/${transcript.id}`

  const answers = await Promise.all([
    send(at, { headers }),
    send(`${at}/edit`, { headers }),
    send(`${at}/withdrawal`, { headers }),
    post(at, filledIn(String(hers.id)), { headers }),
    post(`${at}/withdrawal`, {}, { headers }),
    send('/transcripts/999999', { headers }),
    send('/transcripts/0x1', { headers }),
  ])

  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404, 404])
  expect((await send(transcript.path)).status).toBe(200)
})

test('an edit changes what the link shows, and makes one that was over work again', async () => {
  const { ada, headers, junos, sec } = await givenAda()
  const { id, path } = await givenTranscript({
    candidateId: ada.id,
    awards: [junos],
    validThrough: '2026-01-31',
    remarks: 'Before',
  })
  expect((await send(path)).status).toBe(404)

  const form = await (await send(`/transcripts/${id}/edit`, { headers })).text()
  const saved = await post(`/transcripts/${id}`, filledIn(String(sec.id)), { headers })

  expect(form).toContain('Before')
  expect(form).toMatch(new RegExp(`id="award-${junos.id}"[^>]* checked`))
  expect(saved.headers.get('location')).toBe(`/transcripts/${id}`)
  const html = await (await send(path)).text()
  expect(html).toContain('For Kraków')
  expect(html).toContain('Security, Associate')
  expect(html).not.toContain('Junos, Associate')
})

test('an edit that is refused changes nothing', async () => {
  const { ada, headers, junos } = await givenAda()
  const { id } = await givenTranscript({ candidateId: ada.id, awards: [junos], remarks: 'Before' })

  const refused = await post(`/transcripts/${id}`, { ...filledIn([]), remarks: 'After' }, { headers })

  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('After')
  expect(await db.select().from(schema.transcripts)).toMatchObject([{ remarks: 'Before' }])
})

test('Disable asks once, ends the link for good, and can be repeated', async () => {
  const { ada, headers, junos } = await givenAda()
  const { id, path } = await givenTranscript({ candidateId: ada.id, awards: [junos] })

  const asked = await send(`/transcripts/${id}/withdrawal`, { headers })
  expect((await send(path)).status).toBe(200)
  const first = await post(`/transcripts/${id}/withdrawal`, {}, { headers })
  const [kept] = await db.select().from(schema.transcripts)
  const again = await post(`/transcripts/${id}/withdrawal`, {}, { headers })
  await post(`/transcripts/${id}`, filledIn(String(junos.id)), { headers })

  expect(await asked.text()).toContain('Disable this transcript?')
  expect([first.status, again.status]).toEqual([303, 303])
  expect((await send(path)).status).toBe(404)
  expect(await db.select().from(schema.transcripts)).toEqual([kept])
  const html = await (await send(`/transcripts/${id}`, { headers })).text()
  expect(html).toContain('You disabled this transcript')
  expect(html).not.toContain('/t/')
})

test('the list says of each transcript whether its link works', async () => {
  const { ada, headers, junos, sec } = await givenAda()
  const mine = { candidateId: ada.id, awards: [junos, sec] }
  const works = await givenTranscript({ ...mine, remarks: `Works ${'x'.repeat(200)}` })
  await givenTranscript({ ...mine, validThrough: '2026-01-31' })
  await givenTranscript({ ...mine, disabledAt: new Date('2026-03-01T12:00:00Z') })

  const html = await (await send('/transcripts', { headers })).text()

  expect(html).toContain('JNCIA-Junos and JNCIA-SEC')
  expect(html).toContain('<dd>Works</dd>')
  expect(html).toMatch(/No longer works since <time datetime="2026-02-01">/)
  expect(html).toMatch(/Disabled on <time datetime="2026-03-01">/)
  expect(html.match(/\/t\//g)!.length).toBe(2)
  expect(linkIn(html)).toBe(works.path)
  expect(html).not.toContain('x'.repeat(100))
})

test('the list is paged by twenty', async () => {
  const { ada, headers, junos } = await givenAda()
  for (let n = 1; n <= 21; n += 1) {
    await givenTranscript({ candidateId: ada.id, awards: [junos], remarks: `Number ${n}.` })
  }

  const first = await (await send('/transcripts', { headers })).text()
  const second = await (await send('/transcripts?page=2', { headers })).text()
  const third = await send('/transcripts?page=3', { headers })

  expect(first).toContain('Number 21.')
  expect(first).not.toContain('Number 1.')
  expect(first).toContain('/transcripts?page=2')
  expect(second).toContain('Number 1.')
  expect(third.status).toBe(404)
  expect((await send('/transcripts?page=-1', { headers })).status).toBe(200)
})

test('each page costs two round trips and reads no more among many candidates', async () => {
  const { ada, headers, junos, sec } = await givenAda()
  const { id } = await givenTranscript({ candidateId: ada.id, awards: [junos, sec] })
  const pages = ['/transcripts', '/transcripts/new', `/transcripts/${id}`, `/transcripts/${id}/edit`]
  const costs = async () => {
    const rows: number[] = []
    for (const page of pages) {
      const { d1, cost } = countedDatabase(env.DB)
      expect((await send(page, { headers }, { DB: d1 })).status).toBe(200)
      expect(cost.roundTrips, page).toBe(2)
      rows.push(cost.rowsRead)
    }
    return rows
  }

  await givenBystanders(300)
  const few = await costs()
  await givenBystanders(3000, 301)

  expect(await costs()).toEqual(few)
})
