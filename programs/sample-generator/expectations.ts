import type { CalendarDate } from '../../src/core/calendar-date.ts'

/** A row that does not simply count, on purpose. `remark`: it counts, and something about it is worth telling. */
export type Peculiar = {
  delivery: string
  member: string
  line: number
  outcome: 'quarantined' | 'skipped' | 'superseded' | 'remark'
  reason: string
}

/** What a set of deliveries must come to when it is imported in the order of the names' times. */
export type Expectations = {
  candidates: number
  seed: number
  today: CalendarDate
  /** One with a full record, and one who has just begun. */
  showcase: string[]
  /** Holds rows about which a later delivery says otherwise: imported last, all of them are superseded. */
  late: string
  deliveries: {
    name: string
    tables: { member: string; rows: number }[]
    peculiar: Omit<Peculiar, 'delivery'>[]
  }[]
}
