import type { AwardAct } from '../../../src/certifications/evaluated-award.ts'
import type { CalendarDate } from '../../../src/core/calendar-date.ts'
import type { Day } from './days.ts'
import {
  awardsOf,
  type CandidateRecord,
  lastDayOf,
  type NaiveAward,
  withChanged,
  withRenewal,
} from './record.ts'

/** Step 1, and again after each award: what was not done yet and has its award now. */
export function doActs(day: Day, record: CandidateRecord): CandidateRecord {
  return day.acts
    .filter(({ id }) => !record.actsDone.includes(id))
    .reduce((before, act) => {
      const award = awardOf(act, awardsOf(before, act.certification))
      if (!award) return before
      const after = ACTS[act.kind](before, act, award)
      return { ...after, actsDone: [...after.actsDone, act.id] }
    }, record)
}

function awardOf(act: AwardAct, awards: NaiveAward[]): NaiveAward | undefined {
  const byItsPass = awards.find(({ reason }) => reason.pass !== null && reason.pass === act.passId)
  const inPlace = awards.filter((award) => isInPlace(award, act.awardedOn))
  return byItsPass ?? inPlace.at(-1)
}

function isInPlace(award: NaiveAward, on: CalendarDate): boolean {
  return on === award.awardedOn || (award.awardedOn < on && on <= (lastDayOf(award) ?? EVER))
}

const EVER = '9999-12-31'

type Done = (record: CandidateRecord, act: AwardAct, award: NaiveAward) => CandidateRecord

const ACTS: Record<AwardAct['kind'], Done> = {
  revoke: (record, act, award) => withChanged(record, award, { revokedOn: earlier(award.revokedOn, act.on) }),

  suspend: (record, act, award) =>
    withChanged(record, award, { suspendedOn: earlier(award.suspendedOn, act.on) }),

  reinstate: (record, _, award) =>
    withChanged(record, award, {
      suspendedOn: null,
      revokedOn: isAwardedAgain(record, award) ? award.revokedOn : null,
    }),

  extend: (record, act, award) => {
    const moves = act.toExpiresOn !== null && award.expiresOn !== null && act.toExpiresOn > award.expiresOn
    if (!moves || award.revokedOn !== null || isAwardedAgain(record, award)) return record
    return withRenewal(record, award, {
      renewedOn: act.on,
      rule: 'staff-extension',
      what: `act ${act.id}`,
      expiresOn: act.toExpiresOn!,
    })
  },

  correct: (record, act, award) => {
    const awardedOn = act.toAwardedOn ?? award.awardedOn
    const expiresOn = act.toExpiresOn ?? award.expiresOn
    const beginsTooLate = act.toAwardedOn !== null && act.on < act.toAwardedOn
    const endsBefore = expiresOn !== null && expiresOn < awardedOn
    const others = awardsOf(record, award.certification).filter((other) => other !== award)
    const corrected = { ...award, awardedOn, expiresOn }
    const overlaps = others.some(
      (other) => isInPlace(other, awardedOn) || isInPlace(corrected, other.awardedOn),
    )
    const passesBy = others.some((other) => other.awardedOn < award.awardedOn !== other.awardedOn < awardedOn)
    return beginsTooLate || endsBefore || overlaps || passesBy
      ? record
      : withChanged(record, award, { awardedOn, expiresOn })
  },
}

function isAwardedAgain(record: CandidateRecord, award: NaiveAward): boolean {
  return awardsOf(record, award.certification).at(-1) !== award
}

function earlier(before: string | null, on: string): string {
  return before !== null && before < on ? before : on
}
