import { env } from 'cloudflare:workers'
import document from '../../programs/juniper/program.json'
import { addMonths } from '../../src/core/calendar-date.ts'
import { openDatabase } from '../../src/core/database.ts'
import { sha256Hex } from '../../src/core/tokens.ts'
import { parseProgram } from '../../src/program/program.ts'
import { applyProgram } from '../../src/program/queries.ts'
import * as schema from '../../src/schema.ts'

export const db = openDatabase(env.DB)

/** Before everything that the tests do; builders that need an instant take this one. */
export const LONG_AGO = new Date('2020-01-01T00:00:00Z')

/** Puts the sample program in force, with some of its settings changed if a test cares. */
export async function givenProgram(change: Change = () => {}) {
  const { program, ...applied } = await changedSample(change)
  await applyProgram(db, applied, LONG_AGO)
  return program
}

/** A further version, which has applied from a day on. */
export async function givenVersion(effectiveOn: string, change: Change = () => {}) {
  const { program, ...applied } = await changedSample(change)
  const version = (await db.$count(schema.programVersions)) + 1
  const began = { effectiveOn, appliedAt: LONG_AGO, begunAt: LONG_AGO }
  await db.insert(schema.programVersions).values({ version, ...applied, ...began })
  return program
}

type Change = (program: typeof document) => void

async function changedSample(change: Change) {
  const copy = structuredClone(document)
  change(copy)
  const parsed = parseProgram(copy)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusal))
  const text = JSON.stringify(parsed.value)
  return { program: parsed.value, document: text, sha256: await sha256Hex(text) }
}

let serial = 0

type Candidate = typeof schema.candidates.$inferInsert & { email: string; emailVerified: boolean }

/** A candidate of the record, with one verified primary address unless the test says otherwise. */
export async function givenCandidate(given: Partial<Candidate> = {}) {
  serial += 1
  const { email = `ada${serial}@example.org`, emailVerified = true, ...columns } = given
  const candidate = {
    id: `JPR${String(serial).padStart(8, '0')}`,
    fullName: 'Ada Byron',
    givenName: 'Ada',
    familyName: 'Byron',
    vendorTime: 0,
    rowHash: '-',
    deliveryId: 'given',
    deliveryLine: 1,
    createdAt: LONG_AGO,
    reviewedAt: new Date(),
    agreedVersion: document.agreement.version,
    ...columns,
  }
  await db.insert(schema.candidates).values(candidate)
  await db.insert(schema.candidateEmails).values({
    candidateId: candidate.id,
    normalized: email.toLowerCase(),
    address: email,
    isPrimary: true,
    verifiedAt: emailVerified ? LONG_AGO : null,
  })
  return { ...candidate, email }
}

export async function givenResult(
  given: { candidateId: string } & Partial<typeof schema.results.$inferInsert>,
) {
  serial += 1
  const [row] = await db
    .insert(schema.results)
    .values({
      feed: 'pearson',
      registrationId: String(300_000_000 + serial),
      exam: 'JNCIA-Junos',
      examCode: 'JN0-106',
      examOn: '2026-05-04',
      delivery: 'delivered',
      grade: 'pass',
      validity: 'valid',
      score: '742',
      passingScore: '700',
      vendorTime: 0,
      rowHash: '-',
      deliveryId: 'given',
      deliveryLine: 1,
      firstImportedAt: LONG_AGO,
      ...given,
    })
    .returning()
  return row!
}

export async function givenRegistration(
  given: { candidateId: string } & Partial<typeof schema.registrations.$inferInsert>,
) {
  serial += 1
  const [row] = await db
    .insert(schema.registrations)
    .values({
      feed: 'pearson',
      registrationId: String(300_000_000 + serial),
      exam: 'JNCIA-Junos',
      examCode: 'JN0-106',
      appointmentOn: '2026-12-01',
      appointmentTime: '09:30',
      state: 'scheduled',
      vendorTime: 0,
      rowHash: '-',
      deliveryId: 'given',
      deliveryLine: 1,
      ...given,
    })
    .returning()
  return row!
}

/** An award as it follows from a pass of its exam, long enough ago to expire on a day. */
export async function givenEarned(
  given: { candidateId: string; expiresOn: string } & Partial<typeof schema.awards.$inferInsert>,
) {
  const { candidateId, certification = 'JNCIA-Junos', expiresOn } = given
  const awardedOn = addMonths(expiresOn, -document.settings.awardValidityMonths)
  const { codes } = document.exams.find(({ code }) => code === certification)!
  await givenResult({ candidateId, exam: certification, examCode: codes.at(-1)!.code, examOn: awardedOn })
  return givenAward({ awardedOn, ...given })
}

export async function givenAward(
  given: { candidateId: string } & Partial<typeof schema.awards.$inferInsert>,
) {
  serial += 1
  const [row] = await db
    .insert(schema.awards)
    .values({
      certification: 'JNCIA-Junos',
      awardedOn: '2025-03-18',
      expiresOn: '2028-03-18',
      number: `JNCIA-Junos-${String(serial).padStart(12, '0')}`,
      verificationCode: `TEST${String(serial).padStart(12, '0')}`,
      reason: '{}',
      createdAt: LONG_AGO,
      ...given,
    })
    .returning()
  return row!
}
