import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { noCounts } from '../import/row.ts'
import { askTogether } from '../import/row-queries.ts'
import { stagedTablesOf } from '../import/staging-queries.ts'
import type { Brake, ManifestFacts } from '../schema.ts'
import { COUNT_COLUMNS, SENDER_NAME } from './count-columns-queries.ts'
import {
  addCounts,
  countsByMember,
  type DeliveryDetail,
  type DeliveryFacts,
  type KeptRow,
  type LineCursor,
  lineCursorOf,
  type MadeVersion,
  type Member,
  type MemberCounts,
  type Namesake,
  type Page,
} from './delivery-detail.ts'
import { type BytesDone, selectBytesDone } from './progress-queries.ts'

const LINES_SHOWN = 25
const MEMBERS_SHOWN = 200
const NAMESAKES_SHOWN = 20

type FactsRow = Record<keyof DeliveryFacts, string | number | null>
type NamesakeRow = Omit<Namesake, 'brakes' | 'receivedAt'> & { brakes: string | null; receivedAt: number }
type StagedRow = {
  number: number
  rowsRead: number
  rowsFailing: number
  rowsUnmatched: number
  totals: string
  examples: string
}

export type AskedDetail = {
  id: string
  /** Only rows that wait, or all that were kept. */
  onlyWaiting: boolean
  problemsAfter: LineCursor | null
  versionsAfter: LineCursor | null
}

/** A delivery with all that its page tells, in one round trip; null where there is none. */
export async function findDeliveryDetail(db: Database, asked: AskedDetail): Promise<DeliveryDetail | null> {
  const { id } = asked
  const [facts, members, counted, stagedChunks, problems, versions, namesakes, bytes] = await askTogether<
    [FactsRow, Member, MemberCounts, StagedRow, KeptRow, MadeVersion, NamesakeRow, BytesDone]
  >(db, [
    selectFacts(id),
    sql`SELECT number, name, kind, bytes, encoding, lines, note FROM delivery_members
      WHERE delivery_id = ${id} ORDER BY number LIMIT ${MEMBERS_SHOWN + 1}`,
    sql`SELECT chunk.member, ${COUNT_COLUMNS} FROM delivery_chunks AS chunk
      WHERE chunk.delivery_id = ${id} AND chunk.run = ${runOf(id)} GROUP BY chunk.member`,
    // The examples are only shown of a run that was stopped, and are most of what is here.
    sql`SELECT number, rows_read AS rowsRead, rows_failing AS rowsFailing, rows_unmatched AS rowsUnmatched, totals,
        iif(deliveries.brakes IS NULL, '[]', examples) AS examples
      FROM deliveries CROSS JOIN staged_chunks
        ON staged_chunks.delivery_id = deliveries.id AND staged_chunks.run = deliveries.run
      WHERE deliveries.id = ${id} ORDER BY number, byte_offset`,
    selectKeptRows(id, asked.onlyWaiting, asked.problemsAfter, LINES_SHOWN + 1),
    selectVersions(id, asked.versionsAfter),
    sql`SELECT other.id, other.state, other.brakes, other.set_aside_by AS setAsideBy, other.received_at AS receivedAt,
        other.bytes
      FROM deliveries AS one JOIN deliveries AS other ON other.feed = one.feed AND other.name = one.name
      WHERE one.id = ${id} AND other.id <> one.id ORDER BY other.received_at DESC LIMIT ${NAMESAKES_SHOWN}`,
    selectBytesDone(id),
  ])
  if (!facts[0] || !bytes[0]) return null

  const byMember = countsByMember(members, counted)
  const nameOf = new Map(members.map(({ number, name }) => [number, name]))
  const tables = stagedTablesOf(stagedChunks)
  const counts = [...byMember.values()].reduce(addCounts, noCounts())
  return {
    delivery: factsOf(facts[0]),
    members: members
      .slice(0, MEMBERS_SHOWN)
      .map((member) => ({ ...member, counts: byMember.get(member.name) ?? noCounts() })),
    hasMoreMembers: members.length > MEMBERS_SHOWN,
    counts,
    progress: { ...bytes[0], counts },
    tables: tables.map((table) => ({ ...table, member: nameOf.get(table.number) ?? '' })),
    problems: pageOf(problems),
    versions: pageOf(versions),
    namesakes: namesakes.map((one) => ({
      ...one,
      brakes: one.brakes === null ? null : (JSON.parse(one.brakes) as Brake[]),
      receivedAt: new Date(one.receivedAt),
    })),
  }
}

function runOf(id: string): SQL {
  return sql`(SELECT run FROM deliveries WHERE id = ${id})`
}

