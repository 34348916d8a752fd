import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { auditLog, candidates, mailOutbox, requestFiles, requests, staffRoles } from '../../src/schema.ts'
import { mayRole } from '../../src/staff/permissions.ts'
import { db, givenAward, givenCandidate, givenProgram } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { givenStaff, post, send, signedIn, signedInStaff } from '../support/requests.ts'
import { heic, jpeg, pdf } from './given-photo.ts'
import { givenNameChange } from './given-request.ts'

beforeEach(async () => {
  await givenProgram()
})

const APPROVE = { decision: 'approve', shown: 'on' }
const REFUSE = { decision: 'refuse', reason: 'The document shows <another> name' }

const page = async (path: string, headers: Record<string, string>) => {
  const response = await send(path, { headers })
  return { status: response.status, text: await response.text() }
}
const actionsOf = async () =>
  (await db.select().from(auditLog)).map(({ action, actor }) => `${actor} ${action}`)

test('a reviewer sees old and new name side by side, what differs, and the photo', async () => {
  const ada = await givenCandidate()
  const { id, fileId } = await givenNameChange(ada)

  const { text } = await page(`/staff/requests/${id}`, await signedInStaff('reviewer'))

  expect(text).toContain(ada.id)
  expect(text).toContain('Ada <mark>Byron</mark>')
  expect(text).toContain('Ada <mark>King</mark>')
  expect(text).toMatch(/Family name<\/th>.*Changed/s)
  expect(text).toContain('We married in &lt;June&gt;')
  expect(text).toContain(`<img src="/staff/requests/${id}/files/${fileId}"`)
  expect(text).toContain('The document shows this name')
})

describe.each(staffRoles)('%s', (role) => {
  test('sees and does what the table of permissions says', async () => {
    const { id, fileId } = await givenNameChange(await givenCandidate())
    const headers = await signedInStaff(role)
    const may = (permission: Parameters<typeof mayRole>[1]) => mayRole(role, permission)

    const shown = await page(`/staff/requests/${id}`, headers)
    const file = await send(`/staff/requests/${id}/files/${fileId}`, { headers })
    const decided = await post(`/staff/requests/${id}`, APPROVE, { headers })

    expect(shown.status).toBe(may('requests.view') ? 200 : 404)
    expect(shown.text.includes('<img src="/staff/requests')).toBe(may('requests.view-files'))
    expect(shown.text.includes('name="decision"')).toBe(may('requests.decide'))
    expect(file.status).toBe(may('requests.view-files') ? 200 : 404)
    expect(decided.status).toBe(may('requests.decide') ? 303 : 404)
    expect(await db.select().from(requests)).toMatchObject([
      { state: may('requests.decide') ? 'approved' : 'open' },
    ])
  })
})

