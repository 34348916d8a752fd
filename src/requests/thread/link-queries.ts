import { sql } from 'drizzle-orm'
import type { Database } from '../../core/database.ts'
import { readProgram, selectProgram } from '../../program/queries.ts'
import { requests } from '../../schema.ts'
import { withFiles } from './message.ts'
import { selectShared } from './thread-queries.ts'

/**
 * The one request that the link of a mail opens, what may be read of it, and the program: one round trip. The link
 * counts while its address is still the candidate's, or, for who lost theirs, while it is the one they asked for:
 * numbers of rows that were deleted are given out again.
 */
export async function findByLink(db: Database, tokenHash: string, now: Date) {
  const linked = sql`
    SELECT request.id FROM access_links AS link
    JOIN requests AS request ON request.id = link.data ->> 'requestId'
    WHERE link.token_hash = ${tokenHash} AND link.purpose = 'request_reply' AND link.expires_at > ${now.getTime()}
      AND iif(request.kind = 'address_recovery',
        EXISTS (
          SELECT 1 FROM recoveries
          WHERE recoveries.id = request.details ->> 'recoveryId' AND recoveries.new_address = link.sent_to
            AND recoveries.candidate_id = request.candidate_id),
        link.candidate_id = request.candidate_id AND EXISTS (
          SELECT 1 FROM candidate_emails AS own
          WHERE own.candidate_id = request.candidate_id AND own.address = link.sent_to))`
  const which = sql`id = (${linked})`
  const [found, messages, files, programs] = await db.batch([
    db
      .select({
        id: requests.id,
        kind: requests.kind,
        state: requests.state,
        decidedAt: requests.decidedAt,
        candidateId: requests.candidateId,
      })
      .from(requests)
      .where(which),
    ...selectShared(db, which),
    selectProgram(db),
  ])
  const row = found[0]
  return {
    request: row ? { ...row, messages: withFiles(messages, files) } : null,
    program: readProgram(programs),
  }
}
