import { sql } from 'drizzle-orm'
import { db } from './builders.ts'

/** Fills the record with other people up to the `count`-th, each with a booking, a result and an award, by a few statements. */
export async function givenBystanders(count: number, from = 1) {
  const people = sql`WITH RECURSIVE people (n) AS (SELECT ${from} UNION ALL SELECT n + 1 FROM people WHERE n < ${count})`
  await db.run(sql`${people}
      INSERT INTO candidates (id, full_name, given_name, family_name, vendor_time, row_hash, delivery_id,
        delivery_line, created_at)
      SELECT 'BYS' || n, 'By Stander', 'By', 'Stander', 0, '-', 'given', n, 0 FROM people`)
  await db.run(sql`${people}
      INSERT INTO registrations (feed, registration_id, candidate_id, exam, exam_code, appointment_on, state,
        vendor_time, row_hash, delivery_id, delivery_line)
      SELECT 'pearson', 'R' || n, 'BYS' || n, 'JNCIA-Junos', 'JN0-106', '2026-12-01', 'scheduled', 0, '-', 'given', n
      FROM people`)
  await db.run(sql`${people}
      INSERT INTO results (feed, registration_id, candidate_id, exam, exam_code, exam_on, delivery, grade, validity,
        vendor_time, row_hash, delivery_id, delivery_line, first_imported_at)
      SELECT 'pearson', 'S' || n, 'BYS' || n, 'JNCIA-Junos', 'JN0-106', '2026-05-04', 'delivered', 'pass', 'valid',
        0, '-', 'given', n, 0 FROM people`)
  await db.run(sql`${people}
      INSERT INTO awards (candidate_id, certification, awarded_on, expires_on, number, verification_code, reason,
        created_at)
      SELECT 'BYS' || n, 'JNCIA-Junos', '2026-05-04', '2029-05-04', 'B-' || n, printf('BYST%012d', n), '{}', 0
      FROM people`)
}
