import { env } from 'cloudflare:workers'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { randomPublicId } from '../../src/core/tokens.ts'
import { signTranscriptToken, transcriptKeys } from '../../src/transcripts/token.ts'
import { db, givenAward, givenCandidate, givenProgram } from '../support/builders.ts'
import { givenBystanders } from '../support/bystanders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { send } from '../support/requests.ts'
import { givenTranscript } from './given-transcript.ts'

const ACTIVE = { awardedOn: '2025-03-18', expiresOn: '2099-03-18' }

async function givenZofia() {
  await givenProgram()
  const zofia = await givenCandidate({ fullName: 'Zofia Łączyńska-Østergård', email: 'zofia@example.net' })
  const junos = await givenAward({ candidateId: zofia.id, certification: 'JNCIA-Junos', ...ACTIVE })
  const ent = await givenAward({ candidateId: zofia.id, certification: 'JNCIS-ENT', ...ACTIVE })
  return { zofia, junos, ent }
}

test('anyone with the link sees the verdict, the holder, the remarks and the certifications', async () => {
  const { zofia, junos, ent } = await givenZofia()
  const { path } = await givenTranscript({
    candidateId: zofia.id,
    awards: [junos, ent],
    remarks: 'For <b>Kraków</b>\nwith thanks',
  })

  const response = await send(path)

  expect(response.status).toBe(200)
  const html = await response.text()
  expect(html).toContain('All 2 certifications are active')
  expect(html).toContain('Zofia Łączyńska-Østergård')
  expect(html).toContain('For &lt;b&gt;Kraków&lt;/b&gt;\nwith thanks')
  expect(html).toContain(
    'Enterprise Routing and Switching, Specialist (<span class="number">JNCIS-ENT</span>)',
  )
  expect(html).toContain('<time datetime="2099-03-18">18 March 2099</time>')
  expect(html).toContain('<time datetime="2099-12-31">31 December 2099</time>, as its holder chose')
  expect(html).toContain(new URL(env.PUBLIC_ORIGIN).host)
  expect(html.indexOf('All 2 certifications')).toBeLessThan(html.indexOf('Zofia'))
})

test('neither the address nor the candidate ID nor a code is on the page or in its JSON', async () => {
  const { zofia, junos } = await givenZofia()
  const { path, token } = await givenTranscript({ candidateId: zofia.id, awards: [junos] })

  const html = await (await send(path)).text()
  const json = await (await send(`/api/v1/transcripts/${token}`)).text()

  for (const text of [html.replace(/<link[^>]*>/g, ''), json]) {
    expect(text).not.toContain(zofia.email)
    expect(text).not.toContain('@example')
    expect(text).not.toContain(zofia.id)
    expect(text).not.toContain(junos.verificationCode)
  }
})

test('a published transcript is kept out of caches, referrers and search engines', async () => {
  const { zofia, junos } = await givenZofia()
  const { path } = await givenTranscript({ candidateId: zofia.id, awards: [junos] })

  const response = await send(path)

  expect(response.headers.get('cache-control')).toBe('private, no-store')
  expect(response.headers.get('referrer-policy')).toBe('no-referrer')
  expect(response.headers.get('x-robots-tag')).toContain('noindex')
  expect(await response.text()).toContain('<meta name="robots" content="noindex')
  expect(response.headers.get('content-security-policy')).not.toContain('unsafe-inline')
})

test('an expired certification is counted out of the verdict and stays in the table', async () => {
  const { zofia, junos } = await givenZofia()
  const old = await givenAward({ candidateId: zofia.id, certification: 'JNCIA-SEC', expiresOn: '2026-01-31' })
  const { path } = await givenTranscript({ candidateId: zofia.id, awards: [junos, old] })

  const html = await (await send(path)).text()

  expect(html).toContain('1 of 2 certifications are active')
  expect(html).toContain('standing--expired')
  expect(html).toContain('Security, Associate')

  const { path: allOver } = await givenTranscript({ candidateId: zofia.id, awards: [old] })
  expect(await (await send(allOver)).text()).toContain('The certification is not active')
})

