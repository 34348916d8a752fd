import { sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import type { SectionFields } from './read-section-row.ts'
import { inSlices, type Statement } from './row-queries.ts'

export type SectionRow = SectionFields & { vendorTime: number; rowHash: string }

export type StoredSection = { registrationId: string; code: string; vendorTime: number; rowHash: string }

export async function loadSections(
  db: Database,
  feed: string,
  registrationIds: readonly string[],
): Promise<StoredSection[]> {
  return db.all<StoredSection>(sql`
    SELECT registration_id AS registrationId, section_code AS code, vendor_time AS vendorTime, row_hash AS rowHash
    FROM result_sections
    WHERE feed = ${feed}
      AND registration_id IN (SELECT value FROM json_each(${JSON.stringify([...new Set(registrationIds)])}))`)
}

/** Stores how parts of sittings went; a part may arrive before the result that it belongs to. */
export function storeSections(db: Database, feed: string, rows: readonly SectionRow[]): Statement[] {
  return inSlices(
    db,
    rows.map(valuesOf),
    (json) =>
      sql`
      INSERT INTO result_sections (feed, registration_id, section_code, name, percent, score, max_score, vendor_time,
        row_hash)
      SELECT ${feed}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6,
        value ->> 7
      FROM json_each(${json})
      WHERE true
      ON CONFLICT (feed, registration_id, section_code) DO UPDATE SET
        name = excluded.name, percent = excluded.percent, score = excluded.score, max_score = excluded.max_score,
        vendor_time = excluded.vendor_time, row_hash = excluded.row_hash
      WHERE excluded.vendor_time >= result_sections.vendor_time`,
  )
}

function valuesOf(row: SectionRow): unknown[] {
  return [
    row.registrationId,
    row.code,
    row.name,
    row.percent,
    row.score,
    row.maxScore,
    row.vendorTime,
    row.rowHash,
  ]
}
