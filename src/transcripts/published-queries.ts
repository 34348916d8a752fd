import { sql } from 'drizzle-orm'
import type { CalendarDate } from '../core/calendar-date.ts'
import type { Database } from '../core/database.ts'
import { readProgram, selectProgram } from '../program/queries.ts'
import type { RecordedAward } from '../verification/checked-award.ts'
import { followMerges } from '../verification/queries.ts'

type PublishedRow = {
  validThrough: CalendarDate
  remarks: string
  disabledAt: number | null
  holder: string
}

/** A transcript as anyone with its link may see it, with the program that explains it: one round trip. */
export async function findPublished(db: Database, publicId: string) {
  const [found, awards, programs] = await db.batch([
    db.all<PublishedRow>(sql`
      SELECT valid_through AS validThrough, remarks, disabled_at AS disabledAt, full_name AS holder
      FROM transcripts CROSS JOIN candidates ON candidates.id = candidate_id
      WHERE public_id = ${publicId}`),
    db.all<RecordedAward>(sql`
      ${followMerges(sql`
        SELECT award_id FROM transcripts CROSS JOIN transcript_awards ON transcript_id = transcripts.id
        WHERE public_id = ${publicId}`)}
      SELECT certification, awarded_on AS awardedOn, expires_on AS expiresOn, suspended_on AS suspendedOn,
        revoked_on AS revokedOn
      FROM live CROSS JOIN awards ON awards.id = live.id`),
    selectProgram(db),
  ])
  const [transcript] = found
  if (!transcript || transcript.disabledAt !== null) return null
  return { transcript, awards, program: readProgram(programs) }
}
