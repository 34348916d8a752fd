import { and, count, eq, isNull, sql } from 'drizzle-orm'
import type { CalendarDate } from '../core/calendar-date.ts'
import type { Database } from '../core/database.ts'
import { awards, transcripts } from '../schema.ts'
import { followMerges } from '../verification/queries.ts'

/** What a candidate can put in a transcript: a holding of theirs, whatever its standing. */
export type OwnAward = {
  id: number
  certification: string
  awardedOn: CalendarDate
  expiresOn: CalendarDate | null
  suspendedOn: CalendarDate | null
  revokedOn: CalendarDate | null
}

export type OwnTranscript = {
  id: number
  publicId: string
  validThrough: CalendarDate
  remarks: string
  disabledAt: Date | null
}

type ListedRow = Omit<OwnTranscript, 'disabledAt'> & {
  disabledAt: number | null
  /** JSON list of certification codes. */
  certifications: string
}

/** One page of a candidate's transcripts, the newest first, and how many there are: one round trip. */
export async function listTranscripts(
  db: Database,
  { candidateId, page, pageSize }: { candidateId: string; page: number; pageSize: number },
) {
  const [rows, counted] = await db.batch([
    db.all<ListedRow>(sql`
      SELECT id, public_id AS publicId, valid_through AS validThrough, remarks, disabled_at AS disabledAt, (
        ${followMerges(sql`SELECT award_id FROM transcript_awards WHERE transcript_id = transcripts.id`)}
        SELECT json_group_array(certification) FROM live CROSS JOIN awards ON awards.id = live.id
      ) AS certifications
      FROM transcripts
      WHERE candidate_id = ${candidateId}
      ORDER BY created_at DESC, id DESC
      LIMIT ${pageSize} OFFSET ${(page - 1) * pageSize}`),
    db.select({ total: count() }).from(transcripts).where(eq(transcripts.candidateId, candidateId)),
  ])
  return {
    total: counted[0]!.total,
    transcripts: rows.map((row) => ({
      ...row,
      disabledAt: row.disabledAt === null ? null : new Date(row.disabledAt),
      certifications: JSON.parse(row.certifications) as string[],
    })),
  }
}

export function listOwnAwards(db: Database, candidateId: string): Promise<OwnAward[]> {
  return db
    .select({
      id: awards.id,
      certification: awards.certification,
      awardedOn: awards.awardedOn,
      expiresOn: awards.expiresOn,
      suspendedOn: awards.suspendedOn,
      revokedOn: awards.revokedOn,
    })
    .from(awards)
    .where(and(eq(awards.candidateId, candidateId), isNull(awards.supersededBy)))
}

/** A candidate's own transcript and all their awards, each saying whether it is in it: one round trip. */
export async function findOwnTranscript(db: Database, candidateId: string, id: number) {
  const [found, own] = await db.batch([
    db
      .select({
        id: transcripts.id,
        publicId: transcripts.publicId,
        validThrough: transcripts.validThrough,
        remarks: transcripts.remarks,
        disabledAt: transcripts.disabledAt,
      })
      .from(transcripts)
      .where(and(eq(transcripts.id, id), eq(transcripts.candidateId, candidateId))),
    db.all<OwnAward & { chosen: number }>(sql`
      ${followMerges(sql`SELECT award_id FROM transcript_awards WHERE transcript_id = ${id}`)}
      SELECT id, certification, awarded_on AS awardedOn, expires_on AS expiresOn, suspended_on AS suspendedOn,
        revoked_on AS revokedOn, id IN (SELECT id FROM live) AS chosen
      FROM awards
      WHERE candidate_id = ${candidateId} AND superseded_by IS NULL`),
  ])
  return found[0]
    ? { transcript: found[0], awards: own.map((row) => ({ ...row, chosen: row.chosen === 1 })) }
    : null
}
