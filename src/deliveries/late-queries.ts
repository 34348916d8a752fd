import { type SQL, sql } from 'drizzle-orm'
import type { CalendarDate } from '../core/calendar-date.ts'
import type { Database } from '../core/database.ts'
import { askTogether } from '../import/row-queries.ts'
import type { LateCursor, LateRegistration } from './late-list.ts'

/** So many are counted; of more it is enough to know that there are more. */
export const MOST_COUNTED = 1000

/**
 * Bookings whose sitting was on that day or before and whose result is not here, the oldest first: of those that the
 * candidate sees as late under Exams. `result_here` is for the index; whether it is here the results say.
 */
export async function listLateRegistrations(
  db: Database,
  asked: { until: CalendarDate; today: CalendarDate; after: LateCursor | null; limit: number },
): Promise<LateRegistration[]> {
  const { until, today, after, limit } = asked
  const isBehind =
    after === null
      ? sql`true`
      : sql`(appointment_on, feed, registration_id) > (${after.on}, ${after.feed}, ${after.registrationId})`
  const [rows] = await askTogether<[LateRegistration]>(db, [
    sql`
      SELECT feed, coalesce((SELECT name FROM feeds WHERE feeds.id = feed), feed) AS feedName,
        registration_id AS registrationId, candidate_id AS candidateId,
        (SELECT full_name FROM candidates WHERE candidates.id = candidate_id) AS fullName, exam, exam_code AS examCode,
        appointment_on AS appointmentOn, site_code AS siteCode, state
      FROM registrations WHERE ${isLate(until, today)} AND ${isBehind}
      ORDER BY appointment_on, feed, registration_id LIMIT ${limit}`,
  ])
  return rows
}

/** How many there are, up to MOST_COUNTED and one more, as a condition for somebody else's question. */
export function lateRegistrations(until: CalendarDate, today: CalendarDate): SQL {
  return sql`SELECT 1 FROM registrations WHERE ${isLate(until, today)} LIMIT ${MOST_COUNTED + 1}`
}

function isLate(until: CalendarDate, today: CalendarDate): SQL {
  return sql`
    result_here = 0 AND state IN ('authorized', 'scheduled', 'rescheduled', 'delivered') AND appointment_on <= ${until}
      AND (state <> 'authorized' OR eligible_to IS NULL OR eligible_to >= ${today})
      AND NOT EXISTS (
        SELECT 1 FROM results
        WHERE results.feed = registrations.feed AND results.registration_id = registrations.registration_id)`
}
