import { and, count, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { CalendarDate } from '../core/calendar-date.ts'
import type { Database } from '../core/database.ts'
import { awards, transcripts } from '../schema.ts'
import type { RecordedAward } from '../verification/checked-award.ts'
import { liveAwards, recordedAward } from '../verification/queries.ts'

/** What a candidate can put in a transcript: a holding of theirs, whatever its standing. */
export type OwnAward = RecordedAward & { id: number }

export type OwnTranscript = {
  id: number
  publicId: string
  validThrough: CalendarDate
  remarks: string
  disabledAt: Date | null
}

const transcriptColumns = {
  id: transcripts.id,
  publicId: transcripts.publicId,
  validThrough: transcripts.validThrough,
  remarks: transcripts.remarks,
  disabledAt: transcripts.disabledAt,
}

/** One page of a candidate's transcripts, the newest first, and how many there are: one round trip. */
export async function listTranscripts(
  db: Database,
  { candidateId, page, pageSize }: { candidateId: string; page: number; pageSize: number },
) {
  const mine = eq(transcripts.candidateId, candidateId)
  const certifications = sql<string>`(
    SELECT json_group_array(certification ORDER BY certification) FROM awards
    WHERE id IN ${liveAwards(sql`SELECT award_id FROM transcript_awards WHERE transcript_id = transcripts.id`)})`
  const [listed, counted] = await db.batch([
    db
      .select({ ...transcriptColumns, certifications: certifications.as('certifications') })
      .from(transcripts)
      .where(mine)
      .orderBy(desc(transcripts.createdAt), desc(transcripts.id))
      .limit(pageSize)
      .offset((page - 1) * pageSize),
    db.select({ total: count() }).from(transcripts).where(mine),
  ])
  return {
    total: counted[0]!.total,
    transcripts: listed.map((row) => ({
      ...row,
      certifications: JSON.parse(row.certifications) as string[],
    })),
  }
}

const holdingsOf = (candidateId: string) =>
  and(eq(awards.candidateId, candidateId), isNull(awards.supersededBy))

export function listOwnAwards(db: Database, candidateId: string): Promise<OwnAward[]> {
  return db
    .select({ id: awards.id, ...recordedAward })
    .from(awards)
    .where(holdingsOf(candidateId))
}

/** A candidate's own transcript and all their awards, each saying whether it is in it: one round trip. */
export async function findOwnTranscript(db: Database, candidateId: string, id: number) {
  const chosen = liveAwards(sql`SELECT award_id FROM transcript_awards WHERE transcript_id = ${id}`)
  const [found, own] = await db.batch([
    db
      .select(transcriptColumns)
      .from(transcripts)
      .where(and(eq(transcripts.id, id), eq(transcripts.candidateId, candidateId))),
    db
      .select({
        id: awards.id,
        ...recordedAward,
        chosen: sql<boolean>`${inArray(awards.id, chosen)}`.mapWith(Boolean).as('chosen'),
      })
      .from(awards)
      .where(holdingsOf(candidateId)),
  ])
  return found[0] ? { transcript: found[0], awards: own } : null
}
