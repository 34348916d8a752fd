import { sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import type { MatchFacts } from './match-candidate.ts'
import { type MatchAnswers, matchQuestions, readMatchFacts } from './match-queries.ts'
import type { Origin } from './origin.ts'
import type { RegistrationFields } from './read-registration-row.ts'
import { askTogether, inSlices, type Statement } from './row-queries.ts'

export type StoredRegistration = {
  registrationId: string
  candidateId: string
  exam: string
  vendorTime: number
  rowHash: string
}

export type RegistrationRow = Omit<RegistrationFields, 'modifiedAt' | 'vendorCandidateId' | 'person'> & {
  exam: string
  vendorTime: number
  rowHash: string
  line: number
}

export type RegistrationFacts = MatchFacts & {
  registrations: ReadonlyMap<string, StoredRegistration>
  /** Who sat which registration, where its result came first. */
  holders: ReadonlyMap<string, string>
}

type Holder = { registrationId: string; candidateId: string }

export async function loadRegistrationFacts(
  db: Database,
  feed: string,
  rows: readonly RegistrationFields[],
): Promise<RegistrationFacts> {
  const registrationIds = JSON.stringify(rows.map(({ registrationId }) => registrationId))
  const [registrations, holders, ...people] = await askTogether<
    [StoredRegistration, Holder, ...MatchAnswers]
  >(db, [
    sql`
      SELECT registration_id AS registrationId, candidate_id AS candidateId, exam, vendor_time AS vendorTime,
        row_hash AS rowHash
      FROM registrations
      WHERE feed = ${feed} AND registration_id IN (SELECT value FROM json_each(${registrationIds}))`,
    sql`
      SELECT registration_id AS registrationId, candidate_id AS candidateId
      FROM results WHERE feed = ${feed} AND registration_id IN (SELECT value FROM json_each(${registrationIds}))`,
    ...matchQuestions(feed, rows),
  ])
  return {
    registrations: new Map(registrations.map((stored) => [stored.registrationId, stored])),
    holders: new Map(holders.map(({ registrationId, candidateId }) => [registrationId, candidateId])),
    ...readMatchFacts(...people),
  }
}

/** Stores bookings as the vendor's latest row has them. */
export function storeRegistrations(
  db: Database,
  origin: Origin,
  rows: readonly RegistrationRow[],
): Statement[] {
  return inSlices(
    db,
    rows.map(valuesOf),
    (json) =>
      sql`
      INSERT INTO registrations (feed, registration_id, candidate_id, exam, exam_code, client_authorization_id,
        appointment_on, appointment_time, time_zone, site_code, state, eligible_from, eligible_to, vendor_time,
        row_hash, delivery_line, delivery_id, result_here)
      SELECT ${origin.feed.id}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5,
        value ->> 6, value ->> 7, value ->> 8, value ->> 9, value ->> 10, value ->> 11, value ->> 12, value ->> 13,
        value ->> 14, ${origin.deliveryId}, EXISTS (
          SELECT 1 FROM results WHERE results.feed = ${origin.feed.id} AND results.registration_id = value ->> 0)
      FROM json_each(${json})
      WHERE true
      ON CONFLICT (feed, registration_id) DO UPDATE SET
        exam_code = excluded.exam_code, client_authorization_id = excluded.client_authorization_id,
        appointment_on = excluded.appointment_on, appointment_time = excluded.appointment_time,
        time_zone = excluded.time_zone, site_code = excluded.site_code, state = excluded.state,
        eligible_from = excluded.eligible_from, eligible_to = excluded.eligible_to,
        vendor_time = excluded.vendor_time, row_hash = excluded.row_hash,
        delivery_line = excluded.delivery_line, delivery_id = excluded.delivery_id
      WHERE excluded.vendor_time >= registrations.vendor_time`,
  )
}

/** The same values again under a later clock; the feed stands in the JSON for the reason given at confirmResults. */
export function confirmRegistrations(
  db: Database,
  feed: string,
  rows: readonly { registrationId: string; vendorTime: number }[],
): Statement[] {
  return inSlices(
    db,
    rows.map(({ registrationId, vendorTime }) => [feed, registrationId, vendorTime]),
    (json) =>
      sql`
        UPDATE registrations SET vendor_time = max(vendor_time, seen.value ->> 2)
        FROM json_each(${json}) AS seen
        WHERE registrations.feed = seen.value ->> 0 AND registrations.registration_id = seen.value ->> 1`,
  )
}

function valuesOf(row: RegistrationRow): unknown[] {
  return [
    row.registrationId,
    row.candidateId,
    row.exam,
    row.examCode,
    row.clientAuthorizationId,
    row.appointmentOn,
    row.appointmentTime,
    row.timeZone,
    row.siteCode,
    row.state,
    row.eligibleFrom,
    row.eligibleTo,
    row.vendorTime,
    row.rowHash,
    row.line,
  ]
}
