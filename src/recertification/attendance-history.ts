import type { CalendarDate } from '../core/calendar-date.ts'
import type { RequestDetails, RequestState } from '../requests/request.ts'
import type { courseValidities } from '../schema.ts'

export type SentClaim = {
  id: number
  state: RequestState
  details: RequestDetails['course_completion']
  createdAt: Date
  decidedAt: Date | null
  isTakenBack: boolean
}

type Validity = (typeof courseValidities)[number]

/** A completion as whoever holds the course told of it, in a feed. */
export type ToldCourse = { course: string; completedOn: CalendarDate; validity: Validity; createdAt: Date }

/** A course on one day, once: as it was sent in, as it was told of, or both. */
export type AttendedCourse = {
  course: string
  completedOn: CalendarDate
  at: Date
  sent: Pick<SentClaim, 'id' | 'state' | 'createdAt' | 'isTakenBack'> | null
  told: Validity | null
}

/** Every claim that was sent in, and every course that was told of and is not among them, the latest first. */
export function attendanceHistory(sent: readonly SentClaim[], told: readonly ToldCourse[]): AttendedCourse[] {
  const toldOf = Map.groupBy(told, keyOf)
  const claims = sent.map(({ details: { course, completedOn }, ...claim }): AttendedCourse => {
    const known = toldOf.get(keyOf({ course, completedOn })) ?? []
    return { course, completedOn, at: claim.createdAt, sent: claim, told: standingOf(known) }
  })
  const claimed = new Set(claims.map(keyOf))
  const others = [...toldOf.values()].flatMap((known): AttendedCourse[] => {
    const first = known[0]!
    return claimed.has(keyOf(first))
      ? []
      : [{ ...first, at: first.createdAt, sent: null, told: standingOf(known) }]
  })
  return [...claims, ...others].sort((a, b) => b.at.getTime() - a.at.getTime())
}

/** It counts as long as one of those who told of it stands by it. */
function standingOf(known: readonly Pick<ToldCourse, 'validity'>[]): Validity | null {
  if (known.length === 0) return null
  return known.some(({ validity }) => validity === 'valid') ? 'valid' : 'revoked'
}

function keyOf({ course, completedOn }: { course: string; completedOn: CalendarDate }): string {
  return `${completedOn} ${course}`
}
