import { introspectWorkflow } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { asc, eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { keepAwards } from '../../src/certifications/keep-awards.ts'
import * as schema from '../../src/schema.ts'
import { givenPass, NOW, TODAY } from '../certifications/given-passes.ts'
import { db, givenCandidate } from '../support/builders.ts'
import { type givenStaff, post, signedInStaff } from '../support/requests.ts'

export type Staff = Awaited<ReturnType<typeof givenStaff>>

/** Two who hold a certification that expires within the window, and one outside of it. */
export async function givenHolders() {
  const ada = await givenCandidate()
  const eve = await givenCandidate()
  const zoe = await givenCandidate()
  await givenPass(ada, 'JNCIA-Junos', '2024-05-04')
  await givenPass(eve, 'JNCIA-Junos', '2023-11-01')
  await givenPass(zoe, 'JNCIA-Junos', '2025-05-04')
  await keepAwards(db, TODAY, NOW)
  await db.delete(schema.mailOutbox)
  return { ada, eve, zoe }
}

export const WINDOW = { expiresFrom: '2026-10-01', expiresUntil: '2027-06-30', months: '6' }

/** Writes a change by a form of its kind; answers with its ID. */
export async function write(kind: string, fields: Record<string, string>, author: Staff): Promise<number> {
  const answer = await post(
    `/staff/program/changes/new/${kind}`,
    { submission: crypto.randomUUID(), base: '1', effective: 'as-it-is', ...fields },
    { headers: await signedInStaff(author) },
  )
  expect(answer.status).toBe(303)
  return Number(/changes\/(\d+)/.exec(answer.headers.get('location')!)![1])
}

export function writeExtension(author: Staff, fields: Record<string, string> = {}): Promise<number> {
  const everything = { level: '', track: '', certification: '' }
  return write('extension', { title: 'Closed test centres', ...everything, ...WINDOW, ...fields }, author)
}

/** How long certifications last, from a day on. */
export function writeRenewal(
  author: Staff,
  months: string,
  fields: Record<string, string> = {},
): Promise<number> {
  const lasting = { awardValidityMonths: months, renewalMonths: months, graceDays: '0' }
  return write('renewal', { title: `${months} months`, ...lasting, ...fields }, author)
}

/** Posts a form, and waits for the run that it starts. */
export async function postAndRun(path: string, fields: Record<string, string>, who: Staff): Promise<string> {
  await using workflows = await introspectWorkflow(env.PROGRAM_WORKFLOW)
  const answer = await post(path, fields, { headers: await signedInStaff(who) })
  for (const instance of await workflows.get()) await instance.waitForStatus('complete')
  return answer.headers.get('location')!
}

/** Presses a button of a change's page. */
export function press(
  id: number,
  what: 'trial' | 'decision',
  who: Staff,
  fields: Record<string, string> = {},
): Promise<string> {
  return postAndRun(`/staff/program/changes/${id}/${what}`, { version: '1', ...fields }, who)
}

export const runsOf = (id: number) =>
  db
    .select()
    .from(schema.programRuns)
    .where(eq(schema.programRuns.changeId, id))
    .orderBy(asc(schema.programRuns.id))
