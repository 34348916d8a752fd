import { and, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import type { CalendarDate } from '../core/calendar-date.ts'
import type { Database } from '../core/database.ts'
import { transcriptAwards, transcripts } from '../schema.ts'

type Selection = { candidateId: string; validThrough: CalendarDate; remarks: string; awardIds: number[] }

/** Of the ids that were sent, those of live awards of the candidate's own: nothing else gets in by any way. */
function ownAwards({ candidateId, awardIds }: Selection): SQL {
  return sql`
    SELECT id FROM awards
    WHERE candidate_id = ${candidateId} AND superseded_by IS NULL
      AND id IN (SELECT value FROM json_each(${JSON.stringify(awardIds)}))`
}

/**
 * Keeps a new transcript and answers its id; the same submission sent again answers the same id and changes
 * nothing. Null when none of the awards is the candidate's: an empty transcript is never made.
 */
export async function insertTranscript(
  db: Database,
  given: Selection & { publicId: string; submission: string },
  now: Date,
): Promise<number | null> {
  const { publicId, candidateId, submission, validThrough, remarks } = given
  const [, , kept] = await db.batch([
    db
      .insert(transcripts)
      .select(sql`
        SELECT NULL, ${publicId}, ${candidateId}, ${submission}, ${validThrough}, ${remarks},
          ${now.getTime()}, ${now.getTime()}, NULL
        WHERE EXISTS (${ownAwards(given)})`)
      .onConflictDoNothing({ target: [transcripts.candidateId, transcripts.submission] }),
    db.insert(transcriptAwards).select(sql`
      SELECT transcripts.id, own.id FROM transcripts CROSS JOIN (${ownAwards(given)}) AS own
      WHERE public_id = ${publicId}`),
    db
      .select({ id: transcripts.id })
      .from(transcripts)
      .where(and(eq(transcripts.candidateId, candidateId), eq(transcripts.submission, submission))),
  ])
  return kept[0]?.id ?? null
}

/** Changes a transcript that is not disabled; what it shows never becomes empty. */
export async function updateTranscript(db: Database, given: Selection & { id: number }, now: Date) {
  const open = sql`(
    SELECT id FROM transcripts
    WHERE id = ${given.id} AND candidate_id = ${given.candidateId} AND disabled_at IS NULL
      AND EXISTS (${ownAwards(given)}))`
  await db.batch([
    db
      .update(transcripts)
      .set({ validThrough: given.validThrough, remarks: given.remarks, updatedAt: now })
      .where(inArray(transcripts.id, open)),
    db.delete(transcriptAwards).where(inArray(transcriptAwards.transcriptId, open)),
    db.insert(transcriptAwards).select(sql`
      SELECT transcript.id, own.id FROM ${open} AS transcript CROSS JOIN (${ownAwards(given)}) AS own
`),
  ])
}

/** Ends a link for good; ending it again changes nothing. Answers whether there is such a transcript. */
export async function disableTranscript(
  db: Database,
  { candidateId, id }: { candidateId: string; id: number },
  now: Date,
): Promise<boolean> {
  const mine = and(eq(transcripts.id, id), eq(transcripts.candidateId, candidateId))
  const [, found] = await db.batch([
    db
      .update(transcripts)
      .set({ disabledAt: now, updatedAt: now })
      .where(and(mine, isNull(transcripts.disabledAt))),
    db.select({ id: transcripts.id }).from(transcripts).where(mine),
  ])
  return found.length === 1
}
