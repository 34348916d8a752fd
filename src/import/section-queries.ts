import { sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import type { Origin } from './origin.ts'
import type { SectionFields } from './read-section-row.ts'
import { askTogether, inSlices, type Statement } from './row-queries.ts'

export type SectionRow = SectionFields & { vendorTime: number; rowHash: string }

export type StoredSection = { registrationId: string; code: string; vendorTime: number; rowHash: string }

export type SectionFacts = {
  stored: readonly StoredSection[]
  /** Registrations of which nobody has told a result yet. */
  withoutResult: ReadonlySet<string>
}

/**
 * What the record holds about some parts of sittings, in one round trip. A result that came in the same delivery and
 * waits itself has come all the same: its parts are stored, and show as soon as it counts. What waits is read only
 * where a result is missing, since OR looks no further than it must.
 */
export async function loadSectionFacts(
  db: Database,
  { feed, deliveryId }: Pick<Origin, 'feed' | 'deliveryId'>,
  registrationIds: readonly string[],
): Promise<SectionFacts> {
  const asked = JSON.stringify([...new Set(registrationIds)])
  const [stored, orphans] = await askTogether<[StoredSection, { registrationId: string }]>(db, [
    sql`
      SELECT registration_id AS registrationId, section_code AS code, vendor_time AS vendorTime, row_hash AS rowHash
      FROM result_sections
      WHERE feed = ${feed.id} AND registration_id IN (SELECT value FROM json_each(${asked}))`,
    sql`
      SELECT asked.value AS registrationId FROM json_each(${asked}) AS asked
      WHERE NOT (EXISTS (SELECT 1 FROM results WHERE feed = ${feed.id} AND registration_id = asked.value)
        OR asked.value IN (
          SELECT registration_id FROM quarantined_rows
          WHERE delivery_id = ${deliveryId} AND kind = 'result' AND registration_id IS NOT NULL))`,
  ])
  return { stored, withoutResult: new Set(orphans.map(({ registrationId }) => registrationId)) }
}

/** Stores how parts of sittings went. */
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
