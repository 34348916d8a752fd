import type { CalendarDate } from '../core/calendar-date.ts'
import { levelRank } from '../program/catalogue.ts'
import type { Cascade, Certification, Course, Exam, Program, RenewalRule } from '../program/program.ts'
import { selectsCertification, selectsExam, selectsPlace, shareTrack } from '../program/selectors.ts'

/**
 * What may renew: an exam that was passed, with what it earned at once, a certification that was earned, or a course that
 * was completed and may renew what it is for.
 */
export type RenewalEvent = { countsFrom: CalendarDate } & (
  | { passed: Exam; earns: readonly Certification[] }
  | { earned: Certification }
  | { completed: Course; mayRenew: (certification: Certification) => boolean }
)

/** What is in grace is renewed like what is active, and gives no right to anything. */
type Held = { certification: Certification; isInGrace?: boolean }

/** `cascade` is null when the rule itself names the certification. */
export type RenewalMatch<Holding, Event> = {
  holding: Holding
  event: Event
  rule: Pick<RenewalRule, 'id' | 'name'>
  cascade: { rule: Cascade; from: Certification } | null
}

/**
 * Which of the awards active on a day the events of that day renew, and by what right: at most one match
 * for each, the one that counts from the latest date, a rule before a cascade. An award is matched
 * whether or not its expiry then moves; what earned it never renews it.
 */
export function renewalMatches<Holding extends Held, Event extends RenewalEvent>(
  program: Program,
  active: readonly Holding[],
  events: readonly Event[],
): RenewalMatch<Holding, Event>[] {
  const direct = active
    .flatMap((holding) => directMatch(program, active, holding, events) ?? [])
    .sort((a, b) => upward(program, a.holding.certification, b.holding.certification))
  if (direct.length === 0) return []
  return active.flatMap((holding) => {
    const own = direct.filter((match) => match.holding === holding)
    const carriedOn = direct.flatMap((match) => cascadedMatch(program, match, holding) ?? [])
    return latestMatch([...own, ...carriedOn]) ?? []
  })
}

/** By what they are, since the program may not have them any more. */
function upward(program: Program, a: Certification, b: Certification): number {
  return levelRank(program, a) - levelRank(program, b) || (a.code < b.code ? -1 : 1)
}

function directMatch<Holding extends Held, Event extends RenewalEvent>(
  program: Program,
  active: readonly Held[],
  holding: Holding,
  events: readonly Event[],
): RenewalMatch<Holding, Event> | null {
  const rules = program.renewal.rules.filter(({ renews }) =>
    selectsCertification(renews, holding.certification),
  )
  const byRules = rules.flatMap((rule) =>
    events
      .filter((event) => triggers(rule, event, holding, active))
      .map((event) => ({ holding, event, rule, cascade: null })),
  )
  const byCourses = events
    .filter((event) => renewsByCourse(event, holding))
    .map((event) => ({ holding, event, rule: program.renewal.course, cascade: null }))
  return latestMatch([...byRules, ...byCourses])
}

function renewsByCourse(event: RenewalEvent, { certification }: Held): boolean {
  if (!('completed' in event)) return false
  return event.completed.renews.includes(certification.code) && event.mayRenew(certification)
}

function triggers(
  { by }: RenewalRule,
  event: RenewalEvent,
  { certification }: Held,
  active: readonly Held[],
) {
  if ('completed' in event) return false
  if ('earned' in event) {
    if (!by.earning || event.earned === certification) return false
    return selectsCertification(by.earning, event.earned)
  }
  const { passed, earns } = event
  if (!by.passing || earns.includes(certification) || !selectsExam(by.passing, passed)) return false

  const { sameTrack, inTrackOfActive } = by.passing
  if (sameTrack && !shareTrack(certification, passed)) return false
  return (
    !inTrackOfActive ||
    active.some(
      (held) =>
        held.isInGrace !== true &&
        selectsCertification(inTrackOfActive, held.certification) &&
        shareTrack(held.certification, passed),
    )
  )
}

function cascadedMatch<Holding extends Held, Event extends RenewalEvent>(
  program: Program,
  { holding: { certification: from }, event, rule }: RenewalMatch<Holding, Event>,
  holding: Holding,
): RenewalMatch<Holding, Event> | null {
  const { certification } = holding
  if (certification === from) return null
  const cascade = program.renewal.cascades.find(
    ({ renews }) =>
      selectsPlace(renews, certification) &&
      (!renews.sameTrack || shareTrack(certification, from)) &&
      (!renews.lower || levelRank(program, certification) < levelRank(program, from)),
  )
  return cascade ? { holding, event, rule, cascade: { rule: cascade, from } } : null
}

/** The first of those that count from the latest date. */
function latestMatch<Match extends { event: RenewalEvent }>(matches: readonly Match[]): Match | null {
  let latest: Match | null = null
  for (const match of matches) {
    if (latest === null || match.event.countsFrom > latest.event.countsFrom) latest = match
  }
  return latest
}
