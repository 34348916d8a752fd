import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { readProgram, selectProgram } from '../program/queries.ts'
import { awards, candidates, transcripts } from '../schema.ts'
import { liveAwards, recordedAward } from '../verification/queries.ts'

/**
 * A transcript that is not disabled as anyone with its link may see it, with the program that explains it: one
 * round trip.
 */
export async function findPublished(db: Database, publicId: string) {
  const chosen = sql`
    SELECT award_id FROM transcripts CROSS JOIN transcript_awards ON transcript_id = transcripts.id
    WHERE public_id = ${publicId}`
  const [found, shown, programs] = await db.batch([
    db
      .select({
        validThrough: transcripts.validThrough,
        remarks: transcripts.remarks,
        holder: candidates.fullName,
      })
      .from(transcripts)
      .innerJoin(candidates, eq(candidates.id, transcripts.candidateId))
      .where(and(eq(transcripts.publicId, publicId), isNull(transcripts.disabledAt))),
    db
      .select(recordedAward)
      .from(awards)
      .where(inArray(awards.id, liveAwards(chosen))),
    selectProgram(db),
  ])
  return found[0] ? { transcript: found[0], awards: shown, program: readProgram(programs) } : null
}
