import { and, desc, eq, gte, ne, sql } from 'drizzle-orm'
import { readRecord, selectRecord } from '../certifications/status-queries.ts'
import type { CalendarDate } from '../core/calendar-date.ts'
import type { Database } from '../core/database.ts'
import { selectOpenRegistrations } from '../exams/queries.ts'
import { candidates, results } from '../schema.ts'

const NEW_RESULTS_LIMIT = 10

/** Everything that the home page of a candidate is decided from: one round trip. */
export async function loadHome(
  db: Database,
  asked: { candidateId: string; today: CalendarDate; newSince: Date },
) {
  const { candidateId, today, newSince } = asked
  const [versions, awards, sat, completions, approvals, acts, open, newResults, profiles] = await db.batch([
    ...selectRecord(db, candidateId),
    selectOpenRegistrations(db, candidateId, today),
    selectNewResults(db, candidateId, newSince),
    selectProfile(db, candidateId),
  ])
  const record = readRecord({ versions, awards, sat, completions, approvals, acts })
  return { ...record, open, newResults, profile: profiles[0]! }
}

/** Results that arrived since; one held back or still to be graded is no news yet. */
function selectNewResults(db: Database, candidateId: string, since: Date) {
  return db
    .select({
      exam: results.exam,
      examCode: results.examCode,
      examOn: results.examOn,
      delivery: results.delivery,
      grade: results.grade,
      validity: results.validity,
    })
    .from(results)
    .where(
      and(
        eq(results.candidateId, candidateId),
        gte(results.firstImportedAt, since),
        ne(results.validity, 'held'),
        ne(results.grade, 'pending'),
      ),
    )
    .orderBy(desc(results.examOn))
    .limit(NEW_RESULTS_LIMIT)
}

function selectProfile(db: Database, candidateId: string) {
  return db
    .select({
      phone: candidates.phone,
      addressLine1: candidates.addressLine1,
      country: candidates.country,
      reviewedAt: candidates.reviewedAt,
      createdAt: candidates.createdAt,
      hasEmail: sql<number>`EXISTS (
        SELECT 1 FROM candidate_emails AS email WHERE email.candidate_id = candidates.id)`.as('has_email'),
    })
    .from(candidates)
    .where(eq(candidates.id, candidateId))
}

export type HomeRecord = Awaited<ReturnType<typeof loadHome>>
