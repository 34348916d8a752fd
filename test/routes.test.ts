import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { app } from '../src/app.ts'
import { staffRoles } from '../src/schema.ts'
import { mayRole, type Role } from '../src/staff/permissions.ts'
import { givenCandidate, givenProgram } from './support/builders.ts'
import { hostileCookie, hostileForm, hostileQuery, hostileSegment } from './support/hostile.ts'
import { ORIGIN, send, signedIn, signedInStaff } from './support/requests.ts'
import type { Made, Place } from './support/site/expected.ts'
import { givenPlace, guardedPaths, siteMap } from './support/site-map.ts'

const visitors = ['nobody', 'another candidate', 'the candidate'] as const
type Visitor = (typeof visitors)[number]

// What an answer sets going is not told here.
const swallow = { sendBatch: async () => ({}) } as unknown as Queue
const IMPORT_WORKFLOW = { create: async () => ({}) } as unknown as Workflow
const PROGRAM_WORKFLOW = IMPORT_WORKFLOW
const stubs = { MAIL_QUEUE: swallow, URGENT_MAIL_QUEUE: swallow, IMPORT_WORKFLOW, PROGRAM_WORKFLOW }

const machine = { authorization: `Bearer ${env.FEED_TOKEN}` }

beforeEach(async () => {
  await givenProgram()
})

async function headersOf(visitor: Visitor, { candidate }: Place): Promise<Record<string, string>> {
  if (visitor === 'nobody') return {}
  return signedIn(visitor === 'the candidate' ? candidate : await givenCandidate())
}

/** One request as the site's own pages or a vendor's machine send it. */
async function visit(
  route: string,
  place: Place,
  headers: Record<string, string>,
  method?: string,
  given?: Made,
) {
  const { path, sends, prepare } = siteMap[route]!
  const made = given ?? (await prepare?.(place)) ?? {}
  const sent = method === undefined ? await sends?.(place, made) : undefined
  const form = typeof sent === 'object' ? new URLSearchParams(sent) : undefined
  const file = typeof sent === 'string' ? sent : undefined
  const about = file && { 'content-type': 'text/csv', 'content-length': String(file.length) }
  const body = form ?? file
  return send(
    path(place, made),
    {
      method: method ?? route.split(' ')[0]!,
      ...(body !== undefined && { body }),
      headers: { origin: ORIGIN, ...about, ...headers },
    },
    stubs,
  )
}

/** What holds of every answer, whatever its status. */
function expectSafe({ headers }: Response) {
  const csp = headers.get('content-security-policy')!
  expect(csp).toContain("default-src 'none'")
  expect(csp).toContain("base-uri 'none'")
  expect(csp).toContain("frame-ancestors 'none'")
  expect(csp).not.toMatch(/unsafe-|\*|data:|blob:|https?:/)
  expect(headers.get('strict-transport-security')).toMatch(/^max-age=63072000; includeSubDomains/)
  expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([])
  expect(headers.get('content-type') ?? '').toMatch(/^(?!text\/)|; ?charset=utf-8$/i)
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('referrer-policy')).toBe(headers.has('x-robots-tag') ? 'no-referrer' : 'same-origin')
  expect(headers.get('cache-control')).not.toBeNull()
  // A path of our own, and no other host: `//host` and `/\host` lead away.
  expect(headers.get('location') ?? '/').toMatch(/^\/(?![/\\])/)
}

function expectNotStored({ headers }: Response) {
  expect(headers.get('cache-control')).toMatch(/\bno-store\b/)
  expect(headers.get('cache-control')).not.toMatch(/public|max-age|immutable/)
}

/** The body whether it is text or not. */
async function bytesOf(response: Response): Promise<string> {
  return new TextDecoder('latin1').decode(await response.arrayBuffer())
}

test('every route is in the map, and nothing else is', () => {
  const routesOf = (isGuard: boolean) => app.routes.filter(({ method }) => (method === 'ALL') === isGuard)
  const known = new Set(routesOf(false).map(({ method, path }) => `${method} ${path}`))

  expect([...known].toSorted()).toEqual(Object.keys(siteMap).toSorted())
  expect(new Set(routesOf(true).map(({ path }) => path))).toEqual(new Set(guardedPaths))
})

