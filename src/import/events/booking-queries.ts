import { sql } from 'drizzle-orm'
import type { Database } from '../../core/database.ts'
import type { RegistrationFields } from '../read-registration-row.ts'

/** Everything that is stored of some bookings, by registration. */
export async function loadWholeBookings(
  db: Database,
  feed: string,
  registrationIds: readonly string[],
): Promise<ReadonlyMap<string, RegistrationFields>> {
  const bookings = await db.all<RegistrationFields>(sql`
    SELECT registration_id AS registrationId, candidate_id AS candidateId, exam_code AS examCode, state,
      appointment_on AS appointmentOn, appointment_time AS appointmentTime, time_zone AS timeZone,
      site_code AS siteCode, client_authorization_id AS clientAuthorizationId, eligible_from AS eligibleFrom,
      eligible_to AS eligibleTo, NULL AS modifiedAt
    FROM registrations
    WHERE feed = ${feed} AND registration_id IN (SELECT value FROM json_each(${JSON.stringify(registrationIds)}))`)
  return new Map(bookings.map((booking) => [booking.registrationId, booking]))
}