test('a revoked and a suspended certification are named before anything else', async () => {
  const { zofia, junos, ent } = await givenZofia()
  const revoked = await givenAward({
    candidateId: zofia.id,
    certification: 'JNCIA-SEC',
    ...ACTIVE,
    revokedOn: '2026-02-01',
  })
  const suspended = await givenAward({
    candidateId: zofia.id,
    certification: 'JNCIA-DC',
    ...ACTIVE,
    suspendedOn: '2026-02-01',
  })
  const { path, token } = await givenTranscript({
    candidateId: zofia.id,
    awards: [junos, ent, revoked, suspended],
  })

  const html = await (await send(path)).text()
  const json = await (await send(`/api/v1/transcripts/${token}`)).json()

  const verdict = html.slice(html.indexOf('class="verdict'))
  expect(verdict.indexOf('Revoked by the program: JNCIA-SEC')).toBeGreaterThan(0)
  expect(verdict.indexOf('Suspended by the program: JNCIA-DC')).toBeLessThan(
    verdict.indexOf('2 of 4 certifications are active'),
  )
  expect(html).toContain('verdict verdict--bad')
  expect(json).toMatchObject({ allActive: false })
})

test('an award that a late result merged into another shows as that one', async () => {
  const { zofia, junos } = await givenZofia()
  const merged = await givenAward({
    candidateId: zofia.id,
    awardedOn: '2025-06-01',
    expiresOn: '2028-06-01',
    supersededBy: junos.id,
  })
  const { token } = await givenTranscript({ candidateId: zofia.id, awards: [merged, junos] })

  const json = await (await send(`/api/v1/transcripts/${token}`)).json<{ certifications: object[] }>()

  expect(json.certifications).toMatchObject([{ code: 'JNCIA-Junos', awardedOn: '2025-03-18' }])
})

test('the API gives the facts of the page', async () => {
  const { zofia, junos } = await givenZofia()
  const { token } = await givenTranscript({ candidateId: zofia.id, awards: [junos], remarks: 'Hello' })

  const response = await send(`/api/v1/transcripts/${token}`)

  expect(response.headers.get('cache-control')).toBe('private, no-store')
  expect(response.headers.get('x-robots-tag')).toContain('noindex')
  expect(await response.json()).toEqual({
    program: { name: expect.any(String) },
    checkedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    allActive: true,
    holder: { name: 'Zofia Łączyńska-Østergård' },
    remarks: 'Hello',
    validThrough: '2099-12-31',
    certifications: [
      {
        code: 'JNCIA-Junos',
        name: 'Junos, Associate (JNCIA-Junos)',
        level: 'Associate',
        standing: 'active',
        standingSince: null,
        awardedOn: '2025-03-18',
        expiresOn: '2099-03-18',
      },
    ],
  })
})

test('expired, disabled, unknown and forged links answer alike', async () => {
  const { zofia, junos } = await givenZofia()
  const mine = { candidateId: zofia.id, awards: [junos] }
  const good = await givenTranscript(mine)
  const expired = await givenTranscript({ ...mine, validThrough: '2026-01-31' })
  const disabled = await givenTranscript({ ...mine, disabledAt: new Date('2026-03-01') })
  const unknown = await signTranscriptToken(randomPublicId(), await transcriptKeys(env.LINK_KEY))
  const foreign = await signTranscriptToken(good.publicId, await transcriptKeys(`${env.LINK_KEY}x`))
  const tokens = [expired.token, disabled.token, unknown, foreign, `${good.token}x`, 'x']

  const pages = await Promise.all(tokens.map((token) => send(`/t/${token}`)))
  const answers = await Promise.all(tokens.map((token) => send(`/api/v1/transcripts/${token}`)))

  expect(pages.map(({ status }) => status)).toEqual(tokens.map(() => 404))
  const bodies = new Set(await Promise.all(pages.map((page) => page.text())))
  expect(bodies.size).toBe(1)
  expect([...bodies][0]).toContain('This transcript is not available')
  expect(new Set(pages.map(({ headers }) => JSON.stringify([...headers]))).size).toBe(1)
  expect(pages[0]!.headers.get('x-robots-tag')).toContain('noindex')
  expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1)
  expect(answers.map(({ headers }) => headers.get('content-type'))).toEqual(
    tokens.map(() => 'application/problem+json'),
  )
})

test('a link works through its last day in the zone of the program', async () => {
  await givenProgram((program) => {
    program.settings.timeZone = 'Etc/GMT+12'
  })
  const ada = await givenCandidate()
  const award = await givenAward({ candidateId: ada.id })
  const today = new Date(Date.now() - 12 * 3_600_000).toISOString().slice(0, 10)
  const yesterday = new Date(Date.now() - 36 * 3_600_000).toISOString().slice(0, 10)
  const mine = { candidateId: ada.id, awards: [award] }

  const last = await send((await givenTranscript({ ...mine, validThrough: today })).path)
  const over = await send((await givenTranscript({ ...mine, validThrough: yesterday })).path)

  expect([last.status, over.status]).toEqual([200, 404])
})

