import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { writeAudit } from '../../src/audit/audit-queries.ts'
import * as schema from '../../src/schema.ts'
import {
  db,
  givenAward,
  givenCandidate,
  givenProgram,
  givenRegistration,
  givenResult,
  LONG_AGO,
} from '../support/builders.ts'
import { givenBystanders } from '../support/bystanders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { givenStaff, post, send, signedIn, signedInStaff } from '../support/requests.ts'

const now = new Date()

beforeEach(async () => {
  await givenProgram()
})

async function view(id: string, role: Parameters<typeof signedInStaff>[0] = 'support', more = '') {
  const headers = await signedInStaff(role)
  const response = await send(`/staff/candidates/${encodeURIComponent(id)}${more}`, { headers })
  const text = await response.text()
  expect(text).not.toMatch(/undefined|NaN|\[object|style=/)
  return { response, text }
}

async function givenDelivery(id: string, name: string) {
  await db.insert(schema.deliveries).values({
    id,
    feed: 'pearson',
    name,
    sha256: id.padEnd(64, '0'),
    bytes: 1,
    vendorTime: 0,
    receivedAt: LONG_AGO,
    receivedBy: 'inbox',
    objectKey: id,
    state: 'imported',
  })
}

async function logOf(action: string) {
  return db.select().from(schema.auditLog).where(eq(schema.auditLog.action, action))
}

test('everything known stands there, with where it is from', async () => {
  await givenDelivery('d1', 'exam-2026-05-04.dat')
  await givenDelivery('d2', 'exam-2026-05-11.dat')
  const grace = await givenStaff('reviewer', { name: 'Grace Hopper' })
  const from = { deliveryId: 'd1', deliveryLine: 41 }
  const ada = await givenCandidate({
    ...from,
    fullName: 'Ada <Byron>',
    nativeName: 'あだ',
    birthOn: '1990-12-10',
    company: 'Analytical Engines',
    addressLine1: 'Prosta 1',
    country: 'PL',
    profileEditedAt: new Date('2026-02-03T10:00:00Z'),
  })
  const candidateId = ada.id
  await db.insert(schema.candidateEmails).values({
    candidateId,
    normalized: 'new@home.example',
    address: 'new@home.example',
    isPrimary: false,
    source: 'recovery',
    addedAt: new Date('2026-03-04T00:00:00Z'),
  })
  await db
    .insert(schema.candidateAliases)
    .values({ aliasId: 'OLD1', candidateId, fullName: 'Ada King', mergedAt: LONG_AGO })
  await givenRegistration({ candidateId, ...from, registrationId: '455000001', siteCode: 'WAW7' })
  const result = await givenResult({
    candidateId,
    deliveryId: 'd2',
    deliveryMember: 'exam.csv',
    deliveryLine: 7,
    validity: 'held',
  })
  await db.insert(schema.resultVersions).values({
    feed: 'pearson',
    registrationId: result.registrationId,
    deliveryId: 'd1',
    member: 'exam.csv',
    line: 3,
    outcome: 'new',
    vendorTime: 0,
    rowHash: '-',
    fields: '{}',
    importedAt: LONG_AGO,
  })
  const award = await givenAward({ candidateId })
  await db.insert(schema.transcripts).values({
    publicId: 'PUBLICID22CHARACTERS00',
    candidateId,
    submission: 's',
    validThrough: '2099-12-31',
    remarks: 'a secret remark',
    createdAt: LONG_AGO,
    updatedAt: LONG_AGO,
  })
  await db.insert(schema.requests).values({
    kind: 'name_change',
    candidateId,
    submission: 's',
    state: 'approved',
    details: {},
    createdAt: LONG_AGO,
    turnSince: LONG_AGO,
    decidedAt: now,
    decidedBy: grace.id,
  })
  await db.insert(schema.passwords).values({ candidateId, encoded: '$scrypt$secret', setAt: LONG_AGO })
  await db.insert(schema.passkeys).values({
    credentialId: 'credential-secret',
    candidateId,
    userHandle: 'handle-secret',
    publicKey: 'key-secret',
    counter: 0,
    transports: [],
    backedUp: false,
    name: 'Blue key',
    createdAt: LONG_AGO,
  })
  await db.insert(schema.recoveryCodes).values({ codeHash: 'c'.repeat(64), candidateId, createdAt: LONG_AGO })
  await signedIn(ada)
  await db.insert(schema.recoveries).values({
    candidateId,
    newAddress: 'lost@new.example',
    newNormalized: 'lost@new.example',
    proof: 'photo_id',
    askedAt: LONG_AGO,
  })
  await db.insert(schema.mailOutbox).values({
    dedupeKey: 'm',
    template: 'security_notice',
    candidateId,
    payload: { device: 'a secret payload' },
    owedAt: LONG_AGO,
    sendAfter: LONG_AGO,
    sentAt: now,
  })
  await writeAudit(db, { action: 'name.changed', actor: `staff:${grace.id}`, candidateId }, now)
  await writeAudit(
    db,
    { action: 'passkey.added', actor: 'candidate', candidateId, details: { device: 'Firefox, Linux' } },
    now,
  )

  const { response, text } = await view(candidateId)

  expect(response.status).toBe(200)
  const shown = [
    'Ada &lt;Byron&gt;',
    'あだ',
    '10 December 1990',
    'Poland',
    'exam-2026-05-04.dat, line 41',
    'exam-2026-05-11.dat, line 7',
    '3 February 2026',
    'new@home.example',
    'Recovery of the account',
    'OLD1, Ada King',
    'Name changed by Grace Hopper',
    '455000001',
    'WAW7',
    '2 versions arrived',
    'Held back from the candidate',
    award.number,
    'Link works',
    'Approved',
    'Blue key',
    '1 left',
    'Firefox, Linux',
    'lost@new.example',
    'security_notice',
    'Passkey added',
  ]
  for (const one of shown) expect.soft(text).toContain(one)
  expect(text).not.toMatch(/secret|PUBLICID/)
})

test('a candidate of whom nothing is known but the name has a page, too', async () => {
  const ada = await givenCandidate({ fullName: `${'Wolfeschlegelstein'.repeat(16)} Q` })

  const { response, text } = await view(ada.id)

  expect(response.status).toBe(200)
  expect(text.match(/<p class="soft">None<\/p>/g)!.length).toBeGreaterThan(8)
})

test('the page says what a role may do, and nothing else', async () => {
  const ada = await givenCandidate()

  const support = (await view(ada.id)).text
  const auditor = (await view(ada.id, 'auditor')).text

  expect(support).toContain('/as-candidate"')
  expect(support).toContain('/sessions"')
  expect(support).not.toContain('/staff/audit')
  expect(auditor).not.toMatch(/as-candidate"|\/sessions"/)
  expect(auditor).toContain(`/staff/audit?candidate=${ada.id}`)
})

test('an ID that was merged leads to the one that stayed, and one that is nobody’s is not found', async () => {
  const ada = await givenCandidate()
  await db
    .insert(schema.candidateAliases)
    .values({ aliasId: 'OLD1', candidateId: ada.id, fullName: 'Ada', mergedAt: LONG_AGO })

  for (const path of ['', '/sessions']) {
    const merged = await view(`OLD1`, 'support', path)
    expect(merged.response.status).toBe(302)
    expect(merged.response.headers.get('location')).toBe(`/staff/candidates/${ada.id}${path}`)
    expect((await view('NOBODY', 'support', path)).response.status).toBe(404)
  }
  expect(await logOf('staff.candidate-viewed')).toEqual([])
})

test('an ID with strange characters is found by its address', async () => {
  const ada = await givenCandidate({ id: 'A/B ?#%é' })

  const { response, text } = await view(ada.id)

  expect(response.status).toBe(200)
  expect(text).toContain('/staff/candidates/A%2FB%20%3F%23%25%C3%A9/sessions')
})

test('who looked at whom stands in the log', async () => {
  const ada = await givenCandidate()

  await view(ada.id)

  const [entry, ...more] = await logOf('staff.candidate-viewed')
  expect(more).toEqual([])
  expect(entry).toMatchObject({ details: '{}' })
  expect(entry!.actor).toMatch(/^staff:\d+$/)
  const [subject] = await db.select().from(schema.auditSubjects)
  expect(subject).toEqual({ ref: entry!.subject, candidateId: ada.id })
})

test('two hundred results are cut, and all of them are one link away', async () => {
  const ada = await givenCandidate()
  for (let n = 0; n < 200; n += 1)
    await givenResult({ candidateId: ada.id, examOn: `20${10 + (n % 9)}-01-0${1 + (n % 9)}` })

  const few = (await view(ada.id)).text
  const all = (await view(ada.id, 'support', '?all')).text

  expect(few).toContain('20 lines')
  expect(few).toContain('href="?all"')
  expect(all).toContain('200 lines')
  expect(all).not.toContain('href="?all"')
})

test('the page costs two round trips, and what others have is not read', async () => {
  await givenBystanders(3000)
  const ada = await givenCandidate()
  await givenResult({ candidateId: ada.id })
  await givenAward({ candidateId: ada.id })
  const { d1, cost } = countedDatabase(env.DB)

  await send(`/staff/candidates/${ada.id}`, { headers: await signedInStaff('support') }, { DB: d1 })

  // The third is the audit entry, after the answer.
  expect(cost.roundTrips).toBe(3)
  expect(cost.rowsRead).toBeLessThan(60)
})

test('all sessions are ended once, and the candidate sees that staff did it', async () => {
  const ada = await givenCandidate()
  const other = await givenCandidate()
  const [first, second, others] = [await signedIn(ada), await signedIn(ada), await signedIn(other)]
  const headers = await signedInStaff('support')
  const path = `/staff/candidates/${ada.id}/sessions`
  expect(await (await send(path, { headers })).text()).toContain(`action="${path}"`)

  const answers = [await post(path, {}, { headers }), await post(path, {}, { headers })]

  expect(answers.map(({ status }) => status)).toEqual([303, 303])
  const page = await send(answers[0]!.headers.get('location')!, { headers })
  expect(await page.text()).toContain('No session of this account is left.')
  for (const ended of [first, second])
    expect((await send('/exams', { headers: ended })).headers.get('location')).toContain('/sign-in')
  expect((await send('/exams', { headers: others })).status).toBe(200)
  const entries = await logOf('staff.sessions-ended')
  expect(entries).toHaveLength(1)
  expect(entries[0]!.subject).not.toBeNull()
})

test.each(['auditor', 'catalogue'] as const)('a role such as %s ends nobody’s sessions', async (role) => {
  const ada = await givenCandidate()
  const session = await signedIn(ada)

  const refused = await post(
    `/staff/candidates/${ada.id}/sessions`,
    {},
    { headers: await signedInStaff(role) },
  )

  expect(refused.status).toBe(404)
  expect((await send('/exams', { headers: session })).status).toBe(200)
})
