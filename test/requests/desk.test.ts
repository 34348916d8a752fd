import { env } from 'cloudflare:workers'
import { desc, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { auditLog, cannedAnswers, mailOutbox, requestMessages, requests, staff } from '../../src/schema.ts'
import { db, givenCandidate, givenProgram } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { givenStaff, post, send, signedIn, signedInStaff } from '../support/requests.ts'
import { givenAsked, givenQuestion } from './given-question.ts'
import { givenNameChange } from './given-request.ts'

const DAY_MS = 86_400_000
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS)

beforeEach(async () => {
  await givenProgram()
})

const page = async (path: string, headers: Record<string, string>) => {
  const response = await send(path, { headers })
  return { status: response.status, text: await response.text() }
}
/** The requests that a page of the queue lists, by number. */
const listed = async (query: string, headers: Record<string, string>) =>
  [...(await page(`/staff/requests${query}`, headers)).text.matchAll(/requests\/(\d+)" data-row/g)].map(
    ([, id]) => Number(id),
  )
const assign = (id: number, from: string, to: string, headers: Record<string, string>) =>
  post(`/staff/requests/${id}/assignee`, { from, to }, { headers })

describe('the queue', () => {
  test('is filtered by state, kind, who sees to it, and what is overdue', async () => {
    const support = await givenStaff('support')
    const headers = await signedInStaff(support)
    const old = await givenAsked(await givenCandidate(), daysAgo(12))
    const fresh = await givenAsked(await givenCandidate())
    const name = await givenNameChange(await givenCandidate(), { at: daysAgo(1) })
    await assign(old.id, '', String(support.id), headers)

    expect(await listed('', headers)).toEqual([old.id, name.id, fresh.id])
    expect(await listed('?kind=other', headers)).toEqual([old.id, fresh.id])
    expect(await listed('?who=mine', headers)).toEqual([old.id])
    expect(await listed('?who=nobody', headers)).toEqual([name.id, fresh.id])
    expect(await listed('?overdue', headers)).toEqual([old.id])
    expect(await listed('?kind=name_change&who=mine', headers)).toEqual([])
    const { text } = await page('/staff/requests', headers)
    expect(text.match(/>Overdue</g)).toHaveLength(1)
    expect(text).toContain(
      'aria-label="Waiting for us: Under a day: 1, 1 to 3 days: 1, 3 to 7 days: 0, Longer: 1"',
    )

    await db.update(staff).set({ removedAt: new Date() })
    const owner = await signedInStaff('owner')
    expect(await listed('?who=nobody', owner)).toEqual([old.id, name.id, fresh.id])
  })

  test('keeps what waits for candidates, and what has ended, apart', async () => {
    const ada = await givenCandidate()
    const headers = await signedInStaff('support')
    const { id } = await givenAsked(ada)
    const withdrawn = await givenAsked(ada)
    await post(`/requests/${withdrawn.id}/withdrawal`, {}, { headers: await signedIn(ada) })
    await db.update(requests).set({ state: 'waiting' }).where(eq(requests.id, id))

    expect(await listed('', headers)).toEqual([])
    expect(await listed('?state=waiting', headers)).toEqual([id])
    expect(await listed('?state=ended', headers)).toEqual([withdrawn.id])
    expect((await page('/staff', headers)).text).not.toContain('2 open requests')
  })

  test('has a next page, in each of its states', async () => {
    const headers = await signedInStaff('support')
    for (let asked = 0; asked < 52; asked += 1) {
      const { id } = await givenCandidate()
      const at = new Date(asked)
      await db.insert(requests).values({
        kind: 'other',
        candidateId: id,
        submission: 'x',
        state: 'waiting',
        details: { subject: `N${asked}` },
        createdAt: at,
        turnSince: at,
      })
    }
    const { text } = await page('/staff/requests?state=waiting', headers)
    const [, next] = /href="([^"]*after=[^"]*)"/.exec(text)!
    expect(next).toContain('state=waiting')
    const rest = await page(next!.replaceAll('&amp;', '&'), headers)
    expect(rest.text.match(/data-row/g)).toHaveLength(2)
    expect(rest.text).not.toContain('after=')
  })
})

describe('a request', () => {
  test('is taken, given to a colleague and to nobody, and the second of two takers is told', async () => {
    const { id } = await givenAsked(await givenCandidate())
    const [one, two] = [await givenStaff('support'), await givenStaff('reviewer')]
    const [first, second] = [await signedInStaff(one), await signedInStaff(two)]

    const taken = await assign(id, '', String(one.id), first)
    const late = await assign(id, '', String(two.id), second)

    expect(taken.headers.get('location')).toBe(`/staff/requests/${id}`)
    expect(late.headers.get('location')).toBe(`/staff/requests/${id}?taken`)
    expect((await page(`/staff/requests/${id}?taken`, second)).text).toContain('Somebody was faster')
    await assign(id, String(one.id), String(two.id), first)
    expect((await db.select().from(requests))[0]!.assignedTo).toBe(two.id)
    await assign(id, String(two.id), '', first)
    expect((await db.select().from(requests))[0]!.assignedTo).toBeNull()
    const entries = (await db.select().from(auditLog)).filter(({ action }) => action === 'request.assigned')
    expect(entries.map(({ details }) => JSON.parse(details as string).to)).toEqual([one.id, two.id, null])
  })

  test('is not given to who may not see to it, nor to who left', async () => {
    const { id } = await givenAsked(await givenCandidate())
    const auditor = await givenStaff('auditor')
    const gone = await givenStaff('support', { removedAt: new Date() })
    const headers = await signedInStaff('support')

    for (const to of [auditor.id, gone.id, 999_999])
      expect((await assign(id, '', String(to), headers)).headers.get('location')).toContain('?taken')
    expect((await assign(id, '', 'x', headers)).status).toBe(400)
    expect((await db.select().from(requests))[0]!.assignedTo).toBeNull()
  })
})

describe.each([
  ['who left', { removedAt: new Date() }],
  ['who does other work by now', { role: 'auditor' }],
] as const)('what a colleague sees to %s', (_, change) => {
  test('is nobody’s, and goes to who answers next, who is written to when its candidate writes', async () => {
    const ada = await givenCandidate()
    const candidate = await signedIn(ada)
    const { id } = await givenAsked(ada)
    const [gone, next] = [await givenStaff('support'), await givenStaff('support')]
    const headers = await signedInStaff(next)
    await assign(id, '', String(gone.id), headers)
    await db.update(staff).set(change).where(eq(staff.id, gone.id))
    const say = (message: string) =>
      post(`/requests/${id}/messages`, { submission: crypto.randomUUID(), message }, { headers: candidate })
    const repliedTo = async () =>
      (await db.select().from(mailOutbox).where(eq(mailOutbox.template, 'request_reply'))).map(
        ({ recipient }) => recipient,
      )

    await say('Is anybody there?')
    expect(await repliedTo()).toEqual([])
    expect(await listed('?who=nobody', headers)).toEqual([id])
    const [last] = await db.select().from(requestMessages).orderBy(desc(requestMessages.id)).limit(1)
    const words = { submission: crypto.randomUUID(), act: 'reply', seen: String(last!.id), message: 'I am' }
    await post(`/staff/requests/${id}/messages`, words, { headers })
    await say('Good')

    expect(await repliedTo()).toEqual([next.email])
    expect(await db.select().from(requests)).toMatchObject([{ assignedTo: next.id }])
    expect(await listed('?who=mine', headers)).toEqual([id])
  })
})

describe('canned answers', () => {
  const text = { title: 'Five days', body: 'Results take up to <five> business days.' }

  test('are written, changed and removed by who may, and fill the reply', async () => {
    const headers = await signedInStaff('reviewer')
    const { id } = await givenAsked(await givenCandidate())
    await post('/staff/canned-answers', text, { headers })
    await post('/staff/canned-answers', text, { headers })
    const [answer] = await db.select().from(cannedAnswers)
    expect(await db.$count(cannedAnswers)).toBe(1)

    const support = await signedInStaff('support')
    const fill = async (canned: string, message: string) => {
      const fields = { submission: crypto.randomUUID(), seen: '0', act: 'fill', canned, message }
      const filled = await post(`/staff/requests/${id}/messages`, fields, { headers: support })
      return [filled.status, /<textarea id="message"[^>]*>([^<]*)</.exec(await filled.text())?.[1]] as const
    }
    const body = 'Results take up to &lt;five&gt; business days.'
    expect(await fill(String(answer!.id), ' ')).toEqual([200, body])
    expect(await fill(String(answer!.id), 'Dear <Ada>,')).toEqual([200, `Dear &lt;Ada&gt;,\n\n${body}`])
    expect(await fill('x', 'Dear Ada,')).toEqual([200, 'Dear Ada,'])
    expect(await db.$count(requestMessages)).toBe(1)
    expect((await page('/staff/canned-answers', support)).status).toBe(404)

    const path = `/staff/canned-answers/${answer!.id}`
    await post(path, { ...text, title: 'Ten days' }, { headers })
    expect((await db.select().from(cannedAnswers))[0]).toMatchObject({ title: 'Ten days' })
    await post('/staff/canned-answers', text, { headers })
    const taken = await post(path, { title: 'Five days', body: 'Another' }, { headers })
    expect(taken.status).toBe(422)
    expect(await taken.text()).toContain('of this title already')
    expect((await post('/staff/canned-answers', { title: 'Five days', body: 'x' }, { headers })).status).toBe(
      422,
    )
    expect((await post('/staff/canned-answers', { title: '', body: '' }, { headers })).status).toBe(422)
    // Looked at once more, and nothing is removed by looking.
    expect((await page(`${path}/removal`, headers)).text).toContain(`action="${path}/removal"`)
    expect((await page(path, headers)).status).toBe(200)
    await post(`${path}/removal`, {}, { headers })
    expect((await page(`${path}/removal`, headers)).status).toBe(404)
    expect((await page(path, headers)).status).toBe(404)
    const actions = (await db.select().from(auditLog)).map(({ action }) => action)
    expect(actions.filter((action) => action.startsWith('canned-answer'))).toEqual([
      'canned-answer.made',
      'canned-answer.changed',
      'canned-answer.made',
      'canned-answer.removed',
    ])
  })
})

test('its pages take two round trips, however much was said', async () => {
  const ada = await givenCandidate()
  const { id } = await givenQuestion(ada)
  const [support, candidate] = [await signedInStaff('support'), await signedIn(ada)]
  const costOf = async (path: string, headers: Record<string, string>) => {
    const { d1, cost } = countedDatabase(env.DB)
    expect((await send(path, { headers }, { DB: d1 })).status).toBe(200)
    return cost.roundTrips
  }

  expect(await costOf('/staff/requests?who=mine&overdue', support)).toBe(2)
  expect(await costOf(`/staff/requests/${id}`, support)).toBe(2)
  expect(await costOf(`/requests/${id}`, candidate)).toBe(2)
  expect(await costOf('/requests/new/result_question', candidate)).toBe(2)
})

test('what ended is listed by kind and by who saw to it without walking the rest', async () => {
  const ada = await givenCandidate()
  const support = await givenStaff('support')
  const headers = await signedInStaff(support)
  const given = async (count: number) => {
    const at = Date.now()
    await env.DB.prepare(
      `WITH RECURSIVE n (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < ?)
      INSERT INTO requests (kind, candidate_id, submission, state, details, created_at, turn_since, decided_at)
      SELECT 'other', ?, hex(randomblob(8)), 'withdrawn', '{"subject":"x"}', ?, ?, ? + value FROM n`,
    )
      .bind(count, ada.id, at, at, at)
      .run()
  }
  const rowsOf = async (query: string) => {
    const { d1, cost } = countedDatabase(env.DB)
    expect((await send(`/staff/requests?${query}`, { headers }, { DB: d1 })).status).toBe(200)
    return cost.rowsRead
  }
  const asked = ['state=ended&who=mine', 'state=ended&kind=name_change', 'state=waiting&who=mine']
  await given(3)
  const few = await Promise.all(asked.map(rowsOf))
  await given(1000)

  expect(await Promise.all(asked.map(rowsOf))).toEqual(few)
})
