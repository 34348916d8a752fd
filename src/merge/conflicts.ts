import type { CalendarDate } from '../core/calendar-date.ts'

/** A booking or an outcome, as far as it says that one person was somewhere. Times are those on the centre's wall. */
export type Sitting = {
  feed: string
  registrationId: string
  exam: string
  /** Null for a booking without an appointment. */
  on: CalendarDate | null
  time: string | null
  /** True for a delivered exam, false for what came to nothing, null for a booking of which that is not known. */
  delivered: boolean | null
}

export type ConflictKind = 'same_registration' | 'same_exam_same_day' | 'same_time'

/** Why two records may not be of one person. Only staff, who can ask the vendor, can say whether they are. */
export type Conflict = { kind: ConflictKind; registrationIds: [string, string] }

/**
 * What speaks against two records being of one person: a registration that stands with one and has its outcome with
 * the other, the same exam sat twice in a day, or two sittings at the same time.
 */
export function conflictsBetween(kept: readonly Sitting[], merged: readonly Sitting[]): Conflict[] {
  return kept.flatMap((one) =>
    merged.flatMap((other) => {
      const kind = conflictOf(one, other)
      return kind === null ? [] : [{ kind, registrationIds: [one.registrationId, other.registrationId] }]
    }),
  )
}

function conflictOf(one: Sitting, other: Sitting): ConflictKind | null {
  if (one.feed === other.feed && one.registrationId === other.registrationId) return 'same_registration'
  if (one.on === null || one.on !== other.on) return null
  if (one.delivered && other.delivered && one.exam === other.exam) return 'same_exam_same_day'
  const tookPlace = one.delivered !== false && other.delivered !== false
  return tookPlace && one.time !== null && one.time === other.time ? 'same_time' : null
}
