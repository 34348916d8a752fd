import { type SQL, sql } from 'drizzle-orm'
import { type AuditEvent, staffActor } from '../audit/actions.ts'
import { audited } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import { type WaitingRow, waitingColumns } from '../import/quarantine-queries.ts'
import { type Statement, statementOf } from '../import/row-queries.ts'
import { requireThat } from '../import/settle-queries.ts'

/** Who decides, and when. */
export type Decider = { staffId: number; now: Date }

/** The entry of a decision, for the batch of its effects: these happen whole or not at all. */
export function noteSettled(
  db: Database,
  row: Pick<WaitingRow, 'deliveryId' | 'reason'>,
  about: { kind: string; rows: number; candidateId?: string },
  { staffId, now }: Decider,
): Statement[] {
  const { kind, rows, candidateId } = about
  const event: AuditEvent = {
    action: 'quarantine.settled',
    actor: staffActor(staffId),
    details: { deliveryId: row.deliveryId, reason: row.reason, kind, rows },
    ...(candidateId !== undefined && { candidateId }),
  }
  const { before, after } = audited(db, event, now, sql`true`)
  return [before, ...after].map((statement) => statementOf(db, statement))
}

export type LinkFacts = {
  /** The record that was chosen, by the ID that it has now; null where nobody has it. */
  chosen: string | null
  /** Whether the ID that the row names is somebody's. */
  isKnown: boolean
  /** Who holds the row's registration, or its enrolment in a course. */
  holder: string | null
}

/** What has to be known before a row may be somebody's. */
export async function findLinkFacts(
  db: Database,
  {
    feed,
    said,
    registrationId,
    enrolmentId,
    typed,
  }: { feed: string; said: string; registrationId: string; enrolmentId: string; typed: string },
): Promise<LinkFacts> {
  const spellings = sql`(${typed}, ${typed.toUpperCase()})`
  const [facts] = await db.all<Omit<LinkFacts, 'isKnown'> & { isKnown: number }>(sql`
    SELECT
      coalesce(
        (SELECT id FROM candidates WHERE id IN ${spellings} AND erased_at IS NULL LIMIT 1),
        (SELECT candidate_id FROM candidate_aliases WHERE alias_id IN ${spellings} LIMIT 1)) AS chosen,
      EXISTS (SELECT 1 FROM candidates WHERE id = ${said})
        OR EXISTS (SELECT 1 FROM candidate_aliases WHERE alias_id = ${said}) AS isKnown,
      coalesce(
        (SELECT candidate_id FROM results WHERE feed = ${feed} AND registration_id = ${registrationId}),
        (SELECT candidate_id FROM registrations WHERE feed = ${feed} AND registration_id = ${registrationId}),
        (SELECT candidate_id FROM course_completions WHERE feed = ${feed} AND enrolment_id = ${enrolmentId})) AS holder`)
  return { ...facts!, isKnown: facts!.isKnown === 1 }
}

/** Learns whom a feed means by an ID of nobody. What somebody else has learned of it, or who has come meanwhile, stays. */
export function learnLink(
  db: Database,
  { feed, said, candidateId }: { feed: string; said: string; candidateId: string },
  { staffId, now }: Decider,
): Statement[] {
  return [
    statementOf(
      db,
      sql`
      INSERT INTO candidate_links (feed, said_id, candidate_id, made_by, made_at)
      SELECT ${feed}, ${said}, id, ${staffId}, ${now.getTime()} FROM candidates
      WHERE id = ${candidateId} AND erased_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM candidates WHERE id = ${said})
      ON CONFLICT DO NOTHING`,
    ),
    requireThat(
      db,
      sql`EXISTS (
        SELECT 1 FROM candidate_links WHERE feed = ${feed} AND said_id = ${said} AND candidate_id = ${candidateId})`,
    ),
  ]
}

/** Learns which exam a feed means by a code; one that named an exam which is not in the program any more is replaced. */
export function learnCode(
  db: Database,
  { feed, code, exam, exams }: { feed: string; code: string; exam: string; exams: readonly string[] },
  { staffId, now }: Decider,
): Statement[] {
  return [
    statementOf(
      db,
      sql`
      INSERT INTO exam_code_aliases (feed, code, exam, made_by, made_at)
      VALUES (${feed}, ${code}, ${exam}, ${staffId}, ${now.getTime()})
      ON CONFLICT (feed, code) DO UPDATE SET
        exam = excluded.exam, made_by = excluded.made_by, made_at = excluded.made_at
      WHERE exam_code_aliases.exam NOT IN (SELECT value FROM json_each(${JSON.stringify(exams)}))`,
    ),
    requireThat(
      db,
      sql`EXISTS (SELECT 1 FROM exam_code_aliases WHERE feed = ${feed} AND code = ${code} AND exam = ${exam})`,
    ),
  ]
}

/** Rows of the feed that wait for the same ID, by delivery and line. */
export function listRowsOfSaid(db: Database, feed: string, said: string, limit: number) {
  return listRows(
    db,
    'said',
    sql`waiting.feed = ${feed} AND waiting.candidate_id = ${said}
      AND waiting.reason IN ('unknown_candidate', 'ambiguous_candidate')`,
    limit,
  )
}

/** Rows of the feed that wait for the same exam code, by delivery and line. */
export function listRowsOfCode(db: Database, feed: string, code: string, limit: number) {
  return listRows(
    db,
    'exam',
    sql`waiting.reason = 'unknown_exam' AND waiting.exam_code = ${code} AND waiting.feed = ${feed}`,
    limit,
  )
}

/** The other rows of a table that say something else of the same thing. */
export function listContradictions(db: Database, row: WaitingRow, limit: number) {
  const fields = JSON.parse(row.fields ?? '{}') as Record<string, string>
  const isSame = sql.join(
    namesOfKey(row.kind, fields).map((name) => sql`waiting.fields ->> ${name} = ${fields[name] ?? ''}`),
    sql` AND `,
  )
  return listRows(
    db,
    'delivery',
    sql`waiting.delivery_id = ${row.deliveryId} AND waiting.reason = 'duplicate_in_file'
      AND waiting.member = ${row.member} AND waiting.line <> ${row.line} AND waiting.kind = ${row.kind}
      AND ${isSame}`,
    limit,
  )
}

/** By which of its fields a row of this kind says what it is about. */
function namesOfKey(kind: WaitingRow['kind'], { enrolmentId }: Record<string, string>): string[] {
  if (kind === 'candidate') return ['candidateId']
  if (kind === 'section') return ['registrationId', 'code']
  if (kind !== 'course') return ['registrationId']
  return enrolmentId ? ['enrolmentId'] : ['enrolmentId', 'candidateId', 'courseCode', 'completedOn']
}

/** By an index of waiting rows only, which SQLite would not always take of itself. */
function listRows(
  db: Database,
  index: 'said' | 'exam' | 'delivery',
  where: SQL,
  limit: number,
): Promise<WaitingRow[]> {
  return db.all<WaitingRow>(sql`
    SELECT ${waitingColumns}
    FROM quarantined_rows AS waiting INDEXED BY ${sql.identifier(`quarantined_rows_${index}_idx`)}
    CROSS JOIN deliveries ON deliveries.id = waiting.delivery_id
    WHERE waiting.resolved_at IS NULL AND ${where}
    ORDER BY waiting.delivery_id, waiting.member, waiting.line
    LIMIT ${limit}`)
}
