import { createScheduledController } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { deleteOldDeliveries } from '../../src/deliveries/delete-old-deliveries.ts'
import worker from '../../src/index.ts'
import * as schema from '../../src/schema.ts'
import { CAND, candRow, deliver, EXAM_A, examRow, putInInbox, table, tick } from '../import/deliver.ts'
import { record } from '../import/record.ts'
import { db, givenCandidate, givenProgram } from '../support/builders.ts'
import { givenStaff, post, send, signedInStaff } from '../support/requests.ts'
import { givenDelivery, notStarting, objectKeys, upload, uploadForm } from './given-delivery.ts'

const people = table(CAND, candRow('00001234'))
const strangers = table(
  EXAM_A,
  ...Array.from({ length: 30 }, (_, n) =>
    examRow({ registration: `${300_000_000 + n}`, candidate: `X${n}` }),
  ),
)
const DAY_MS = 86_400_000

beforeEach(async () => {
  await givenProgram()
})

async function reviewer() {
  const staff = await givenStaff('reviewer', { name: 'Rita Reviewer' })
  return { id: staff.id, headers: await signedInStaff(staff) }
}

async function deliveryNamed(name: string) {
  const [row] = await db.select().from(schema.deliveries).where(eq(schema.deliveries.name, name))
  return row!
}

async function logOf(action: string) {
  const entries = await db.select().from(schema.auditLog).where(eq(schema.auditLog.action, action))
  return entries.map(({ actor, details }) => ({ actor, details: JSON.parse(details) as object }))
}