describe('the photo', () => {
  test('is shown in a sandbox, and every look is in the log', async () => {
    const { id, fileId } = await givenNameChange(await givenCandidate())
    const reviewer = await givenStaff('reviewer')

    const response = await send(`/staff/requests/${id}/files/${fileId}`, {
      headers: await signedInStaff(reviewer),
    })

    expect(new Uint8Array(await response.arrayBuffer())).toEqual(jpeg())
    const header = (name: string) => response.headers.get(name)
    expect(header('content-type')).toBe('image/jpeg')
    expect(header('x-content-type-options')).toBe('nosniff')
    expect(header('content-disposition')).toBe('inline')
    expect(header('content-security-policy')).toBe(
      "default-src 'none'; sandbox; base-uri 'none'; frame-ancestors 'none'",
    )
    expect(header('cache-control')).toBe('private, no-store')
    expect(await actionsOf()).toEqual(['candidate request.made', `staff:${reviewer.id} staff.file-viewed`])
    const [made, viewed] = await db.select().from(auditLog)
    expect(viewed).toMatchObject({
      details: `{"requestId":${id},"fileId":${fileId}}`,
      subject: made!.subject,
    })
  })

  test.each([
    ['application/pdf', pdf(), 'document.pdf'],
    ['image/heic', heic(), 'document.heic'],
  ] as const)('of the type %s is for saving only', async (mediaType, bytes, name) => {
    const { id, fileId } = await givenNameChange(await givenCandidate(), { photo: { bytes, mediaType } })
    const headers = await signedInStaff('reviewer')

    const response = await send(`/staff/requests/${id}/files/${fileId}`, { headers })
    const { text } = await page(`/staff/requests/${id}`, headers)

    expect(response.headers.get('content-disposition')).toBe(`attachment; filename="${name}"`)
    expect(response.headers.get('content-type')).toBe(mediaType)
    expect(text).not.toContain('<img src="/staff/requests')
    expect(text).toContain('Download the document')
  })

  test('is not found under another request, nor for a candidate, nor past its time', async () => {
    const ada = await givenCandidate()
    const { id, fileId } = await givenNameChange(ada)
    const other = await givenNameChange(await givenCandidate())
    const headers = await signedInStaff('reviewer')
    const open = (requestId: number, who: Record<string, string>) =>
      send(`/staff/requests/${requestId}/files/${fileId}`, { headers: who })

    expect((await open(other.id, headers)).status).toBe(404)
    expect((await open(id, await signedIn(ada))).status).toBe(303)
    await db.update(requestFiles).set({ destroyAfter: new Date(0) })
    expect((await open(id, headers)).status).toBe(404)
    expect((await actionsOf()).filter((action) => action.includes('file-viewed'))).toEqual([])
  })

  test.each([
    ['approved', APPROVE],
    ['refused', REFUSE],
  ])('can be opened by nobody once the request is %s', async (_, decision) => {
    const { id, fileId } = await givenNameChange(await givenCandidate())
    const headers = await signedInStaff('owner')

    await post(`/staff/requests/${id}`, decision, { headers })

    expect((await send(`/staff/requests/${id}/files/${fileId}`, { headers })).status).toBe(404)
    expect(await db.select().from(requestFiles)).toMatchObject([{ sealedKey: null }])
    expect(await actionsOf()).toContainEqual(expect.stringContaining('request.file-destroyed'))
    const { text } = await page(`/staff/requests/${id}`, headers)
    expect(text).toContain('Destroyed on')
  })
})