function selectFacts(id: string): SQL {
  return sql`
    SELECT delivery.id, delivery.feed, coalesce(feeds.name, delivery.feed) AS feedName,
      feeds.stopped_at IS NOT NULL AS feedIsStopped, delivery.name, delivery.sha256, delivery.bytes,
      delivery.vendor_time AS vendorTime, delivery.received_at AS receivedAt, delivery.received_by AS receivedBy,
      delivery.state, delivery.failure, delivery.started_at AS startedAt, delivery.finished_at AS finishedAt,
      delivery.run, delivery.sender, ${SENDER_NAME} AS senderName, delivery.brakes, delivery.manifest,
      (SELECT staff.name FROM staff WHERE staff.id = delivery.passed_by) AS passedByName,
      delivery.set_aside_by AS setAsideBy,
      (SELECT staff.name FROM staff WHERE staff.id = delivery.set_aside_by) AS setAsideByName,
      delivery.redacted_at AS redactedAt, delivery.raw_deleted_at AS rawDeletedAt
    FROM deliveries AS delivery LEFT JOIN feeds ON feeds.id = delivery.feed WHERE delivery.id = ${id}`
}

function factsOf(row: FactsRow): DeliveryFacts {
  const instant = (value: unknown) => (value === null ? null : new Date(value as number))
  const json = <Value>(value: unknown) => (value === null ? null : (JSON.parse(value as string) as Value))
  return {
    ...(row as unknown as DeliveryFacts),
    feedIsStopped: row.feedIsStopped === 1,
    vendorTime: new Date(row.vendorTime as number),
    receivedAt: new Date(row.receivedAt as number),
    startedAt: instant(row.startedAt),
    finishedAt: instant(row.finishedAt),
    redactedAt: instant(row.redactedAt),
    rawDeletedAt: instant(row.rawDeletedAt),
    brakes: json<Brake[]>(row.brakes),
    manifest: json<ManifestFacts>(row.manifest),
  }
}

/** Rows of a delivery that were kept with a reason, in the order in which they stand there. */
export function selectKeptRows(
  id: string,
  onlyWaiting: boolean,
  after: LineCursor | null,
  limit: number,
  more = sql``,
): SQL {
  return sql`
    SELECT member, line, kind, reason, message,
      CASE WHEN resolved_at IS NULL THEN 'waits' WHEN resolved_at = quarantined_at THEN 'remark' ELSE 'settled' END
        AS state ${more}
    FROM quarantined_rows
    WHERE delivery_id = ${id} AND ${onlyWaiting ? sql`resolved_at IS NULL` : sql`true`} AND ${isBehind(after, 'member', 'line')}
    ORDER BY member, line LIMIT ${limit}`
}

/** Results that stand as this delivery said, and versions of it that others replaced or that came too late. */
function selectVersions(id: string, after: LineCursor | null): SQL {
  return sql`
    SELECT * FROM (
      SELECT id AS resultId, delivery_member AS member, delivery_line AS line,
        iif(EXISTS (
          SELECT 1 FROM result_versions AS earlier
          WHERE earlier.feed = results.feed AND earlier.registration_id = results.registration_id
            AND earlier.outcome <> 'superseded'), 'changed', 'new') AS outcome,
        registration_id AS registrationId, candidate_id AS candidateId, exam_code AS examCode, delivery, grade, validity
      FROM results WHERE delivery_id = ${id} AND ${isBehind(after, 'delivery_member', 'delivery_line')}
      ORDER BY delivery_member, delivery_line LIMIT ${LINES_SHOWN + 1})
    UNION ALL
    SELECT * FROM (
      SELECT results.id, version.member, version.line, version.outcome, version.registration_id, results.candidate_id,
        version.fields ->> 'examCode', version.fields ->> 'delivery', version.fields ->> 'grade',
        version.fields ->> 'validity'
      FROM result_versions AS version LEFT JOIN results
        ON results.feed = version.feed AND results.registration_id = version.registration_id
      WHERE version.delivery_id = ${id} AND ${isBehind(after, 'version.member', 'version.line')}
      ORDER BY version.member, version.line LIMIT ${LINES_SHOWN + 1})
    ORDER BY member, line LIMIT ${LINES_SHOWN + 1}`
}

function isBehind(after: LineCursor | null, member: string, line: string): SQL {
  if (after === null) return sql`true`
  return sql`(${sql.raw(member)}, ${sql.raw(line)}) > (${after.member}, ${after.line})`
}

/** One more than is shown tells whether there is a next page. */
function pageOf<Item extends LineCursor>(found: readonly Item[]): Page<Item> {
  const shown = found.slice(0, LINES_SHOWN)
  const last = found.length > LINES_SHOWN ? shown.at(-1) : undefined
  return { shown, next: last ? lineCursorOf(last) : null }
}
