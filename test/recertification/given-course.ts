import { eq } from 'drizzle-orm'
import { keepAwards } from '../../src/certifications/keep-awards.ts'
import { addDays, addMonths, calendarDateIn } from '../../src/core/calendar-date.ts'
import { awards, courseCompletions, programVersions } from '../../src/schema.ts'
import { fileOf, jpeg } from '../requests/given-photo.ts'
import { db, givenCandidate, givenResult, LONG_AGO } from '../support/builders.ts'
import { ORIGIN, send } from '../support/requests.ts'

export const PAGE = '/exams/recertification'
export const APPROVE = { decision: 'approve', shown: 'on' }
export const today = calendarDateIn('America/Los_Angeles', new Date())
export const [passedOn, completedOn] = [addMonths(today, -30), addDays(today, -10)]

/** Holds JNCIA-Junos and JNCIS-ENT, both for half a year more. */
export async function givenSpecialist(id?: string) {
  const candidate = await givenCandidate({ revision: 1, ...(id !== undefined && { id }) })
  const sat = { candidateId: candidate.id, examOn: passedOn }
  await givenResult(sat)
  await givenResult({ ...sat, exam: 'JNCIS-ENT', examCode: 'JN0-352' })
  await keepAwards(db, today, new Date())
  return candidate
}

export async function page(path: string, headers: Record<string, string>) {
  const response = await send(path, { headers })
  return { status: response.status, text: await response.text() }
}

/** Sends the form as a browser does that has chosen a file, or none. */
export function sendIn(
  headers: Record<string, string>,
  fields: Record<string, string> = {},
  file: File | null = fileOf(jpeg()),
) {
  const body = new FormData()
  const filled = { submission: crypto.randomUUID(), course: 'JIR', completedOn, notes: '' }
  for (const [name, value] of Object.entries({ ...filled, ...fields })) body.append(name, value)
  body.append('photo', file ?? new File([], ''))
  return send(PAGE, { method: 'POST', body, headers: { origin: ORIGIN, ...headers } })
}

export const expiries = async (candidateId: string) =>
  (
    await db
      .select({ certification: awards.certification, expiresOn: awards.expiresOn })
      .from(awards)
      .where(eq(awards.candidateId, candidateId))
      .orderBy(awards.certification)
  ).map(({ certification, expiresOn }) => `${certification} ${expiresOn}`)

/** The same course, as whoever holds it tells of it in a feed. */
export async function givenTold(candidateId: string, validity: 'valid' | 'revoked' = 'valid') {
  await db.insert(courseCompletions).values({
    candidateId,
    course: 'JIR',
    completedOn,
    createdAt: new Date(),
    feed: 'pearson',
    enrolmentId: crypto.randomUUID(),
    validity,
    vendorTime: 0,
    rowHash: '-',
    deliveryId: 'given',
    deliveryMember: 'courses.csv',
    deliveryLine: 7,
  })
}

/** From this day on the program has a course no more. */
export async function givenVersionWithout(course: string, effectiveOn: string) {
  const [stored] = await db.select().from(programVersions)
  const program = JSON.parse(stored!.document) as { courses: { code: string }[] }
  program.courses = program.courses.filter(({ code }) => code !== course)
  await db.insert(programVersions).values({
    version: stored!.version + 1,
    sha256: 'f'.repeat(64),
    document: JSON.stringify(program),
    appliedAt: LONG_AGO,
    begunAt: LONG_AGO,
    effectiveOn,
  })
}

export const lasting = addMonths(completedOn, 36)
export const before = addMonths(passedOn, 36)
