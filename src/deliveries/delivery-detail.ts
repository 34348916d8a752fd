import type { Counts } from '../import/row.ts'
import { noCounts } from '../import/row.ts'
import type { StagedTable } from '../import/staging-queries.ts'
import type {
  Brake,
  courseValidities,
  deliveryOutcomes,
  grades,
  ManifestFacts,
  memberKinds,
  validities,
} from '../schema.ts'
import type { SentBy } from './delivery-list.ts'
import type { StoredState } from './delivery-standing.ts'
import type { Progress } from './progress.ts'

export type DeliveryFacts = StoredState &
  SentBy & {
    id: string
    feed: string
    feedName: string
    feedIsStopped: boolean
    name: string
    sha256: string
    bytes: number
    vendorTime: Date
    receivedAt: Date
    startedAt: Date | null
    finishedAt: Date | null
    run: number
    failure: string | null
    brakes: readonly Brake[] | null
    passedByName: string | null
    setAsideByName: string | null
    manifest: ManifestFacts | null
    redactedAt: Date | null
    rawDeletedAt: Date | null
  }

export type Member = {
  number: number
  name: string
  kind: (typeof memberKinds)[number]
  bytes: number
  encoding: string | null
  lines: number | null
  note: string | null
}

export type MemberCounts = Counts & { member: string }

/** A row that was kept with a reason: it waits, is a remark on one that counts, or was settled since. */
export type KeptRow = {
  member: string
  line: number
  kind: string
  reason: string
  message: string
  state: 'waits' | 'remark' | 'settled'
}

export type MadeVersion = {
  resultId: number | null
  member: string
  line: number
  outcome: 'new' | 'changed' | 'superseded'
  registrationId: string
  candidateId: string
  examCode: string
  delivery: (typeof deliveryOutcomes)[number]
  grade: (typeof grades)[number]
  validity: (typeof validities)[number]
}

export type CompletedCourse = {
  member: string
  line: number
  enrolmentId: string
  course: string
  completedOn: string
  validity: (typeof courseValidities)[number]
}

export type Namesake = StoredState & { id: string; receivedAt: Date; bytes: number }

export type Page<Item> = { shown: readonly Item[]; next: string | null }

export type DeliveryDetail = {
  delivery: DeliveryFacts
  /** Whether there are more members than are told of. */
  members: readonly (Member & { counts: Counts })[]
  hasMoreMembers: boolean
  counts: Counts
  progress: Progress
  /** What a run that was stopped would have applied, by member. */
  tables: readonly (StagedTable & { member: string })[]
  problems: Page<KeptRow>
  versions: Page<MadeVersion>
  courses: Page<CompletedCourse>
  namesakes: readonly Namesake[]
}

const AGAIN = ' (again)'

/** Rows that were tried again are counted under a name of their own: they are their member's. */
export function countsByMember(
  members: readonly Member[],
  counted: readonly MemberCounts[],
): Map<string, Counts> {
  const names = new Set(members.map(({ name }) => name))
  const byMember = new Map<string, Counts>()
  for (const { member, ...counts } of counted) {
    const name = !names.has(member) && member.endsWith(AGAIN) ? member.slice(0, -AGAIN.length) : member
    byMember.set(name, addCounts(byMember.get(name) ?? noCounts(), counts))
  }
  return byMember
}

export function addCounts(one: Counts, other: Counts): Counts {
  return {
    read: one.read + other.read,
    new: one.new + other.new,
    changed: one.changed + other.changed,
    unchanged: one.unchanged + other.unchanged,
    superseded: one.superseded + other.superseded,
    quarantined: one.quarantined + other.quarantined,
    skipped: one.skipped + other.skipped,
  }
}

/** A line of a member, as a place behind which a page begins. */
export type LineCursor = { member: string; line: number }

export function lineCursorOf({ member, line }: LineCursor): string {
  return `${line}.${member}`
}

/** Anything else begins at the first page. */
export function readLineCursor(text: string | undefined): LineCursor | null {
  const [, line, member] = /^(\d{1,15})\.(.{0,1000})$/su.exec(text ?? '') ?? []
  return line !== undefined && member !== undefined ? { line: Number(line), member } : null
}