describe('a decision', () => {
  test('to refuse is mailed with its reason, and changes no name', async () => {
    const ada = await givenCandidate()
    const { id } = await givenNameChange(ada)

    await post(`/staff/requests/${id}`, REFUSE, { headers: await signedInStaff('reviewer') })

    expect(await db.select().from(requests)).toMatchObject([{ state: 'refused', reason: REFUSE.reason }])
    const mails = await db.select().from(mailOutbox).where(eq(mailOutbox.template, 'request_decided'))
    expect(mails).toMatchObject([
      { candidateId: ada.id, payload: { requestId: id, isApproved: false, reason: REFUSE.reason } },
    ])
    expect(await db.select().from(candidates)).toMatchObject([{ fullName: 'Ada Byron', nameDecidedAt: null }])
    const { text } = await page(`/requests/${id}`, await signedIn(ada))
    expect(text).toContain('The document shows &lt;another&gt; name')
  })

  test('is refused without a reason, without the tick, and without a choice', async () => {
    const { id } = await givenNameChange(await givenCandidate())
    const headers = await signedInStaff('reviewer')
    const decide = async (fields: Record<string, string>) => {
      const response = await post(`/staff/requests/${id}`, fields, { headers })
      return [response.status, await response.text()] as const
    }

    for (const [fields, refusal] of [
      [{ decision: 'refuse', reason: ' ' }, 'Enter a reason'],
      [{ decision: 'refuse', reason: 'x\u202Ey' }, 'Reason: leave out'],
      [{ decision: 'refuse', reason: 'x'.repeat(2001) }, 'at most 2,000'],
      [{ decision: 'approve' }, 'tick that it shows'],
      [{ decision: 'maybe' }, 'Choose whether to approve'],
      [{}, 'Choose whether to approve'],
    ] as [Record<string, string>, string][]) {
      const [status, text] = await decide(fields)
      expect(status).toBe(422)
      expect(text).toContain(refusal)
      expect(text).toContain('<title>Error: ')
    }
    expect(await db.select().from(requests)).toMatchObject([{ state: 'open' }])
  })

  test('is the first of two, and the second reviewer is told', async () => {
    const ada = await givenCandidate()
    const { id } = await givenNameChange(ada)
    const [one, two] = [await signedInStaff('reviewer'), await signedInStaff('owner')]

    const [first, second] = [
      await post(`/staff/requests/${id}`, APPROVE, { headers: one }),
      await post(`/staff/requests/${id}`, REFUSE, { headers: two }),
    ]

    expect(first.headers.get('location')).toBe(`/staff/requests/${id}`)
    expect(second.status).toBe(409)
    const text = await second.text()
    expect(text).toContain('Somebody was faster')
    // The reason that was typed may be kept as a note.
    expect(text).toMatch(/<textarea id="note"[^>]*>The document shows &lt;another&gt; name/)
    expect(text).toContain('Grace reviewer')
    expect(text).not.toContain('name="decision"')
    expect(await db.select().from(requests)).toMatchObject([{ state: 'approved', reason: null }])
    expect(await db.$count(mailOutbox, eq(mailOutbox.template, 'request_decided'))).toBe(1)
  })

  test('of two at once is one, with one mail, one name and one entry of each kind', async () => {
    const { id } = await givenNameChange(await givenCandidate())
    const headers = await signedInStaff('reviewer')

    await Promise.all([1, 2, 3].map(() => post(`/staff/requests/${id}`, APPROVE, { headers })))

    const actions = (await actionsOf()).map((action) => action.split(' ')[1])
    expect(actions.filter((action) => action !== 'staff.candidate-viewed')).toEqual([
      'request.made',
      'request.approved',
      'name.changed',
      'request.file-destroyed',
    ])
    expect(await db.$count(mailOutbox, eq(mailOutbox.template, 'request_decided'))).toBe(1)
  })

  test('sent twice is one, without a complaint', async () => {
    const { id } = await givenNameChange(await givenCandidate())
    const headers = await signedInStaff('reviewer')

    await post(`/staff/requests/${id}`, APPROVE, { headers })
    const again = await post(`/staff/requests/${id}`, APPROVE, { headers })

    expect(again.headers.get('location')).toBe(`/staff/requests/${id}`)
  })

  test('on a withdrawn request comes too late', async () => {
    const ada = await givenCandidate()
    const { id } = await givenNameChange(ada)
    await post(`/requests/${id}/withdrawal`, {}, { headers: await signedIn(ada) })

    const late = await post(`/staff/requests/${id}`, APPROVE, { headers: await signedInStaff('reviewer') })

    expect(late.status).toBe(409)
    expect(await late.text()).toContain('Somebody was faster')
    expect(await db.select().from(candidates)).toMatchObject([{ fullName: 'Ada Byron' }])
  })

  test('to approve is not possible for a closed account, nor without the photo', async () => {
    const ada = await givenCandidate()
    const { id } = await givenNameChange(ada)
    const headers = await signedInStaff('reviewer')

    await db.update(candidates).set({ erasedAt: new Date(0) })
    const closed = await post(`/staff/requests/${id}`, APPROVE, { headers })
    await db.update(requestFiles).set({ sealedKey: null, destroyedAt: new Date(0) })
    const blind = await post(`/staff/requests/${id}`, APPROVE, { headers })

    expect(closed.status).toBe(409)
    expect(await closed.text()).toContain('cannot be done now')
    expect(blind.status).toBe(422)
    expect(await blind.text()).toContain('cannot be approved without the photo')
    expect(await db.select().from(requests)).toMatchObject([{ state: 'open' }])
    expect(await db.select().from(candidates)).toMatchObject([{ fullName: 'Ada Byron' }])
  })
})

test('one letter is approved by one click in the queue', async () => {
  const ada = await givenCandidate({ familyName: 'Byran', fullName: 'Ada Byran' })
  const { id } = await givenNameChange(ada, { familyName: 'Byron', photo: null })
  const headers = await signedInStaff('reviewer')

  const { text } = await page('/staff/requests', headers)
  await post(`/staff/requests/${id}`, { decision: 'approve' }, { headers })

  expect(text).toContain(`action="/staff/requests/${id}"`)
  expect(text).toContain('Approve Ada Byron')
  expect(await db.select().from(candidates)).toMatchObject([{ fullName: 'Ada Byron', familyName: 'Byron' }])
})

