import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { givenAward, givenCandidate, givenProgram } from '../support/builders.ts'
import { givenBystanders } from '../support/bystanders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { send } from '../support/requests.ts'

const CODE = '7K3M9Q2RXW401TBN'
const ACTIVE = { awardedOn: '2025-03-18', expiresOn: '2099-03-18' }

async function givenCertificate(given: object = {}) {
  await givenProgram()
  const holder = await givenCandidate({ fullName: 'عمر الفاروق', email: 'omar@example.net' })
  const award = await givenAward({
    candidateId: holder.id,
    certification: 'JNCIS-ENT',
    number: 'JNCIS-ENT-1234-5678-9012',
    verificationCode: CODE,
    ...ACTIVE,
    ...given,
  })
  return { holder, award }
}

test('the form takes a code as people type it and leads to the certificate', async () => {
  await givenProgram()

  const form = await send('/verify')
  const typed = await send('/verify?code=7k3m-9q2r%20xw4O-ltbn')
  const linked = await send('/verify/7k3m-9q2r-xw40-1tbn')

  expect(await form.text()).toContain('Verification code')
  expect([typed.status, typed.headers.get('location')]).toEqual([303, `/verify/${CODE}`])
  expect([linked.status, linked.headers.get('location')]).toEqual([303, `/verify/${CODE}`])
})

test('a code that cannot be one is refused with what was typed', async () => {
  await givenProgram()

  const impossible = await send('/verify?code=%3Cb%3E1234')
  const missing = await send('/verify?code=+')

  expect([impossible.status, missing.status]).toEqual([422, 422])
  const html = await impossible.text()
  expect(html).toContain('No certificate has such a code')
  expect(html).toContain('value="&lt;b&gt;1234"')
  expect(html).toContain('aria-invalid="true"')
  expect(await missing.text()).toContain('Enter the verification code')
})

