import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { noCounts } from '../import/row.ts'
import { askTogether } from '../import/row-queries.ts'
import { stagedTablesOf } from '../import/staging-queries.ts'
import type { Brake } from '../schema.ts'
import { COUNT_COLUMNS } from './count-columns-queries.ts'
import {
  addCounts,
  type CompletedCourse,
  countsByMember,
  type DeliveryDetail,
  type KeptRow,
  type LineCursor,
  lineCursorOf,
  type MadeVersion,
  type Member,
  type MemberCounts,
  type Namesake,
  type Page,
} from './delivery-detail.ts'
import { type FactsRow, factsOf, selectFacts } from './facts-queries.ts'
import { selectCompletedCourses, selectKeptRows, selectVersions } from './line-queries.ts'
import { type BytesDone, selectBytesDone } from './progress-queries.ts'

const LINES_SHOWN = 25
const MEMBERS_SHOWN = 200
const NAMESAKES_SHOWN = 20

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
  coursesAfter: LineCursor | null
}

/** A delivery with all that its page tells, in one round trip; null where there is none. */
export async function findDeliveryDetail(db: Database, asked: AskedDetail): Promise<DeliveryDetail | null> {
  const { id } = asked
  const [facts, members, counted, stagedChunks, problems, versions, courses, namesakes, bytes] =
    await askTogether<
      [
        FactsRow,
        Member,
        MemberCounts,
        StagedRow,
        KeptRow,
        MadeVersion,
        CompletedCourse,
        NamesakeRow,
        BytesDone,
      ]
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
      selectVersions(id, asked.versionsAfter, LINES_SHOWN + 1),
      selectCompletedCourses(id, asked.coursesAfter, LINES_SHOWN + 1),
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
    courses: pageOf(courses),
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

/** One more than is shown tells whether there is a next page. */
function pageOf<Item extends LineCursor>(found: readonly Item[]): Page<Item> {
  const shown = found.slice(0, LINES_SHOWN)
  const last = found.length > LINES_SHOWN ? shown.at(-1) : undefined
  return { shown, next: last ? lineCursorOf(last) : null }
}
