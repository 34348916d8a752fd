import type { CalendarDate } from '../core/calendar-date.ts'
import type { Program } from '../program/program.ts'
import type { KnownCourse } from './course-of-row.ts'
import type { Feed } from './feeds.ts'

/** Where rows come from, and in which program and on which day they are looked at. */
export type Origin = {
  deliveryId: string
  member: string
  feed: Feed
  vendorTime: number
  program: Program
  /** That program, and those that were in force before it, the newest first. */
  programs: readonly Program[]
  courses: readonly KnownCourse[]
  today: CalendarDate
  importedAt: Date
  /** Whether any table of the delivery says different things of one record. */
  hasContradictions: boolean
  /** Whether the rows of each table were compared with each other before, so that they need not be again. */
  isCompared: boolean
  /** Keys of rows for which the whole table says different things. */
  contradicted: ReadonlySet<string>
  /** Whether candidate IDs must be looked up among those that were merged into others, or linked to them by hand. */
  hasAliases: boolean
  /** What the feed calls exams beside the program's codes, in capitals: which of our exams it means. */
  examAliases: ReadonlyMap<string, string>
  /** Whether somebody decided that the rows count although they repeat others, or take a grade back. */
  isDecided: boolean
  /** What earlier tables of a file bring that is only tried: they were decided, and not written. */
  brought?: Brought
}

export type Brought = {
  candidates: ReadonlySet<string>
  /** Whose each registration is. */
  holders: ReadonlyMap<string, string>
  /** Registrations whose results are among them. */
  results: ReadonlySet<string>
}

type Known = { unknownCandidates: ReadonlySet<string>; holders: ReadonlyMap<string, string> }

/** What the record knows, and what earlier tables of a file bring that is only tried. */
export function withBrought<Facts extends Known>({ brought }: Origin, facts: Facts): Facts {
  if (!brought) return facts
  const unknown = [...facts.unknownCandidates].filter((id) => !brought.candidates.has(id))
  return {
    ...facts,
    unknownCandidates: new Set(unknown),
    holders: new Map([...brought.holders, ...facts.holders]),
  }
}
