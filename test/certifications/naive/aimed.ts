import fc from 'fast-check'
import type { AwardAct, EvaluatedAward } from '../../../src/certifications/evaluated-award.ts'
import { addDays, addMonths, type CalendarDate } from '../../../src/core/calendar-date.ts'

/** A day near one of the dates of an award; drawn as numbers before it is known which awards there are. */
export const anyAim = fc.record({
  award: fc.nat({ max: 20 }),
  edge: fc.constantFrom('award', 'expiry', 'expiry', 'renewal'),
  days: fc.constantFrom(0, 0, 0, 1, 1, -1, 2, 30, 31, 60, 61),
  months: fc.constantFrom(0, 0, 0, 0, -3, 3, 12),
})
export type Aim = typeof anyAim extends fc.Arbitrary<infer One> ? One : never

export const anyAimedAct = fc.record({
  kind: fc.constantFrom(
    'revoke',
    'suspend',
    'reinstate',
    'reinstate',
    'extend',
    'extend',
    'correct',
    'correct',
  ),
  on: anyAim,
  isByPass: fc.boolean(),
  movedDays: fc.constantFrom(0, 0, 0, 0, -1, 1, -90, 90, 400),
  toAwardedOn: fc.option(anyAim),
  toExpiresOn: fc.option(anyAim, { freq: 4 }),
})
export type AimedAct = typeof anyAimedAct extends fc.Arbitrary<infer One> ? One : never

const WITHOUT_AWARDS = '2021-07-31'

export function edgeOf(awards: readonly EvaluatedAward[], { award, edge, days, months }: Aim): CalendarDate {
  const found = awards[award % Math.max(awards.length, 1)]
  return addDays(addMonths(found ? dateOf(found, edge) : WITHOUT_AWARDS, months), days)
}

function dateOf({ awardedOn, expiresOn, renewals }: EvaluatedAward, edge: Aim['edge']): CalendarDate {
  if (edge === 'renewal') return renewals.at(-1)?.renewedOn ?? awardedOn
  return edge === 'award' ? awardedOn : (expiresOn ?? awardedOn)
}

export function actAt(awards: readonly EvaluatedAward[], drawn: AimedAct, id: number): AwardAct {
  const { kind, on, isByPass, movedDays, toAwardedOn, toExpiresOn } = drawn
  const award = awards[on.award % awards.length]!
  const dateOf = (aim: Aim | null) => (aim ? edgeOf(awards, aim) : null)
  return {
    id,
    kind: kind as AwardAct['kind'],
    certification: award.certification,
    passId: isByPass ? (award.reason.pass?.resultId ?? null) : null,
    awardedOn: addDays(award.awardedOn, movedDays),
    on: edgeOf(awards, on),
    toAwardedOn: kind === 'correct' ? dateOf(toAwardedOn) : null,
    toExpiresOn: kind === 'correct' || kind === 'extend' ? dateOf(toExpiresOn) : null,
  }
}
