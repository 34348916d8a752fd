import { type SQL, sql } from 'drizzle-orm'
import type { CalendarDate } from '../core/calendar-date.ts'
import type { Database } from '../core/database.ts'
import { lateRegistrations, MOST_COUNTED } from '../deliveries/late-queries.ts'
import { requests } from '../schema.ts'

const TWO_DAYS_MS = 2 * 86_400_000

export type OpenRequests = { open: number; overTwoDays: number; oldestAt: number | null; doubted: number }

/** What of deliveries waits for somebody; of very many it is enough to know that there are more than MOST_COUNTED. */
export type WaitingDeliveries = { deliveries: number; rows: number; lateResults: number }

/** As a statement for a batch: the requests whose turn is ours, by how long it is, from the index of the queue; and approved
 * courses that a feed took back. */
export function selectOpenRequests(db: Database, now: Date) {
  return db
    .select({
      open: sql<number>`count(*)`.as('open_requests'),
      overTwoDays: sql<number>`count(*) FILTER (WHERE turn_since < ${now.getTime() - TWO_DAYS_MS})`.as(
        'old_requests',
      ),
      oldestAt: sql<number | null>`min(turn_since)`.as('oldest_at'),
      doubted: sql<number>`(
        SELECT count(*) FROM course_completions WHERE doubted_at IS NOT NULL AND request_id IS NOT NULL)`.as(
        'doubted_courses',
      ),
    })
    .from(requests)
    .where(sql`state = 'open'`)
}

/**
 * What waits for a decision: acts on many awards and changes of the program that have been tried on everybody, for a second
 * person; and runs over everybody whose mails nobody has let go yet.
 */
export type WaitingDecisions = { proposals: number; changes: number; heldRuns: number }

/** As a statement for a batch, from the indexes of what is open; of runs there are few. */
export function selectWaitingDecisions(db: Database) {
  return db
    .select({
      proposals: sql<number>`(SELECT count(*) FROM act_proposals WHERE state = 'proposed')`.as(
        'waiting_proposals',
      ),
      changes: sql<number>`(
        SELECT count(*) FROM program_changes AS change WHERE state = 'draft' AND EXISTS (
          SELECT 1 FROM program_runs
          WHERE change_id = change.id AND change_version = change.version AND program_runs.state = 'done'))`.as(
        'waiting_changes',
      ),
      heldRuns: sql<number>`(
        SELECT count(*) FROM program_runs AS run WHERE mails = 'held' AND state = 'done' AND EXISTS (
          SELECT 1 FROM held_mails WHERE run_id = run.id))`.as('held_runs'),
    })
    .from(sql`(SELECT 1)`)
}

/** As a statement for a batch. `until`: the last day whose sittings are late without a result. */
export function selectWaitingDeliveries(db: Database, until: CalendarDate, today: CalendarDate) {
  const counted = (rows: SQL, name: string) => sql<number>`(SELECT count(*) FROM (${rows}))`.as(name)
  return db
    .select({
      deliveries: counted(
        sql`SELECT 1 FROM deliveries WHERE state IN ('needs_review', 'failed') AND set_aside_by IS NULL
          LIMIT ${MOST_COUNTED + 1}`,
        'waiting_deliveries',
      ),
      rows: counted(
        sql`SELECT 1 FROM quarantined_rows WHERE resolved_at IS NULL LIMIT ${MOST_COUNTED + 1}`,
        'waiting_rows',
      ),
      lateResults: counted(lateRegistrations(until, today), 'late_results'),
    })
    .from(sql`(SELECT 1)`)
}