async function page(id: string, headers: Record<string, string>, query = '') {
  const response = await send(`/staff/deliveries/${id}${query}`, { headers })
  return (await response.text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
}

test('a stopped delivery says why, and is imported only by somebody who has looked, once', async () => {
  await deliver({ 'exam-20260505.dat': strangers })
  const { id } = await deliveryNamed('exam-20260505.dat')
  const { id: staffId, headers } = await reviewer()
  const path = `/staff/deliveries/${id}/run`
  const form = { run: '1', decision: 'let-through' }

  const shown = await page(id, headers)
  expect(shown).toContain('Stopped before anything was applied')
  expect(shown).toContain(
    '30 of its 30 rows name a candidate or an exam that is not known. Its feed lets through 50% of such at most.',
  )
  expect(shown).toContain('20 examples of rows')
  expect(shown).toContain('Unknown candidate: lines 2, 3, 4,')

  const unsure = await post(path, form, { headers }, notStarting)
  expect(unsure.status).toBe(422)
  expect(await unsure.text()).toContain('href="#sure"')
  expect((await deliveryNamed('exam-20260505.dat')).run).toBe(1)

  const sure = { ...form, sure: 'on' }
  const answers = [
    await post(path, sure, { headers }, notStarting),
    await post(path, sure, { headers }, notStarting),
  ]
  await tick()
  const late = await post(path, sure, { headers }, notStarting)

  expect([...answers, late].map((answer) => answer.headers.get('location'))).toEqual([
    `/staff/deliveries/${id}?news=asked`,
    `/staff/deliveries/${id}?news=late`,
    `/staff/deliveries/${id}?news=late`,
  ])
  expect(await deliveryNamed('exam-20260505.dat')).toMatchObject({
    state: 'imported',
    run: 2,
    passedBy: staffId,
  })
  expect(await logOf('delivery.let-through')).toEqual([
    { actor: `staff:${staffId}`, details: { delivery: id, run: 1 } },
  ])
  const after = await page(id, headers, '?news=late')
  expect(after).toContain('Let past its brakes by Rita Reviewer')
  expect(after).toContain('It is no longer as you saw it')
  expect(after).toContain('30 read = 0 new')
})

test('a stopped delivery can be set aside, and then wants no look any more', async () => {
  await deliver({ 'exam-20260505.dat': strangers })
  const { id } = await deliveryNamed('exam-20260505.dat')
  const { id: staffId, headers } = await reviewer()
  const home = async () => (await (await send('/staff', { headers })).text()).replace(/<[^>]+>/g, '')
  expect(await home()).toContain('Deliveries that want a look: 1')

  const path = `/staff/deliveries/${id}/set-aside`
  const answers = [await post(path, { run: '1' }, { headers }), await post(path, { run: '1' }, { headers })]

  expect(answers.map((answer) => answer.headers.get('location'))).toEqual([
    `/staff/deliveries/${id}?news=set-aside`,
    `/staff/deliveries/${id}?news=late`,
  ])
  expect(await deliveryNamed('exam-20260505.dat')).toMatchObject({ state: 'failed', setAsideBy: staffId })
  expect(await logOf('delivery.set-aside')).toHaveLength(1)
  expect(await home()).toContain('Deliveries that want a look: 0')
  const shown = await page(id, headers)
  expect(shown).toContain('Set aside')
  expect(shown).toContain('it was set aside by program staff, and nothing of it was applied')

  // Whoever thinks better of it has it weighed anew.
  await post(`/staff/deliveries/${id}/run`, { run: '1', decision: 'again' }, { headers }, notStarting)
  await tick()
  expect(await deliveryNamed('exam-20260505.dat')).toMatchObject({
    state: 'needs_review',
    setAsideBy: null,
    run: 2,
  })
})

test('what was partly imported is looked at, and stays imported', async () => {
  const { id } = await givenDelivery({ state: 'needs_review' })
  const { headers } = await reviewer()
  expect(await page(id, headers)).toContain('I have looked at it')

  await post(`/staff/deliveries/${id}/set-aside`, { run: '1' }, { headers })

  const [row] = await db.select().from(schema.deliveries)
  expect(row).toMatchObject({ state: 'needs_review', failure: null })
  expect(await page(id, headers)).toContain('looked at')
  const imported = await givenDelivery()
  await post(`/staff/deliveries/${imported.id}/set-aside`, { run: '1' }, { headers })
  expect(await logOf('delivery.set-aside')).toHaveLength(1)
})

test('a delivery is imported again at once, without a second effect', async () => {
  await putInInbox({ 'cand-20260503.dat': people, 'exam-20260505.dat': table(EXAM_A, examRow()) })
  await tick()
  const before = await record()
  const { id } = await deliveryNamed('exam-20260505.dat')
  const { headers } = await reviewer()
  const started: unknown[] = []
  const IMPORT_WORKFLOW = {
    create: async (options: unknown) => started.push(options),
  } as unknown as Workflow

  const again = { run: '1', decision: 'again' }
  const answer = await post(`/staff/deliveries/${id}/run`, again, { headers }, { IMPORT_WORKFLOW })

  expect(answer.headers.get('location')).toBe(`/staff/deliveries/${id}?news=asked`)
  expect(started).toMatchObject([{ params: { deliveryId: id } }])
  expect(await page(id, headers)).toContain('Being imported')
  await tick()
  expect(await record()).toEqual(before)
  expect(await logOf('delivery.run-again')).toHaveLength(1)
  const wrong = [{}, { run: 'x' }, { run: '0' }]
  for (const fields of wrong)
    expect((await post(`/staff/deliveries/${id}/run`, fields, { headers })).status).toBe(400)
  const nobody = '00000000-0000-4000-8000-000000000000'
  expect((await post(`/staff/deliveries/${nobody}/run`, again, { headers })).status).toBe(404)
  expect((await post(`/staff/deliveries/${nobody}/set-aside`, again, { headers })).status).toBe(404)

  await db.update(schema.feeds).set({ stoppedAt: new Date() })
  const stopped = await post(`/staff/deliveries/${id}/run`, { run: '2' }, { headers }, { IMPORT_WORKFLOW })
  expect(stopped.headers.get('location')).toBe(`/staff/deliveries/${id}?news=waits`)
  expect(started).toHaveLength(1)
})

test('a file is delivered from the console once, by whom stands there, and is imported', async () => {
  const { id: staffId, headers } = await reviewer()
  const form = uploadForm({ feed: 'pearson' }, { name: 'cand-2026-05-03 (नया).dat', content: people })

  const first = await upload(headers, form)
  const again = await upload(headers, form)

  const { id, ...stored } = await deliveryNamed('cand-2026-05-03 (नया).dat')
  expect(stored).toMatchObject({ sender: `staff:${staffId}`, bytes: new TextEncoder().encode(people).length })
  expect([first, again].map((answer) => answer.headers.get('location'))).toEqual([
    `/staff/deliveries/${id}?news=uploaded`,
    `/staff/deliveries/${id}?news=known`,
  ])
  expect(await logOf('delivery.uploaded')).toEqual([
    { actor: `staff:${staffId}`, details: { delivery: id, feed: 'pearson' } },
  ])
  expect(await (await env.BUCKET.get(stored.objectKey))!.text()).toBe(people)
  expect(await objectKeys()).toEqual([stored.objectKey])
  await tick()
  expect(await page(id, headers)).toMatch(/Imported.*Sent by Rita Reviewer/)
  expect((await record()).people).toHaveLength(1)
})

test('a large file passes through in pieces, whole', async () => {
  const { headers } = await reviewer()
  const content = `${people}${'x\ty\r\n'.repeat(400_000)}--\r\n\r\n--`

  await upload(headers, uploadForm({ feed: 'pearson' }, { name: 'cand.dat', content }))

  const stored = await deliveryNamed('cand.dat')
  expect(stored.bytes).toBe(content.length)
  expect(await (await env.BUCKET.get(stored.objectKey))!.text()).toBe(content)
})

test.each([
  ['no file', { feed: 'pearson' }, { name: '', content: '' }, '#file'],
  ['an empty file', { feed: 'pearson' }, { name: 'a.dat', content: '' }, '#file'],
  ['a name that means a path', { feed: 'pearson' }, { name: '../a.dat', content: 'x' }, '#file'],
  ['a name that is too long', { feed: 'pearson' }, { name: 'x'.repeat(201), content: 'x' }, '#file'],
  ['a feed that is not there', { feed: 'nowhere' }, { name: 'a.dat', content: 'x' }, '#feed'],
  ['no feed', {}, { name: 'a.dat', content: 'x' }, '#feed'],
])('an upload with %s is refused on its form', async (_, fields, file, where) => {
  const { headers } = await reviewer()

  const answer = await upload(headers, uploadForm(fields, file))

  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain(`href="${where}"`)
  expect(await db.$count(schema.deliveries)).toBe(0)
  expect(await objectKeys()).toEqual([])
})

test('an upload that is too large, broken off, of a stopped feed or no form at all leaves nothing behind', async () => {
  const { headers } = await reviewer()
  const form = uploadForm({ feed: 'pearson' }, { name: 'a.dat', content: 'some bytes' })
  const large = await upload({ ...headers, 'content-length': String(101 * 1024 * 1024) }, form)
  const broken = await upload(headers, { ...form, body: form.body.slice(0, -8) })
  const unended = await upload({ ...headers, 'content-length': String(form.body.length + 50) }, form)
  const other = await upload(headers, { ...form, type: 'multipart/form-data; boundary=another' })
  const urlencoded = await post('/staff/deliveries/new', { feed: 'pearson' }, { headers })
  await db.update(schema.feeds).set({ stoppedAt: new Date() })
  const stopped = await upload(headers, form)

  for (const answer of [large, broken, unended, other, urlencoded, stopped]) expect(answer.status).toBe(422)
  expect(await large.text()).toContain('more than 100 MB')
  expect(await broken.text()).toContain('did not arrive whole')
  expect(await stopped.text()).toContain('No feed takes files in')
  expect(await db.$count(schema.deliveries)).toBe(0)
})

test('a delivery is handed over as it was received, as a file, and that stands in the log', async () => {
  const name = 'exam "x"; a=b/نتائج.dat'
  const given = await givenDelivery({ name, bytes: 5 })
  await env.BUCKET.put(given.objectKey, '<b>hi')
  const { id: staffId, headers } = await reviewer()
  const path = `/staff/deliveries/${given.id}/file`

  const head = await send(path, { method: 'HEAD', headers })
  const answer = await send(path, { headers })

  expect(head.status).toBe(200)
  expect(await answer.text()).toBe('<b>hi')
  expect(answer.headers.get('content-type')).toBe('application/octet-stream')
  expect(answer.headers.get('content-security-policy')).toContain('sandbox')
  expect(answer.headers.get('cache-control')).toBe('private, no-store')
  expect(answer.headers.get('content-disposition')).toBe(
    `attachment; filename="exam _x__ a_b______.dat"; filename*=UTF-8''${encodeURIComponent('exam _x__ a_b_نتائج.dat')}`,
  )
  expect(await logOf('delivery.downloaded')).toEqual([
    { actor: `staff:${staffId}`, details: { delivery: given.id } },
  ])
  await db.update(schema.deliveries).set({ rawDeletedAt: new Date() })
  expect((await send(path, { headers })).status).toBe(404)
  expect(await page(given.id, headers)).toContain('deleted on')
  expect(await page(given.id, headers)).not.toContain('Download')
})

test('problems leave as a table without formulas, and with the rows only for who may have the file', async () => {
  await db.update(schema.feeds).set({ settings: { brakes: { failingShare: 1 } } })
  const name = '=cmd()exam-20260505.dat'
  await putInInbox({
    [name]: table(
      EXAM_A,
      examRow({ grade: 'great', registration: '@SUM(1)' }),
      examRow({ candidate: '=1+1' }),
    ),
  })
  await tick()
  const { id } = await deliveryNamed(name)
  const path = `/staff/deliveries/${id}/problems.csv`

  const full = await send(path, { headers: await signedInStaff('reviewer') })
  const short = await send(path, { headers: await signedInStaff('catalogue') })

  expect(full.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(full.headers.get('content-disposition')).toBe(
    `attachment; filename="problems-${id.slice(0, 8)}.csv"`,
  )
  const text = await full.text()
  expect(text.split('\r\n')[0]).toBe('member,line,kind,state,reason,message,candidate_id,exam_code,row')
  expect(text).toContain(`"'=cmd()exam-20260505.dat",2,result,waits,unknown_grade`)
  expect(text).toContain(`"'=1+1",JN0-106`)
  expect(text).toContain(`"'@SUM(1)`)
  expect(await short.text()).not.toContain('@SUM')
  expect(await logOf('rows.exported')).toHaveLength(2)
})

test('bytes go when their feed keeps them no longer, unless they still wait for somebody', async () => {
  const now = new Date()
  const old = { receivedAt: new Date(now.getTime() - 31 * DAY_MS) }
  await db.update(schema.feeds).set({ settings: { keptDays: 30 } })
  const gone = [
    await givenDelivery(old),
    await givenDelivery({ ...old, state: 'failed', failure: 'is empty' }),
    await givenDelivery({ ...old, state: 'needs_review', setAsideBy: (await givenStaff('reviewer')).id }),
  ]
  const kept = [
    await givenDelivery({ receivedAt: new Date(now.getTime() - 29 * DAY_MS) }),
    await givenDelivery({ ...old, state: 'needs_review' }),
    await givenDelivery({ ...old, state: 'received' }),
    await givenDelivery(old),
  ]
  const waiting = {
    kind: 'result',
    reason: 'unknown_exam',
    message: '-',
    raw: '-',
    quarantinedAt: old.receivedAt,
  }
  await db.insert(schema.quarantinedRows).values([
    { ...waiting, deliveryId: kept[3]!.id, member: 'm', line: 2 },
    { ...waiting, deliveryId: gone[0]!.id, member: 'm', line: 2, resolvedAt: now },
  ])
  for (const { objectKey } of [...gone, ...kept]) await env.BUCKET.put(objectKey, 'x')
  await env.BUCKET.put(`${gone[0]!.objectKey}.members/0`, 'x')

  // Killed when the record had said it, and before the bucket had done it.
  const dead = { delete: async () => Promise.reject(new Error('killed')) }
  const bucket = new Proxy(env.BUCKET, {
    get: (target, name) =>
      name === 'delete' ? dead.delete : (target[name as keyof R2Bucket] as () => void).bind(target),
  })
  await expect(deleteOldDeliveries({ DB: env.DB, BUCKET: bucket }, now)).rejects.toThrow('killed')
  const later = new Date(now.getTime() + 3_600_000)
  await worker.scheduled(createScheduledController({ cron: '17 3 * * *', scheduledTime: later }), env)
  await deleteOldDeliveries(env, later)

  expect((await objectKeys()).toSorted()).toEqual(kept.map(({ objectKey }) => objectKey).toSorted())
  const rows = await db.select().from(schema.deliveries)
  for (const { id } of gone)
    expect(rows.find((row) => row.id === id)).toMatchObject({ rawDeletedAt: now, bytesGone: true })
  for (const { id } of kept)
    expect(rows.find((row) => row.id === id)).toMatchObject({ rawDeletedAt: null, bytesGone: false })
  const { headers } = await reviewer()
  await post(`/staff/deliveries/${gone[0]!.id}/run`, { run: '1' }, { headers }, notStarting)
  expect((await deliveryNamed('exam-2026-05-04.dat')).run).toBe(1)
})

test('what is left of events goes with the bytes of their delivery, and not before', async () => {
  const now = new Date()
  const old = { receivedAt: new Date(now.getTime() - 31 * DAY_MS) }
  await db.update(schema.feeds).set({ settings: { keptDays: 30 } })
  const [gone, waits] = [await givenDelivery(old), await givenDelivery({ ...old, state: 'needs_review' })]
  const event = (eventId: string, given: object) => ({
    feed: 'pearson',
    eventId,
    kind: 'place-hold',
    happenedAt: now,
    ...old,
    ...given,
  })
  await db
    .insert(schema.feedEvents)
    .values([
      event('gone', { deliveryId: gone.id }),
      event('of no delivery', { deliveryId: 'none' }),
      event('waits', { deliveryId: waits.id }),
      event('young', { deliveryId: gone.id, receivedAt: now }),
      event('not bundled', { body: '{}' }),
    ])

  await deleteOldDeliveries(env, now)

  const left = (await db.select().from(schema.feedEvents)).map(({ eventId }) => eventId)
  expect(left.toSorted()).toEqual(['not bundled', 'waits', 'young'])
})

test('what a feed keeps for ever stays', async () => {
  const given = await givenDelivery()
  await env.BUCKET.put(given.objectKey, 'x')
  await givenCandidate()

  await deleteOldDeliveries(env, new Date('2126-01-01'))

  expect(await objectKeys()).toEqual([given.objectKey])
})
