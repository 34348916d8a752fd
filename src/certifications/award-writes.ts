import { type CalendarDate, isCalendarDate } from '../core/calendar-date.ts'
import type { Rules } from '../program/versions.ts'
import { type AwardChanges, areSame, awardChanges, keptRenewals } from './award-changes.ts'
import type { RecordedCandidate } from './award-queries.ts'
import type { AwardWrites } from './award-write-queries.ts'
import { evaluate } from './evaluate.ts'
import type { ReachedMilestone } from './evaluated-award.ts'
import { randomAwardNumber, randomVerificationCode } from './numbers.ts'

/** `milestones`: all of them, where one of them is new or other than the record says. */
export type CandidateChanges = AwardChanges & { milestones: ReachedMilestone[] | null }

/** What has to be written so that the record says of one candidate what the rules say. */
export function candidateChanges(
  rules: Rules,
  { events, kept, milestones: before }: Pick<RecordedCandidate, 'events' | 'kept' | 'milestones'>,
  today: CalendarDate,
): CandidateChanges {
  const { awards, milestones } = evaluate(rules, events, today)
  return {
    ...awardChanges(awards, kept, events, today),
    milestones: areSame(milestones, before) ? null : milestones,
  }
}

/** One candidate whom the rules cannot follow stays owed, and is no reason to leave the others so. */
export function changesFor(
  rules: Rules,
  candidate: RecordedCandidate,
  today: CalendarDate,
): CandidateChanges | null {
  try {
    const changes = candidateChanges(rules, candidate, today)
    if (!areStorable(changes)) throw new Error('a date that cannot be stored')
    return changes
  } catch (error) {
    console.error({ message: 'awards not evaluated', error: String(error) })
    return null
  }
}

/** The tables refuse other dates, and with them what is written for everybody else in the batch. */
function areStorable({ changed, created, renewed }: CandidateChanges): boolean {
  const renewals = [...renewed.flatMap((one) => one.renewals), ...created.flatMap((one) => one.renewals)]
  return (
    [...changed, ...created].every(
      ({ awardedOn, expiresOn }) => isCalendarDate(awardedOn) && isNoEarlier(expiresOn, awardedOn),
    ) && renewals.every(({ previousExpiresOn, expiresOn }) => isNoEarlier(expiresOn, previousExpiresOn))
  )
}

function isNoEarlier(expiresOn: CalendarDate | null, than: CalendarDate): boolean {
  return expiresOn === null || (isCalendarDate(expiresOn) && expiresOn >= than)
}

export function noWrites(programVersion: number): AwardWrites {
  return {
    programVersion,
    evaluated: [],
    changed: [],
    created: [],
    renewed: [],
    renewals: [],
    milestones: [],
    mails: [],
  }
}

/** Adds what has to be written for a candidate, and the mails that tell of new awards unless something else does. */
export function addWrites(
  writes: AwardWrites,
  { id: candidateId, revision, hasAddress }: RecordedCandidate,
  { changed, renewed, created, milestones }: CandidateChanges,
  mails: 'with mails' | 'without mails' = 'with mails',
) {
  const owed = { candidateId, revision }
  writes.evaluated.push(owed)
  if (milestones) writes.milestones.push({ ...owed, milestones })
  writes.changed.push(...changed.map((change) => ({ ...owed, ...change })))
  for (const { number, renewals } of renewed) {
    writes.renewed.push({ ...owed, number })
    writes.renewals.push(...renewals.map((renewal) => ({ ...owed, number, ...renewal })))
  }
  for (const award of created) {
    const { certification, awardedOn, expiresOn, suspendedOn, revokedOn, emeritusOn, reason, renewals } =
      award
    const number = randomAwardNumber(certification)
    writes.created.push({
      ...owed,
      certification,
      awardedOn,
      expiresOn,
      suspendedOn,
      revokedOn,
      emeritusOn,
      number,
      verificationCode: randomVerificationCode(),
      reason: JSON.stringify(reason),
    })
    writes.renewals.push(...keptRenewals(renewals).map((renewal) => ({ ...owed, number, ...renewal })))
    if (mails === 'without mails' || !hasAddress || revokedOn !== null) continue
    writes.mails.push({
      dedupeKey: `award/${number}`,
      candidateId,
      template: 'award',
      payload: { certification, awardedOn, expiresOn },
    })
  }
}
