import { and, asc, eq, ne, or, sql } from 'drizzle-orm'
import { staffActor } from '../../audit/actions.ts'
import { audited } from '../../audit/audit-queries.ts'
import type { Database } from '../../core/database.ts'
import { cannedAnswers } from '../../schema.ts'

const MOST_ANSWERS = 200

export type CannedAnswer = { id: number; title: string; body: string }
type Written = { title: string; body: string; staffId: number }

/** All of them, by title. */
export function selectCannedAnswers(db: Database) {
  return db
    .select({ id: cannedAnswers.id, title: cannedAnswers.title, body: cannedAnswers.body })
    .from(cannedAnswers)
    .orderBy(asc(cannedAnswers.title))
    .limit(MOST_ANSWERS)
}

/** As a statement for a batch: what one of them is chosen by. The texts are long, and one of them is needed at most. */
export function selectCannedTitles(db: Database) {
  return db
    .select({ id: cannedAnswers.id, title: cannedAnswers.title })
    .from(cannedAnswers)
    .orderBy(asc(cannedAnswers.title))
    .limit(MOST_ANSWERS)
}

export async function findCannedAnswer(db: Database, id: number): Promise<CannedAnswer | null> {
  const found = await db
    .select({ id: cannedAnswers.id, title: cannedAnswers.title, body: cannedAnswers.body })
    .from(cannedAnswers)
    .where(eq(cannedAnswers.id, id))
    .get()
  return found ?? null
}

/** Keeps a new one. False where the title is taken by another text, or there is no room for more. */
export async function makeCannedAnswer(
  db: Database,
  { title, body, staffId }: Written,
  now: Date,
): Promise<boolean> {
  const event = { action: 'canned-answer.made', actor: staffActor(staffId) } as const
  const { before, after } = audited(db, event, now)
  const [, , , , same] = await db.batch([
    before,
    db
      .insert(cannedAnswers)
      .select(sql`
        SELECT NULL, ${title}, ${body}, ${now.getTime()}, ${staffId}
        WHERE (SELECT count(*) FROM canned_answers) < ${MOST_ANSWERS}`)
      .onConflictDoNothing(),
    ...after,
    db
      .select({ id: cannedAnswers.id })
      .from(cannedAnswers)
      .where(and(eq(cannedAnswers.title, title), eq(cannedAnswers.body, body))),
  ])
  return same.length === 1
}

/** False where the title is another's. */
export async function changeCannedAnswer(
  db: Database,
  { id, title, body, staffId }: Written & { id: number },
  now: Date,
): Promise<boolean> {
  const event = { action: 'canned-answer.changed', actor: staffActor(staffId), details: { id } } as const
  const { before, after } = audited(db, event, now)
  const [, , , , same] = await db.batch([
    before,
    db
      .update(cannedAnswers)
      .set({ title, body, changedAt: now, changedBy: staffId })
      .where(
        and(
          eq(cannedAnswers.id, id),
          or(ne(cannedAnswers.title, title), ne(cannedAnswers.body, body)),
          sql`NOT EXISTS (SELECT 1 FROM canned_answers AS other WHERE other.title = ${title} AND other.id <> ${id})`,
        ),
      ),
    ...after,
    db
      .select({ id: cannedAnswers.id })
      .from(cannedAnswers)
      .where(and(eq(cannedAnswers.id, id), eq(cannedAnswers.title, title), eq(cannedAnswers.body, body))),
  ])
  return same.length === 1
}

export async function removeCannedAnswer(
  db: Database,
  { id, staffId }: { id: number; staffId: number },
  now: Date,
): Promise<void> {
  const event = { action: 'canned-answer.removed', actor: staffActor(staffId), details: { id } } as const
  const { before, after } = audited(db, event, now)
  await db.batch([before, db.delete(cannedAnswers).where(eq(cannedAnswers.id, id)), ...after])
}
