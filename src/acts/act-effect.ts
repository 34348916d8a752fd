import type { KeptHolding } from '../certifications/award-changes.ts'
import type { RecordedCandidate } from '../certifications/award-queries.ts'
import { candidateChanges } from '../certifications/award-writes.ts'
import type { AwardAct, Events } from '../certifications/evaluated-award.ts'
import { standingOn } from '../certifications/standing.ts'
import type { CalendarDate } from '../core/calendar-date.ts'
import type { ToldChange } from '../mail/outbox.ts'
import type { Rules } from '../program/versions.ts'
import type { NewAct } from './act.ts'

/** What anybody sees of an award. */
export type AwardFacts = Pick<
  KeptHolding,
  'awardedOn' | 'expiresOn' | 'suspendedOn' | 'revokedOn' | 'emeritusOn' | 'supersededBy'
>

/** `before` and `number` are null for what comes to be held. */
export type AwardEffect = {
  certification: string
  number: string | null
  before: AwardFacts | null
  after: AwardFacts
}

/** All that would change for one candidate. */
export type Effect = { awards: AwardEffect[]; reached: string[]; lost: string[] }

export function changesNothing({ awards, reached, lost }: Effect): boolean {
  return awards.length + reached.length + lost.length === 0
}

/**
 * What other events would change in the record of a candidate, by the very rules that will decide it. What the record owes
 * already is not taken for their doing.
 */
export function effectOf(
  rules: Rules,
  candidate: RecordedCandidate,
  events: Events,
  today: CalendarDate,
): Effect {
  const [before, after] = [candidate.events, events].map((those) =>
    recordAfter(rules, { ...candidate, events: those }, today),
  ) as [Recorded, Recorded]
  const awards = [...after.awards].flatMap(([key, award]): AwardEffect[] => {
    const old = before.awards.get(key)?.facts ?? null
    if (JSON.stringify(old) === JSON.stringify(award.facts)) return []
    const { certification, number, facts } = award
    return [{ certification, number, before: old, after: facts }]
  })
  return {
    awards,
    reached: after.milestones.filter((code) => !before.milestones.includes(code)),
    lost: before.milestones.filter((code) => !after.milestones.includes(code)),
  }
}

type Recorded = {
  awards: Map<number | string, { certification: string; number: string | null; facts: AwardFacts }>
  milestones: string[]
}

/** What the record says once it is brought up to date. */
function recordAfter(rules: Rules, candidate: RecordedCandidate, today: CalendarDate): Recorded {
  const { changed, created, milestones } = candidateChanges(rules, candidate, today)
  const awards: Recorded['awards'] = new Map()
  for (const award of candidate.kept) {
    const { certification, number } = award
    const facts = factsOf(changed.find(({ id }) => id === award.id) ?? award)
    awards.set(award.id, { certification, number, facts })
  }
  for (const award of created) {
    const { certification, awardedOn } = award
    const facts = factsOf({ ...award, supersededBy: null })
    awards.set(`${certification} ${awardedOn}`, { certification, number: null, facts })
  }
  return { awards, milestones: (milestones ?? candidate.milestones).map(({ milestone }) => milestone) }
}

function factsOf({
  awardedOn,
  expiresOn,
  suspendedOn,
  revokedOn,
  emeritusOn,
  supersededBy,
}: AwardFacts): AwardFacts {
  return { awardedOn, expiresOn, suspendedOn, revokedOn, emeritusOn, supersededBy }
}

/** What a mail about some awards tells besides: how the candidate's others stand then, where they change. */
export function toldChanges(
  effects: readonly AwardEffect[],
  numbers: readonly string[],
  today: CalendarDate,
): ToldChange[] {
  return effects
    .filter(({ number }) => number === null || !numbers.includes(number))
    .map(({ certification, before, after }) => {
      const { expiresOn, supersededBy } = after
      const standing = supersededBy === null ? standingOn(today, after) : 'merged'
      return { certification, standing: before === null ? 'awarded' : standing, expiresOn }
    })
}

/** The events with acts that are not written yet: of one day they are the last. */
export function withActs({ acts, ...others }: Events, added: readonly (NewAct & KeptHolding)[]): Events {
  const first = Number.MAX_SAFE_INTEGER - added.length
  const unwritten = added.map(
    ({ kind, certification, passId, awardedOn, on, toAwardedOn, toExpiresOn }, index): AwardAct => {
      return { id: first + index, kind, certification, passId, awardedOn, on, toAwardedOn, toExpiresOn }
    },
  )
  return { ...others, acts: [...acts, ...unwritten] }
}
