import { and, asc, desc, eq, lt, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { candidates, requests } from '../schema.ts'
import { personIsAble } from './desk/assign-queries.ts'
import { AGE_STEPS, type Cursor, type QueueFilter } from './desk/queue-filter.ts'
import { askedFor, recordName } from './own-queries.ts'

const DAY_MS = 86_400_000
/** How far back it is counted whether answers helped. */
const RATED_WITHIN_MS = 90 * DAY_MS

type Asked = {
  filter: QueueFilter
  staffId: number
  /** What is older than this is overdue. */
  overdueBefore: Date
  after: Cursor | null
  limit: number
}

/**
 * One page of requests: those whose turn is ours, the longest first, those that wait for their candidates likewise, or
 * those that have ended, the latest first. With it how long the first wait, and how often answers helped: one round
 * trip.
 */
export async function loadQueue(db: Database, asked: Asked, now: Date) {
  const [listed, ages, rated] = await db.batch([
    selectListed(db, asked),
    selectAges(db, now),
    db
      .select({
        count: sql<number>`count(*)`.as('rated'),
        helped: sql<number>`count(*) FILTER (WHERE helped = 1)`.as('of_which_helped'),
      })
      .from(requests)
      .where(sql`rated_at IS NOT NULL AND rated_at > ${now.getTime() - RATED_WITHIN_MS}`),
  ])
  return { listed: listed.map(askedFor), ages: Object.values(ages[0]!) as number[], rated: rated[0]! }
}

/** Columns of joined tables go by names of their own: in a batch those of the same name would be one. */
function selectListed(db: Database, { filter, staffId, overdueBefore, after, limit }: Asked) {
  const { state, kind, who, isOverdue } = filter
  const hasEnded = state === 'ended'
  const instant = hasEnded ? requests.decidedAt : requests.turnSince
  const order = hasEnded ? desc : asc
  const isBehind = ({ at, id }: Cursor) =>
    hasEnded
      ? sql`(${instant}, ${requests.id}) < (${at}, ${id})`
      : sql`(${instant}, ${requests.id}) > (${at}, ${id})`
  const document = (column: string) => sql`(
    SELECT ${sql.raw(column)} FROM request_files AS file
    WHERE file.request_id = requests.id AND file.message_id IS NULL LIMIT 1)`
  const nameOf = (column: string) => sql<string | null>`(
    SELECT name FROM staff WHERE staff.id = requests.${sql.raw(column)})`
  return db
    .select({
      id: sql<number>`${requests.id}`.as('request_id'),
      kind: requests.kind,
      state: requests.state,
      details: requests.details,
      createdAt: sql`${requests.createdAt}`.mapWith(requests.createdAt).as('asked_at'),
      turnSince: requests.turnSince,
      decidedAt: requests.decidedAt,
      decidedBy: nameOf('decided_by').as('decider'),
      assignee: nameOf('assigned_to').as('assignee'),
      candidateId: requests.candidateId,
      ...recordName,
      nameDecidedAt: candidates.nameDecidedAt,
      lastSaid: sql<number>`ifnull((
        SELECT max(said.id) FROM request_messages AS said
        WHERE said.request_id = requests.id AND said.visibility = 'shared'), 0)`.as('last_said'),
      documentId: document('file.id').mapWith(Number).as('document_id'),
      isDocumentGone: document('file.destroyed_at IS NOT NULL').mapWith(Boolean).as('document_gone'),
    })
    .from(requests)
    .innerJoin(candidates, eq(candidates.id, requests.candidateId))
    .where(
      and(
        inTab(state),
        kind === null ? undefined : eq(requests.kind, kind),
        who === 'mine' ? eq(requests.assignedTo, staffId) : undefined,
        // What somebody sees to who has left, or does other work by now, is nobody's.
        who === 'nobody'
          ? sql`(assigned_to IS NULL OR assigned_to NOT IN (
              SELECT person.id FROM staff AS person WHERE ${personIsAble}))`
          : undefined,
        isOverdue ? lt(requests.turnSince, overdueBefore) : undefined,
        after === null ? undefined : isBehind(after),
      ),
    )
    .orderBy(order(instant), order(requests.id))
    .limit(limit)
}

/** Written out, so that the partial indexes are used. */
function inTab(tab: QueueFilter['state']): SQL {
  if (tab === 'ended') return sql`${requests.decidedAt} IS NOT NULL`
  return tab === 'open' ? sql`${requests.state} = 'open'` : sql`${requests.state} = 'waiting'`
}

/** How many requests have been ours for how long, by AGE_STEPS. */
function selectAges(db: Database, now: Date) {
  const counts = AGE_STEPS.map(([name, days], index) => {
    const from = AGE_STEPS[index - 1]?.[1] ?? null
    const isOlder = from === null ? sql`true` : sql`turn_since <= ${now.getTime() - from * DAY_MS}`
    const isYounger = days === null ? sql`true` : sql`turn_since > ${now.getTime() - days * DAY_MS}`
    const count = sql<number>`count(*) FILTER (WHERE ${isOlder} AND ${isYounger})`
    return [name, count.as(`waiting_${name}`)] as const
  })
  return db.select(Object.fromEntries(counts)).from(requests).where(sql`state = 'open'`)
}

export type ListedRequest = Awaited<ReturnType<typeof loadQueue>>['listed'][number]