describe.each(Object.entries(siteMap))(
  '%s',
  (route, { answers, staff, storable, names, setsCookie, machine: isMachine }) => {
    test.each(visitors.map((visitor, index) => [visitor, answers[index]!] as const))(
      'answers %s with %i, safely',
      async (visitor, status) => {
        const place = await givenPlace()
        const headers = await headersOf(visitor, place)

        const response = await visit(route, place, headers)

        expect(response.status).toBe(status)
        expectSafe(response)
        if (!storable) expectNotStored(response)
        if (route.startsWith('GET') && !setsCookie) expect(response.headers.getSetCookie()).toEqual([])
        const text = await bytesOf(response)
        if (visitor !== 'the candidate' && !names) {
          expect(text).not.toContain(place.candidate.id)
          expect(text).not.toContain(place.candidate.email)
        }
      },
    )

    test('is found by its methods only', async () => {
      const place = await givenPlace()
      // Of the console others learn nothing, not even which methods a page has.
      const headers = staff ? await signedInStaff('owner') : await signedIn(place.candidate)

      const refused = await visit(route, place, headers, 'DELETE')

      expect(refused.status).toBe(405)
      expect(refused.headers.get('allow')!.split(', ')).toContain(route.split(' ')[0])
      expectSafe(refused)
      expectNotStored(refused)
      expect(
        (await visit(route, place, { ...headers, origin: 'https://evil.example' }, 'DELETE')).status,
      ).toBe(route.includes(' /api/') ? 405 : 403)
    })

    async function expectAnswerTo(role: Role, place: Place) {
      const isAllowed = !staff || staff.needs === null || mayRole(role, staff.needs)
      const expected = staff ? (isAllowed ? staff.answer : 404) : answers[0]

      const response = await visit(route, place, await signedInStaff(role))

      expect([role, response.status]).toEqual([role, expected])
      expectSafe(response)
    }

    // Looking changes nothing for who looks next, so that one place is enough; what is sent may.
    if (route.startsWith('GET'))
      test('answers staff of every role as the table of permissions says', async () => {
        const place = await givenPlace()
        for (const role of staffRoles) await expectAnswerTo(role, place)
      })
    else
      test.each(staffRoles)('answers staff of the role %s as the table of permissions says', async (role) => {
        await expectAnswerTo(role, await givenPlace())
      })

    if (route.startsWith('GET'))
      test('says the same to HEAD, without a body', async () => {
        const place = await givenPlace()
        const headers = { ...(await signedIn(place.candidate)), ...(isMachine && machine) }

        const made = (await siteMap[route]!.prepare?.(place)) ?? {}
        const get = await visit(route, place, headers, undefined, made)
        const head = await visit(route, place, headers, 'HEAD', made)

        expect(head.status).toBe(get.status)
        expect(head.headers.get('cache-control')).toBe(get.headers.get('cache-control'))
        expect(await head.text()).toBe('')
      })

    if (route.startsWith('POST') && !route.includes(' /api/'))
      test('is not opened by a form on another site', async () => {
        const place = await givenPlace()
        const headers = { ...(await signedIn(place.candidate)), origin: 'https://evil.example' }

        const response = await visit(route, place, { ...headers, 'sec-fetch-site': 'cross-site' })

        expect(response.status).toBe(403)
        expect(response.headers.getSetCookie()).toEqual([])
      })

    if (isMachine)
      test('opens to the machine', async () => {
        const place = await givenPlace()

        const response = await visit(route, place, machine)

        expect(response.ok).toBe(true)
        expectSafe(response)
        expectNotStored(response)
      })
  },
)

test.each(['app.js', 'icon.svg'])(
  'the file %s is what it says, and runs nothing of its own',
  async (name) => {
    const { headers } = await env.ASSETS.fetch(`https://assets.local/${name}`)

    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
  },
)

test('no path, query, cookie or form is too strange for an answer', async () => {
  const place = await givenPlace()
  const known = [
    place.transcript.token,
    place.award.verificationCode,
    place.delivery,
    String(place.transcript.id),
    String(place.award.id),
    'pearson',
  ]
  const anyRequest = fc.record({
    route: fc.constantFrom(...Object.keys(siteMap)),
    segments: fc.array(hostileSegment(known), { minLength: 2, maxLength: 2 }),
    beyond: fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, hostileSegment(known)),
    query: hostileQuery,
    cookie: fc.option(hostileCookie, { freq: 2 }),
    form: hostileForm(known),
    address: fc.ipV4(),
  })

  await fc.assert(
    fc.asyncProperty(anyRequest, async ({ route, segments, beyond, query, cookie, form, address }) => {
      const [method, pattern] = route.split(' ') as [string, string]
      const given = segments.values()
      const path = pattern.replace(/:\w+(\{[^/]*\})?/g, () => given.next().value ?? '')
      const end = beyond === null ? '' : `/${beyond}`
      const posted = method === 'POST' && { body: new URLSearchParams(form) }
      const put = method === 'PUT' && { body: 'x' }
      const about = put && { 'content-type': 'text/csv', 'content-length': '1' }
      // A session of its own for each: some requests end it.
      const whose = cookie === null ? await signedIn(place.candidate) : { cookie }
      const headers = { origin: ORIGIN, ...whose, ...about, 'cf-connecting-ip': address, ...machine }

      const response = await send(`${path}${end}?${query}`, { method, headers, ...posted, ...put }, stubs)

      expect(response.status).toBeLessThan(500)
      expectSafe(response)
      expect(await bytesOf(response)).not.toContain('<script>alert')
    }),
    { seed: 20261123, numRuns: 600 },
  )
}, 60_000)
