import { env } from 'cloudflare:workers'
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { vi } from 'vitest'
import { awardActs, awards, candidates, renewals, results, staff } from '../../src/schema.ts'
import { db, givenResult } from '../support/builders.ts'
import { givenStaff } from '../support/requests.ts'

export const TODAY = '2026-11-23'
export const NOW = new Date('2026-11-23T18:00:00Z')

export async function givenPass(
  candidate: { id: string },
  exam: string,
  examOn: string,
  change: Partial<typeof results.$inferInsert> = {},
) {
  const result = await givenResult({ candidateId: candidate.id, exam, examOn, ...change })
  await bumpRevision(candidate)
  return result
}

/** What one of the staff did to an award; it is owed another look then. */
export async function givenAct(
  award: typeof awards.$inferSelect,
  kind: (typeof awardActs.$inferInsert)['kind'],
  effectiveOn: string,
  change: Partial<typeof awardActs.$inferInsert> = {},
) {
  const [member] = await db.select({ id: staff.id }).from(staff).limit(1)
  const { id } = member ?? (await givenStaff('reviewer'))
  await db.insert(awardActs).values({
    candidateId: award.candidateId,
    awardId: award.id,
    kind,
    certification: award.certification,
    passId: (JSON.parse(award.reason) as { pass: { resultId: number } | null }).pass?.resultId ?? null,
    awardedOn: award.awardedOn,
    effectiveOn,
    reason: 'a reason',
    doneBy: id,
    doneAt: NOW,
    submission: crypto.randomUUID(),
    ...change,
  })
  await bumpRevision({ id: award.candidateId })
}

export async function setValidity(
  candidate: { id: string },
  { id }: { id: number },
  validity: 'valid' | 'revoked',
) {
  await db.update(results).set({ validity }).where(eq(results.id, id))
  await bumpRevision(candidate)
}

export async function bumpRevision({ id }: { id: string }) {
  await db
    .update(candidates)
    .set({ revision: sql`${candidates.revision} + 1` })
    .where(eq(candidates.id, id))
}

export function liveAwards({ id }: { id: string }) {
  return db
    .select()
    .from(awards)
    .where(and(eq(awards.candidateId, id), isNull(awards.supersededBy)))
    .orderBy(asc(awards.awardedOn))
}

/** Live awards with their renewals, without what is random about them. */
export async function holdingsOf(candidate: { id: string }) {
  const renewedBy = await db.select().from(renewals).orderBy(asc(renewals.renewedOn))
  return (await liveAwards(candidate))
    .filter(({ suspendedOn }) => suspendedOn === null)
    .map(({ id, certification, awardedOn, expiresOn }) => ({
      certification,
      awardedOn,
      expiresOn,
      renewals: renewedBy
        .filter(({ awardId }) => awardId === id)
        .map(({ renewedOn, rule, expiresOn }) => ({ renewedOn, rule, expiresOn })),
    }))
    .sort((a, b) => `${a.certification}${a.awardedOn}`.localeCompare(`${b.certification}${b.awardedOn}`))
}

export async function stored() {
  return { awards: await db.select().from(awards), renewals: await db.select().from(renewals) }
}

/** The database, in which something happens between reading and writing. */
export function beforeSecondBatch(happen: () => Promise<void>): D1Database {
  const batch = vi.fn(async (statements: D1PreparedStatement[]) => {
    if (batch.mock.calls.length === 2) await happen()
    return env.DB.batch(statements)
  })
  return { prepare: (query: string) => env.DB.prepare(query), batch } as unknown as D1Database
}

/** Candidates by the hundred, each with a pass and another that renews. */
export async function givenManyPasses(count: number) {
  const each = sql`json_each(${JSON.stringify(Array.from({ length: count }, (_, n) => n))})`
  await db.run(sql`
    INSERT INTO candidates (id, full_name, given_name, family_name, vendor_time, row_hash, delivery_id,
      delivery_line, revision, created_at)
    SELECT 'MANY' || value, 'Ada Byron', 'Ada', 'Byron', 0, '-', '-', 0, 1, 0 FROM ${each}`)
  for (const examOn of ['2024-05-04', '2026-05-04']) {
    await db.run(sql`
      INSERT INTO results (feed, registration_id, candidate_id, exam, exam_code, exam_on, delivery, grade,
        validity, vendor_time, row_hash, delivery_id, delivery_line, first_imported_at)
      SELECT 'pearson', ${examOn} || value, 'MANY' || value, 'JNCIA-Junos', 'JN0-106', ${examOn},
        'delivered', 'pass', 'valid', 0, '-', '-', 0, 0 FROM ${each}`)
  }
}
