import { sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import type { Origin } from './origin.ts'
import type { CandidateFields } from './read-candidate-row.ts'
import { inSlices, type Statement } from './row-queries.ts'

export type StoredCandidate = { id: string; rowHash: string; vendorTime: number; hasEmail: number }

export type CandidateRow = CandidateFields & { vendorTime: number; rowHash: string; line: number }

export async function loadCandidates(
  db: Database,
  ids: readonly string[],
): Promise<Map<string, StoredCandidate>> {
  const stored = await db.all<StoredCandidate>(sql`
    SELECT id, row_hash AS rowHash, vendor_time AS vendorTime,
      EXISTS (SELECT 1 FROM candidate_emails WHERE candidate_id = candidates.id) AS hasEmail
    FROM candidates WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`)
  return new Map(stored.map((candidate) => [candidate.id, candidate]))
}

/**
 * Stores people as the vendor's latest row has them. How to reach them is theirs to say: once they have edited
 * their profile, the vendor no longer overwrites it. An ID that was merged or linked while the rows were read makes
 * no new record.
 */
export function storeCandidates(db: Database, origin: Origin, rows: readonly CandidateRow[]): Statement[] {
  return inSlices(
    db,
    rows.map(valuesOf),
    (json) =>
      sql`
      INSERT INTO candidates (id, full_name, given_name, family_name, native_name, company, address_line1,
        address_line2, city, region, postal_code, country, phone, birth_on, vendor_time, row_hash, delivery_line,
        delivery_id, created_at)
      SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7,
        value ->> 8, value ->> 9, value ->> 10, value ->> 11, value ->> 12, value ->> 13, value ->> 14, value ->> 15,
        value ->> 16, ${origin.deliveryId}, ${origin.importedAt.getTime()}
      FROM json_each(${json})
      WHERE NOT EXISTS (SELECT 1 FROM candidate_aliases WHERE alias_id = value ->> 0)
        AND NOT EXISTS (
          SELECT 1 FROM candidate_links WHERE feed = ${origin.feed.id} AND said_id = value ->> 0)
      ON CONFLICT (id) DO UPDATE SET
        full_name = iif(name_decided_at IS NULL, excluded.full_name, full_name),
        given_name = iif(name_decided_at IS NULL, excluded.given_name, given_name),
        family_name = iif(name_decided_at IS NULL, excluded.family_name, family_name),
        native_name = iif(native_name_edited_at IS NULL, coalesce(excluded.native_name, native_name), native_name),
        company = iif(profile_edited_at IS NULL, excluded.company, company),
        address_line1 = iif(profile_edited_at IS NULL, excluded.address_line1, address_line1),
        address_line2 = iif(profile_edited_at IS NULL, excluded.address_line2, address_line2),
        city = iif(profile_edited_at IS NULL, excluded.city, city),
        region = iif(profile_edited_at IS NULL, excluded.region, region),
        postal_code = iif(profile_edited_at IS NULL, excluded.postal_code, postal_code),
        country = iif(profile_edited_at IS NULL, excluded.country, country),
        phone = iif(profile_edited_at IS NULL, excluded.phone, phone),
        birth_on = coalesce(excluded.birth_on, candidates.birth_on),
        vendor_time = excluded.vendor_time, row_hash = excluded.row_hash,
        delivery_line = excluded.delivery_line, delivery_id = excluded.delivery_id
      WHERE excluded.vendor_time >= candidates.vendor_time`,
  )
}

/** The same values again under a later clock. */
export function confirmCandidates(db: Database, rows: readonly CandidateRow[]): Statement[] {
  return inSlices(
    db,
    rows.map(({ candidateId, vendorTime }) => [candidateId, vendorTime]),
    (json) =>
      sql`
        UPDATE candidates SET vendor_time = max(vendor_time, seen.value ->> 1)
        FROM json_each(${json}) AS seen
        WHERE candidates.id = seen.value ->> 0`,
  )
}

/**
 * Adds addresses that are not there yet, as primary where there was none, until the candidate has proved one: from
 * then on addresses are theirs to say. So what they removed does not come back, and no feed hands a record over
 * by naming an address. None is ever taken away.
 */
export function addEmails(db: Database, origin: Origin, rows: readonly CandidateRow[]): Statement[] {
  const addresses = rows.flatMap(({ candidateId, email }) =>
    email === null ? [] : [[candidateId, email.normalize('NFC').toLowerCase(), email]],
  )
  return inSlices(
    db,
    addresses,
    (json) =>
      sql`
      INSERT INTO candidate_emails (candidate_id, normalized, address, is_primary, source, added_at)
      SELECT value ->> 0, value ->> 1, value ->> 2,
        NOT EXISTS (SELECT 1 FROM candidate_emails WHERE candidate_id = value ->> 0 AND is_primary = 1),
        'feed', ${origin.importedAt.getTime()}
      FROM json_each(${json})
      WHERE NOT EXISTS (SELECT 1 FROM candidate_emails WHERE candidate_id = value ->> 0 AND verified_at IS NOT NULL)
      ON CONFLICT DO NOTHING`,
  )
}

function valuesOf(row: CandidateRow): unknown[] {
  return [
    row.candidateId,
    row.fullName,
    row.givenName,
    row.familyName,
    row.nativeName,
    row.company,
    row.addressLine1,
    row.addressLine2,
    row.city,
    row.region,
    row.postalCode,
    row.country,
    row.phone,
    row.birthOn,
    row.vendorTime,
    row.rowHash,
    row.line,
  ]
}
