import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { readProgram, selectProgram } from '../program/queries.ts'
import type { RecordedAward } from './checked-award.ts'

/**
 * Begins a statement in which `live` holds the ids of the awards that those picked have become: a late result
 * may merge a holding into another, whose code is then on paper and in transcripts twice. `picked` selects ids.
 */
export function followMerges(picked: SQL): SQL {
  return sql`
    WITH RECURSIVE
      followed (id) AS (
        ${picked}
        UNION
        SELECT merged.superseded_by FROM followed CROSS JOIN awards AS merged ON merged.id = followed.id
        WHERE merged.superseded_by IS NOT NULL
      ),
      live (id) AS (
        SELECT kept.id FROM followed CROSS JOIN awards AS kept ON kept.id = followed.id
        WHERE kept.superseded_by IS NULL
      )`
}

export type RecordedCertificate = RecordedAward & {
  holder: string
  number: string
  verificationCode: string
}

/** The printed facts of the certificate with this code, and the program that explains them: one round trip. */
export async function findCertificate(db: Database, code: string) {
  const [found, programs] = await db.batch([
    db.all<RecordedCertificate>(sql`
      ${followMerges(sql`SELECT id FROM awards WHERE verification_code = ${code}`)}
      SELECT full_name AS holder, certification, number, verification_code AS verificationCode,
        awarded_on AS awardedOn, expires_on AS expiresOn, suspended_on AS suspendedOn, revoked_on AS revokedOn
      FROM live CROSS JOIN awards ON awards.id = live.id CROSS JOIN candidates ON candidates.id = candidate_id`),
    selectProgram(db),
  ])
  return found[0] ? { certificate: found[0], program: readProgram(programs) } : null
}
