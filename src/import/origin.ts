import type { CalendarDate } from '../core/calendar-date.ts'
import type { Program } from '../program/program.ts'
import type { Feed } from './feeds.ts'

/** Where rows come from, and in which program and on which day they are looked at. */
export type Origin = {
  deliveryId: string
  member: string
  feed: Feed
  vendorTime: number
  program: Program
  today: CalendarDate
  importedAt: Date
  /** Whether candidate IDs must be looked up among those that were merged into others. */
  hasAliases: boolean
}
