import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { audited, lastChanged } from '../../audit/audit-queries.ts'
import type { Database } from '../../core/database.ts'
import { registrations, requests, results } from '../../schema.ts'
import { insertRow, type NewFile, oweReceived } from '../make-queries.ts'
import type { QuestionFor } from '../request.ts'
import { insertMessage, insertMessageFiles } from '../thread/insert-queries.ts'

/** More results than anybody has; a bound, not a page. */
const MOST_RESULTS = 200

export type NewQuestion = QuestionFor & { candidateId: string; submission: string; message: string }

/**
 * The question with its first message, the files of that, the audit entry and the mail, all or nothing. Null where this
 * form came before, or where too much was asked lately.
 */
export async function insertQuestion(
  db: Database,
  { message: body, ...question }: NewQuestion,
  files: readonly NewFile[],
  now: Date,
): Promise<{ id: number } | null> {
  const { kind, candidateId, submission } = question
  const event = {
    action: 'request.made',
    actor: 'candidate',
    candidateId,
    details: { kind, files: files.length },
  } as const
  const { before, after } = audited(db, event, now)
  const which = sql`candidate_id = ${candidateId} AND submission = ${submission}`
  const message = { submission, staffId: null, visibility: 'shared', body, isByLink: false } as const
  const [, made] = await db.batch([
    before,
    insertRow(db, question, now),
    insertMessage(db, sql`${which} AND ${lastChanged}`, message, now),
    ...insertMessageFiles(db, which, submission, files, now),
    ...after,
    oweReceived(db, question, now),
  ])
  return (made as { id: number }[])[0] ?? null
}

/** The question that was asked by the very same form, or else one about the same sitting that is not answered yet. */
export async function findSameQuestion(
  db: Database,
  { kind, candidateId, submission, details }: Omit<NewQuestion, 'message'>,
): Promise<{ id: number; isSameForm: boolean } | null> {
  const isSameForm = sql`${requests.submission} = ${submission}`
  const registrationId = 'registrationId' in details ? details.registrationId : ''
  const found = await db
    .select({ id: requests.id, isSameForm: isSameForm.mapWith(Boolean).as('is_same_form') })
    .from(requests)
    .where(
      and(
        eq(requests.candidateId, candidateId),
        sql`(${isSameForm} OR (
          ${registrationId} <> '' AND ${requests.kind} = ${kind} AND ${isNull(requests.decidedAt)}
          AND details ->> 'registrationId' = ${registrationId}))`,
      ),
    )
    .orderBy(desc(isSameForm))
    .limit(1)
  return found[0] ?? null
}

/** The candidate's results by their sittings, the latest first. What they came to is not asked for. */
export function listOwnSittings(db: Database, candidateId: string) {
  return db
    .select({
      feed: results.feed,
      registrationId: results.registrationId,
      exam: results.exam,
      examOn: results.examOn,
    })
    .from(results)
    .where(eq(results.candidateId, candidateId))
    .orderBy(desc(results.examOn))
    .limit(MOST_RESULTS)
}

export type OwnSitting = Awaited<ReturnType<typeof listOwnSittings>>[number]

/** A booking of the candidate's own by its number, to fill in what is known of it; or null. */
export async function findOwnRegistration(db: Database, candidateId: string, registrationId: string) {
  const found = await db
    .select({
      exam: registrations.exam,
      appointmentOn: registrations.appointmentOn,
      siteCode: registrations.siteCode,
    })
    .from(registrations)
    .where(and(eq(registrations.candidateId, candidateId), eq(registrations.registrationId, registrationId)))
    .limit(1)
  return found[0] ?? null
}
