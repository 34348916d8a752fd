import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import * as schema from '../../src/schema.ts'
import { db, givenCandidate, givenProgram, LONG_AGO } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { post, send, signedIn } from '../support/requests.ts'

beforeEach(async () => {
  await givenProgram((program) => {
    program.agreement.version = '2'
    program.agreement.effectiveOn = '2025-01-01'
  })
})

async function givenUndecided(agreedVersion: string | null = null) {
  const candidate = await givenCandidate({ agreedVersion })
  return { candidate, headers: await signedIn(candidate) }
}

const accept = { version: '2', accept: 'on', return_to: '/exams' }

test.each(['/', '/exams', '/profile', '/certifications/status', '/transcripts', '/profile/merge'])(
  '%s asks for the agreement first, and leads back',
  async (path) => {
    const { headers } = await givenUndecided()

    const response = await send(path, { headers })

    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe(`/agreement?return_to=${encodeURIComponent(path)}`)
  },
)

test.each(['/profile/security', '/profile/addresses', '/profile/activity', '/sign-in/again'])(
  '%s is open before',
  async (path) => {
    const { headers } = await givenUndecided()

    expect((await send(path, { headers })).status).toBe(200)
  },
)

test('signing out is open before', async () => {
  const { headers } = await givenUndecided()

  const response = await post('/sign-out', {}, { headers })

  expect(response.headers.get('location')).toBe('/sign-in?signed-out')
})

test('asking for it costs no question more', async () => {
  const { headers } = await givenUndecided()
  const { d1, cost } = countedDatabase(env.DB)

  await send('/exams', { headers }, { DB: d1 })

  expect(cost.roundTrips).toBe(1)
})

test('a form that was sent before is not kept, and its sender is told', async () => {
  const { headers } = await givenUndecided()

  const response = await post('/profile', { company: 'Analytical Engines', locale: 'en' }, { headers })

  const location = response.headers.get('location')!
  expect(location).toBe('/agreement?not-kept&return_to=%2Fprofile')
  expect(await (await send(location, { headers })).text()).toContain('was not kept')
  expect((await db.select().from(schema.candidates))[0]!.company).toBeNull()
})

describe('the page', () => {
  test('shows the whole text, a box that is not ticked, and where to go instead', async () => {
    const program = await givenProgram((draft) => {
      draft.agreement.paragraphs = ['First <b>things</b> first.', 'Last.']
    })
    const { headers } = await givenUndecided()

    const response = await send('/agreement?return_to=/exams', { headers })

    expect(response.status).toBe(200)
    const html = await response.text()
    expect(html).toContain(`<h1>${program.agreement!.title}</h1>`)
    expect(html).toContain('First &lt;b&gt;things&lt;/b&gt; first.')
    expect(html).toContain('name="return_to" value="/exams"')
    expect(html).not.toContain('checked')
    expect(html).toContain('href="/profile/privacy"')
  })

  test('leads nowhere else afterwards', async () => {
    const { headers } = await givenUndecided()

    const html = await (await send('/agreement?return_to=//evil.example', { headers })).text()
    const response = await post('/agreement', { ...accept, return_to: '//evil.example' }, { headers })

    expect(html).not.toContain('evil.example')
    expect(response.headers.get('location')).toBe('/')
  })

  test('says when it was accepted, once it was', async () => {
    const { headers } = await givenUndecided()
    await post('/agreement', accept, { headers })

    const html = await (await send('/agreement', { headers })).text()

    expect(html).toContain('You accepted this version on')
    expect(html).not.toContain('name="accept"')
  })

  test('is passed over where the program has no agreement yet', async () => {
    await givenProgram((program) => {
      program.agreement.effectiveOn = '2199-01-01'
    })
    const { headers } = await givenUndecided()

    expect((await send('/exams', { headers })).status).toBe(200)
    expect((await send('/agreement', { headers })).headers.get('location')).toBe('/')
  })
})

describe('accepting', () => {
  test('is written down once, with the version, and leads back', async () => {
    const { candidate, headers } = await givenUndecided('1')

    const responses = [
      await post('/agreement', accept, { headers }),
      await post('/agreement', accept, { headers }),
    ]

    for (const response of responses) {
      expect(response.status).toBe(303)
      expect(response.headers.get('location')).toBe('/exams')
    }
    expect(await db.select().from(schema.agreementAcceptances)).toMatchObject([
      { candidateId: candidate.id, version: '2' },
    ])
    expect((await db.select().from(schema.candidates))[0]!.agreedVersion).toBe('2')
    const log = await db.select().from(schema.auditLog)
    expect(log.map(({ action, details }) => [action, details])).toEqual([
      ['agreement.accepted', '{"version":"2"}'],
    ])
    expect((await send('/exams', { headers })).status).toBe(200)
  })

  test('needs the box', async () => {
    const { headers } = await givenUndecided()

    const response = await post('/agreement', { version: '2', return_to: '/exams' }, { headers })

    expect(response.status).toBe(422)
    const html = await response.text()
    expect(html).toContain('href="#accept"')
    expect(html).toContain('name="return_to" value="/exams"')
    expect(await db.select().from(schema.agreementAcceptances)).toEqual([])
  })

  test('is of the version that was read', async () => {
    const { headers } = await givenUndecided()

    const response = await post('/agreement', { ...accept, version: '1' }, { headers })

    expect(response.status).toBe(422)
    expect(await response.text()).toContain('has a new version')
    expect((await db.select().from(schema.candidates))[0]!.agreedVersion).toBeNull()
  })

  test('is asked for again when the version changes, and the earlier acceptance stays', async () => {
    const { candidate, headers } = await givenUndecided('1')
    await db
      .insert(schema.agreementAcceptances)
      .values({ candidateId: candidate.id, version: '1', acceptedAt: LONG_AGO })

    expect((await send('/exams', { headers })).status).toBe(303)
    await post('/agreement', accept, { headers })

    const kept = await db.select().from(schema.agreementAcceptances)
    expect(kept.map(({ version }) => version)).toEqual(['1', '2'])
  })
})
