import { eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { readProgram, selectProgram } from '../program/queries.ts'
import { awards, candidates } from '../schema.ts'

/**
 * The ids of the awards that those picked have become: a late result may merge a holding into another, and the
 * first one's code is then on paper and its row in transcripts. `picked` selects ids; UNION ends any circle.
 */
export function liveAwards(picked: SQL): SQL {
  return sql`(
    WITH RECURSIVE followed (id) AS (
      ${picked}
      UNION
      SELECT merged.superseded_by FROM followed CROSS JOIN awards AS merged ON merged.id = followed.id
      WHERE merged.superseded_by IS NOT NULL
    )
    SELECT kept.id FROM followed CROSS JOIN awards AS kept ON kept.id = followed.id
    WHERE kept.superseded_by IS NULL)`
}

/** What may be said of an award to anyone. */
export const recordedAward = {
  certification: awards.certification,
  awardedOn: awards.awardedOn,
  expiresOn: awards.expiresOn,
  suspendedOn: awards.suspendedOn,
  emeritusOn: awards.emeritusOn,
  revokedOn: awards.revokedOn,
}

/** The printed facts of the certificate with this code, and the program that explains them: one round trip. */
export async function findCertificate(db: Database, code: string) {
  const coded = sql`SELECT id FROM awards WHERE verification_code = ${code}`
  const [found, programs] = await db.batch([
    db
      .select({
        ...recordedAward,
        holder: candidates.fullName,
        number: awards.number,
        verificationCode: awards.verificationCode,
      })
      .from(awards)
      .innerJoin(candidates, eq(candidates.id, awards.candidateId))
      .where(inArray(awards.id, liveAwards(coded))),
    selectProgram(db),
  ])
  return found[0] ? { certificate: found[0], program: readProgram(programs) } : null
}
