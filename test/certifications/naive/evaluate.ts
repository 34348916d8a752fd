import type { Events } from '../../../src/certifications/evaluated-award.ts'
import { addMonths, type CalendarDate } from '../../../src/core/calendar-date.ts'
import type { Rules } from '../../../src/program/versions.ts'
import { doActs } from './acts.ts'
import { giveAwards } from './awards.ts'
import { counts, keepCredits } from './credits.ts'
import { type Day, daysOf, describedOn } from './days.ts'
import { activeOn } from './direct-renewals.ts'
import { emeritusOn } from './emeritus.ts'
import { type CandidateRecord, latestAwards, NOTHING, withRenewal } from './record.ts'
import { noteLate, renew } from './renewals.ts'
import { takes } from './selections.ts'

/** What programs/rules.md says, as slowly and as plainly as it says it; written from that page alone. */
export function naiveEvaluate(rules: Rules, events: Events, today: CalendarDate) {
  const record = daysOf(rules, events, today).reduce(liveThrough, NOTHING)
  return {
    awards: record.awards.map(({ givenOn, ...award }) => ({
      ...award,
      emeritusOn: emeritusOn(rules, award),
    })),
    waiting: record.kept.filter(({ certification, credit }) => counts(record, certification, credit)),
    milestones: record.milestones,
  }
}

function liveThrough(record: CandidateRecord, day: Day): CandidateRecord {
  return STEPS.reduce<CandidateRecord>((before, step) => step(day, before), { ...record, givenToday: [] })
}

const STEPS: ((day: Day, record: CandidateRecord) => CandidateRecord)[] = [
  doActs,
  extend,
  keepCredits,
  giveAwards,
  noteLate,
  renew,
  reachMilestones,
]

/** Step 2. */
function extend(day: Day, record: CandidateRecord): CandidateRecord {
  return day.extensions.reduce(
    (before, { id, expiresFrom, expiresUntil, months, renews }) =>
      latestAwards(before).reduce((record, award) => {
        if (award.revokedOn !== null || award.expiresOn === null) return record
        const isInWindow = expiresFrom <= award.expiresOn && award.expiresOn <= expiresUntil
        if (!isInWindow || (renews && !takes(renews, describedOn(day, award)))) return record
        const expiresOn = addMonths(award.expiresOn, months)
        if (expiresOn === award.expiresOn) return record
        return withRenewal(record, award, {
          renewedOn: day.on,
          rule: id,
          what: `extension ${id}`,
          expiresOn,
        })
      }, before),
    record,
  )
}

/** Step 6. */
function reachMilestones(day: Day, record: CandidateRecord): CandidateRecord {
  const active = activeOn(day, record)
  const reached = day.program.milestones
    .filter(({ code }) => !record.milestones.some(({ milestone }) => milestone === code))
    .filter(({ counts }) =>
      counts.every(({ of, atLeast }) => active.filter((one) => takes(of, one)).length >= atLeast),
    )
    .map(({ code, counts }) => ({
      milestone: code,
      reachedOn: day.on,
      certifications: active
        .filter((one) => counts.some(({ of }) => takes(of, one)))
        .map((certification) => certification.code)
        .sort(),
    }))
  return { ...record, milestones: [...record.milestones, ...reached] }
}