test('a forged, malformed or foreign link asks the database nothing', async () => {
  const { d1, cost } = countedDatabase(env.DB)
  const publicId = randomPublicId()
  const foreign = await signTranscriptToken(publicId, await transcriptKeys('another-key-of-16-or-more'))
  const [header] = foreign.split('.')
  const none = btoa('{"alg":"none","kid":"1"}').replaceAll('=', '')

  for (const token of [
    foreign,
    `${header}.${publicId}.`,
    `${none}.${publicId}.`,
    'x',
    '%00',
    'a'.repeat(5000),
    `${foreign}${foreign}`,
  ]) {
    expect((await send(`/t/${token}`, {}, { DB: d1 })).status).toBe(404)
    expect((await send(`/api/v1/transcripts/${token}`, {}, { DB: d1 })).status).toBe(404)
  }

  expect(cost.roundTrips).toBe(0)
})

test('no spelling of a token is an error, and only the one that we wrote is taken', async () => {
  const { zofia, junos } = await givenZofia()
  const { token } = await givenTranscript({ candidateId: zofia.id, awards: [junos] })
  const changed = fc
    .tuple(fc.nat(token.length - 1), fc.constantFrom(...'ABCDEwx019-_.~'))
    .map(([at, by]) => token.slice(0, at) + by + token.slice(at + 1))
  const anyText = fc.oneof(
    changed,
    fc.string({ unit: 'binary', minLength: 1 }).filter((text) => text.isWellFormed()),
    fc.base64String({ minLength: 4 }),
  )

  await fc.assert(
    fc.asyncProperty(anyText, async (text) => {
      fc.pre(text !== token && text !== '.' && text !== '..')
      expect((await send(`/t/${encodeURIComponent(text)}`)).status).toBe(404)
    }),
    { numRuns: 150, seed: 8 },
  )
})

test('a good link costs one round trip and reads as little among 30,000 people as among 300', async () => {
  const { zofia, junos, ent } = await givenZofia()
  const { path } = await givenTranscript({ candidateId: zofia.id, awards: [junos, ent] })
  await givenTranscript({ candidateId: zofia.id, awards: [junos] })
  const rowsRead: number[] = []

  for (const [count, from] of [
    [300, 1],
    [30_000, 301],
  ] as const) {
    await givenBystanders(count, from)
    await givenTranscriptsOfBystanders()
    const { d1, cost } = countedDatabase(env.DB)
    expect((await send(path, {}, { DB: d1 })).status).toBe(200)
    expect(cost.roundTrips).toBe(1)
    rowsRead.push(cost.rowsRead)
  }

  expect(rowsRead[1]).toBe(rowsRead[0])
  expect(rowsRead[0]).toBeLessThan(30)
})

test('when the database does not answer, nothing is said to be active', async () => {
  const { zofia, junos } = await givenZofia()
  const { path } = await givenTranscript({ candidateId: zofia.id, awards: [junos] })
  const down = {
    withSession: () => ({ prepare: () => ({ bind: () => ({}) }), batch: fail, getBookmark: () => null }),
  }

  const response = await send(path, {}, { DB: down as unknown as D1Database })

  expect(response.status).toBe(500)
  const html = await response.text()
  expect(html).not.toContain('standing--active')
  expect(html).not.toMatch(/\bactive\b/i)
})

function fail(): Promise<never> {
  return Promise.reject(new Error('D1_ERROR: Network connection lost.'))
}

async function givenTranscriptsOfBystanders() {
  await db.run(sql`
    INSERT INTO transcripts (public_id, candidate_id, submission, valid_through, remarks, created_at, updated_at)
    SELECT printf('%022d', id), candidate_id, 'given', '2099-12-31', '', 0, 0
    FROM awards WHERE candidate_id LIKE 'BYS%' ON CONFLICT DO NOTHING`)
  await db.run(sql`
    INSERT INTO transcript_awards (transcript_id, award_id)
    SELECT transcripts.id, awards.id FROM transcripts JOIN awards ON public_id = printf('%022d', awards.id)
    WHERE true ON CONFLICT DO NOTHING`)
}