test('a certificate shows every fact that is printed on it, the standing first', async () => {
  const { award } = await givenCertificate()

  const response = await send(`/verify/${CODE}`)

  expect(response.status).toBe(200)
  const html = await response.text()
  for (const fact of [
    'عمر الفاروق',
    'Enterprise Routing and Switching, Specialist (<span class="number">JNCIS-ENT</span>)',
    'Specialist · JNCIS-ENT',
    award.number,
    '7K3M-9Q2R-XW40-1TBN',
    '<time datetime="2025-03-18">18 March 2025</time>',
    '<time datetime="2099-03-18">18 March 2099</time>',
    new URL(env.PUBLIC_ORIGIN).host,
  ]) {
    expect(html).toContain(fact)
  }
  expect(html.indexOf('This certification is active')).toBeLessThan(html.indexOf('عمر الفاروق'))
  expect(html).toMatch(/Checked against the program&#39;s record on <time datetime="\d{4}-\d\d-\d\dT/)
})

test('nothing but the printed facts is given', async () => {
  const { holder } = await givenCertificate()

  const html = await (await send(`/verify/${CODE}`)).text()
  const json = await (await send(`/api/v1/certificates/${CODE}`)).text()

  for (const text of [html, json]) {
    expect(text).not.toContain(holder.email)
    expect(text).not.toContain('@example')
    expect(text).not.toContain(holder.id)
  }
})

test('a check is kept out of caches, referrers and search engines', async () => {
  await givenCertificate()

  const { headers } = await send(`/verify/${CODE}`)

  expect(headers.get('cache-control')).toBe('private, no-store')
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect(headers.get('x-robots-tag')).toContain('noindex')
})

test.each([
  ['revoked', { revokedOn: '2026-02-01' }, 'Revoked on <time datetime="2026-02-01">'],
  ['suspended', { suspendedOn: '2026-02-02' }, 'Suspended since <time datetime="2026-02-02">'],
  [
    'expired',
    { expiresOn: '2026-01-31' },
    'Expired: this certification ended on <time datetime="2026-01-31">',
  ],
])('a %s certificate says so first, and is never called active', async (standing, given, words) => {
  await givenCertificate(given)

  const html = await (await send(`/verify/${CODE}`)).text()

  expect(html).toContain(words)
  expect(html.indexOf(words)).toBeLessThan(html.indexOf('عمر الفاروق'))
  expect(html).not.toContain('standing--active')
  expect(html).not.toContain('is active')
  const json = await (await send(`/api/v1/certificates/${CODE}`)).json()
  expect(json).toMatchObject({ standing, holder: { name: 'عمر الفاروق' } })
})

test('revocation outranks expiry', async () => {
  await givenCertificate({ expiresOn: '2026-01-31', revokedOn: '2025-12-01' })

  expect(await (await send(`/api/v1/certificates/${CODE}`)).json()).toMatchObject({
    standing: 'revoked',
    standingSince: '2025-12-01',
  })
})

test('the code of an award that was merged shows the award it became, and says so', async () => {
  const { holder, award } = await givenCertificate()
  const middle = await givenAward({
    candidateId: holder.id,
    certification: 'JNCIS-ENT',
    awardedOn: '2025-05-01',
    verificationCode: '0000000000000001',
    supersededBy: award.id,
  })
  await givenAward({
    candidateId: holder.id,
    certification: 'JNCIS-ENT',
    awardedOn: '2025-06-01',
    verificationCode: '0000000000000002',
    supersededBy: middle.id,
  })

  const html = await (await send('/verify/0000000000000002')).text()
  const json = await (await send('/api/v1/certificates/0000000000000002')).json()

  expect(html).toContain('The paper with the code 0000-0000-0000-0002 was replaced')
  expect(html).toContain('7K3M-9Q2R-XW40-1TBN')
  expect(json).toMatchObject({
    number: award.number,
    awardedOn: '2025-03-18',
    verificationCode: CODE,
    mergedFrom: '0000000000000002',
  })
})

test('unknown and impossible codes answer alike', async () => {
  await givenCertificate()

  const [unknown, impossible] = [await send('/verify/0000000000000000'), await send('/verify/%00nonsense')]
  const answers = [
    await send('/api/v1/certificates/0000000000000000'),
    await send('/api/v1/certificates/nonsense'),
  ]

  expect([unknown.status, impossible.status]).toEqual([404, 404])
  const html = await unknown.text()
  expect(html).toContain('No certificate has this code')
  expect(html).toContain('value="0000-0000-0000-0000"')
  expect((await impossible.text()).replace('\u0000nonsense', '0000-0000-0000-0000')).toBe(html)
  expect(unknown.headers.get('x-robots-tag')).toContain('noindex')
  expect(answers.map(({ headers }) => headers.get('content-type'))).toEqual([
    'application/problem+json',
    'application/problem+json',
  ])
  expect(await answers[0]!.text()).toBe(await answers[1]!.text())
})

test('a check costs one round trip, an impossible code none, and rows read do not grow with the record', async () => {
  await givenCertificate()
  const rowsRead: number[] = []

  for (const [count, from] of [
    [300, 1],
    [30_000, 301],
  ] as const) {
    await givenBystanders(count, from)
    const { d1, cost } = countedDatabase(env.DB)
    expect((await send(`/verify/${CODE}`, {}, { DB: d1 })).status).toBe(200)
    expect(cost.roundTrips).toBe(1)
    await send('/verify/nonsense', {}, { DB: d1 })
    expect(cost.roundTrips).toBe(1)
    rowsRead.push(cost.rowsRead)
  }

  expect(rowsRead[1]).toBe(rowsRead[0])
})

test('who tries many codes from one network is stopped, and nobody else', async () => {
  await givenCertificate()
  const limiter = { limit: async ({ key }: { key: string }) => ({ success: key !== '192.0.2.44' }) }
  const from = (address: string) => ({ headers: { 'cf-connecting-ip': address } })
  const bindings = { VERIFY_LIMITER: limiter as RateLimit }

  const page = await send(`/verify/${CODE}`, from('192.0.2.44'), bindings)
  const answer = await send(`/api/v1/certificates/${CODE}`, from('192.0.2.44'), bindings)
  const other = await send(`/verify/${CODE}`, from('192.0.2.45'), bindings)

  expect([page.status, answer.status, other.status]).toEqual([429, 429, 200])
  expect(page.headers.get('retry-after')).toBe('60')
  expect(await page.text()).toContain('Too many requests')
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
})

test('an IPv6 network is one network, however many addresses it has', async () => {
  const keys = new Set<string>()
  const limit = async ({ key }: { key: string }) => ({ success: Boolean(keys.add(key)) })
  const bindings = { VERIFY_LIMITER: { limit } as RateLimit }

  for (const address of ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9'])
    await send('/verify/0', { headers: { 'cf-connecting-ip': address } }, bindings)

  expect(keys.size).toBe(1)
})

test('when the database does not answer, nothing is said to be active', async () => {
  await givenCertificate()
  const d1 = countedDatabase(env.DB).d1
  const down = {
    withSession: () => ({
      prepare: (query: string) => d1.prepare(query),
      batch: () => Promise.reject(new Error('D1_ERROR: Network connection lost.')),
      getBookmark: () => null,
    }),
  } as unknown as D1Database

  const page = await send(`/verify/${CODE}`, {}, { DB: down })
  const answer = await send(`/api/v1/certificates/${CODE}`, {}, { DB: down })

  expect([page.status, answer.status]).toEqual([500, 500])
  expect(await page.text()).not.toMatch(/\bactive\b/i)
  expect(await answer.text()).not.toContain('active')
})
