import { type SQL, sql } from 'drizzle-orm'
import type { Brake, ManifestFacts } from '../schema.ts'
import { SENDER_NAME } from './count-columns-queries.ts'
import type { DeliveryFacts } from './delivery-detail.ts'

export type FactsRow = Record<keyof DeliveryFacts, string | number | null>

export function selectFacts(id: string): SQL {
  return sql`
    SELECT delivery.id, delivery.feed, coalesce(feeds.name, delivery.feed) AS feedName,
      feeds.stopped_at IS NOT NULL AS feedIsStopped, delivery.name, delivery.sha256, delivery.bytes,
      delivery.vendor_time AS vendorTime, delivery.received_at AS receivedAt, delivery.received_by AS receivedBy,
      delivery.state, delivery.failure, delivery.started_at AS startedAt, delivery.finished_at AS finishedAt,
      delivery.run, delivery.sender, ${SENDER_NAME} AS senderName, delivery.brakes, delivery.manifest,
      (SELECT staff.name FROM staff WHERE staff.id = delivery.passed_by) AS passedByName,
      delivery.set_aside_by AS setAsideBy,
      (SELECT staff.name FROM staff WHERE staff.id = delivery.set_aside_by) AS setAsideByName,
      delivery.redacted_at AS redactedAt, delivery.raw_deleted_at AS rawDeletedAt
    FROM deliveries AS delivery LEFT JOIN feeds ON feeds.id = delivery.feed WHERE delivery.id = ${id}`
}

export function factsOf(row: FactsRow): DeliveryFacts {
  const instant = (value: unknown) => (value === null ? null : new Date(value as number))
  const json = <Value>(value: unknown) => (value === null ? null : (JSON.parse(value as string) as Value))
  return {
    ...(row as unknown as DeliveryFacts),
    feedIsStopped: row.feedIsStopped === 1,
    vendorTime: new Date(row.vendorTime as number),
    receivedAt: new Date(row.receivedAt as number),
    startedAt: instant(row.startedAt),
    finishedAt: instant(row.finishedAt),
    redactedAt: instant(row.redactedAt),
    rawDeletedAt: instant(row.rawDeletedAt),
    brakes: json<Brake[]>(row.brakes),
    manifest: json<ManifestFacts>(row.manifest),
  }
}
