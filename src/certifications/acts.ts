import type { CalendarDate } from '../core/calendar-date.ts'
import { type Account, placeEndsOn } from './account.ts'
import { type AwardAct, type EvaluatedAward, STAFF_EXTENSION } from './evaluated-award.ts'

/** Does to the awards what the staff did up to a day. An act whose award is not there yet waits for it. */
export function applyActs(account: Account, on: CalendarDate) {
  account.acts = account.acts.filter((act) => {
    const award = act.on <= on && meantBy(act, account.awards, passOf)
    if (award) apply(account, award, act)
    return !award
  })
}

function passOf({ reason }: EvaluatedAward): number | null {
  return reason.pass?.resultId ?? null
}

type Held = Pick<EvaluatedAward, 'certification' | 'awardedOn' | 'expiresOn' | 'revokedOn'>

/** The award of the act's pass or, where none has that, the last of those that were held on its date. */
function meantBy<Award extends Held>(
  act: AwardAct,
  awards: readonly Award[],
  passOf: (award: Award) => number | null,
): Award | undefined {
  const possible = awards.filter(({ certification }) => certification === act.certification)
  const ofPass = act.passId === null ? undefined : possible.find((award) => passOf(award) === act.passId)
  return ofPass ?? possible.findLast((award) => isHeldOn(award, act.awardedOn))
}

function isHeldOn(award: Held, on: CalendarDate): boolean {
  const end = placeEndsOn(award)
  return award.awardedOn <= on && (end === null || on <= end)
}

function apply(account: Account, award: EvaluatedAward, act: AwardAct) {
  switch (act.kind) {
    case 'revoke':
      award.revokedOn = earlierOf(award.revokedOn, act.on)
      return
    case 'suspend':
      award.suspendedOn = earlierOf(award.suspendedOn, act.on)
      return
    case 'reinstate':
      award.suspendedOn = null
      // What has been earned again meanwhile is the award that counts.
      if (isLatest(account, award)) award.revokedOn = null
      return
    case 'extend':
      extend(account, award, act)
      return
    case 'correct':
      correct(account, award, act)
  }
}

/** An act that waited for its award may come after one that counts from a later day. */
function earlierOf(before: CalendarDate | null, on: CalendarDate): CalendarDate {
  return before !== null && before < on ? before : on
}

function extend(account: Account, award: EvaluatedAward, { id, on, toExpiresOn }: AwardAct) {
  const { expiresOn } = award
  if (toExpiresOn === null || expiresOn === null || toExpiresOn <= expiresOn) return
  if (award.revokedOn !== null || !isLatest(account, award)) return
  award.renewals.push({
    renewedOn: on,
    rule: STAFF_EXTENSION,
    act: id,
    cascade: null,
    cascadeFrom: null,
    previousExpiresOn: expiresOn,
    expiresOn: toExpiresOn,
  })
  award.expiresOn = toExpiresOn
}

/**
 * One that would end before it begins, begin after the day of the act, or come to lie across or beyond another holding,
 * changes nothing.
 */
function correct(account: Account, award: EvaluatedAward, act: AwardAct) {
  const awardedOn = act.toAwardedOn ?? award.awardedOn
  const expiresOn = act.toExpiresOn ?? award.expiresOn
  if (expiresOn !== null && expiresOn < awardedOn) return
  if (act.toAwardedOn !== null && act.toAwardedOn > act.on) return
  const holdings = account.awards.filter(({ certification }) => certification === award.certification)
  const place = holdings.indexOf(award)
  const after = { ...award, awardedOn, expiresOn }
  const followsAll = holdings.slice(0, place).every((one) => endsBefore(one, awardedOn))
  const precedesAll = holdings.slice(place + 1).every((one) => endsBefore(after, one.awardedOn))
  if (!followsAll || !precedesAll) return
  award.awardedOn = awardedOn
  award.expiresOn = expiresOn
}

/** True of an award that leaves its place before another begins. */
export function endsBefore(award: Omit<Held, 'certification'>, begins: CalendarDate): boolean {
  const end = placeEndsOn(award)
  return end !== null && end < begins
}

function isLatest({ holdings }: Account, award: EvaluatedAward): boolean {
  return holdings.get(award.certification)?.award === award
}

type KeptHeld = Held & { passId: number | null }

/**
 * When an award that has no basis any more is revoked from, by what the staff did to it; as it was, where they did not.
 * `kept`: all awards on record, it among them.
 */
export function revocationLeft<Award extends KeptHeld>(
  acts: readonly AwardAct[],
  award: Award,
  kept: readonly Award[],
): CalendarDate | null {
  const inOrder = kept.toSorted((a, b) => (a.awardedOn < b.awardedOn ? -1 : 1))
  const about = acts.filter(
    (act) =>
      (act.kind === 'revoke' || act.kind === 'reinstate') &&
      meantBy(act, inOrder, ({ passId }) => passId) === award,
  )
  if (about.length === 0) return award.revokedOn
  return about
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.id - b.id))
    .reduce<CalendarDate | null>(
      (revokedOn, { kind, on }) => (kind === 'reinstate' ? null : earlierOf(revokedOn, on)),
      null,
    )
}