test('after an approval paper and page show the new name, and old codes still verify', async () => {
  const ada = await givenCandidate()
  const award = await givenAward({ candidateId: ada.id, expiresOn: '2099-12-31' })
  const headers = await signedIn(ada)
  const drawn = async () => {
    await (await send(`/certifications/${award.id}/ecertificate.pdf`, { headers })).arrayBuffer()
    const { objects } = await env.BUCKET.list({ prefix: `ecertificates/${award.id}/` })
    return objects.map(({ key }) => key)
  }
  const [old] = await drawn()
  const { id } = await givenNameChange(ada)

  await post(`/staff/requests/${id}`, APPROVE, { headers: await signedInStaff('reviewer') })

  const both = await drawn()
  expect(both).toHaveLength(2)
  expect(both).toContain(old)
  const verified = await page(`/verify/${award.verificationCode}`, {})
  expect(verified.text).toContain('Ada King')
  expect(verified.text).not.toContain('Ada Byron')
  expect((await page('/', headers)).text).toContain('Ada King')
})

describe('the queue', () => {
  test('lists open requests, the oldest first, page by page, by kind, and decided ones apart', async () => {
    const at = (minute: number) => new Date(Date.UTC(2026, 10, 1, 0, minute))
    for (let minute = 0; minute < 52; minute += 1)
      await givenNameChange(await givenCandidate({ fullName: `Ada N${minute}` }), {
        at: at(minute),
        photo: null,
      })
    const headers = await signedInStaff('reviewer')

    const first = await page('/staff/requests', headers)
    const [, next] = /href="([^"]*after=[^"]*)"/.exec(first.text)!
    const second = await page(next!.replaceAll('&amp;', '&'), headers)

    const names = (text: string) => [...text.matchAll(/Ada N(\d+)</g)].map(([, minute]) => Number(minute))
    expect(names(first.text)).toEqual(Array.from({ length: 50 }, (_, minute) => minute))
    expect(names(second.text)).toEqual([50, 51])
    expect(second.text).not.toContain('after=')
    for (const emptied of ['kind=merge_conflict', 'who=mine', `after=${Date.now()}.99`]) {
      const { text } = await page(`/staff/requests?${emptied}`, headers)
      expect(text, emptied).toContain('None of these.')
      expect(text, emptied).toContain('<a href="/staff/requests">All that wait for us</a>')
      expect(text, emptied).not.toContain('No request waits for us')
    }
    expect((await page('/staff/requests?state=ended', headers)).text).toContain('Nothing has ended yet.')
    expect((await page('/staff/requests?after=x&kind=y&state=z&who=w', headers)).status).toBe(200)
  })

  test('shows who decided what', async () => {
    const { id } = await givenNameChange(await givenCandidate())
    const headers = await signedInStaff('reviewer')
    await post(`/staff/requests/${id}`, REFUSE, { headers })

    const { text } = await page('/staff/requests?state=ended', headers)

    expect(text).toContain('Refused')
    expect(text).toContain('Grace reviewer')
  })
})

test.each([10, 60])('pages take two round trips, and of %i candidates read no more rows', async (people) => {
  for (let one = 0; one < people; one += 1) {
    const { id } = await givenCandidate()
    await db.insert(requests).values({
      kind: 'name_change',
      candidateId: id,
      submission: 'given',
      state: 'withdrawn',
      details: { from: {}, to: {} },
      createdAt: new Date(one),
      turnSince: new Date(one),
      decidedAt: new Date(one),
    })
  }
  const ada = await givenCandidate()
  const { id } = await givenNameChange(ada)
  const staffed = await signedInStaff('reviewer')
  const candidate = await signedIn(ada)
  const costOf = async (path: string, headers: Record<string, string>) => {
    const { d1, cost } = countedDatabase(env.DB)
    expect((await send(path, { headers }, { DB: d1 })).status).toBe(200)
    return cost
  }

  for (const [path, headers] of [
    ['/staff/requests', staffed],
    [`/staff/requests/${id}`, staffed],
    ['/requests', candidate],
    [`/requests/${id}`, candidate],
  ] as const) {
    const { roundTrips, rowsRead } = await costOf(path, headers)
    expect(roundTrips, path).toBeLessThanOrEqual(2)
    expect(rowsRead, path).toBeLessThan(50)
  }
})
