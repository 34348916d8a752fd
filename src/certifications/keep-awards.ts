import type { CalendarDate } from '../core/calendar-date.ts'
import type { Database } from '../core/database.ts'
import type { Rules } from '../program/versions.ts'
import { type AwardChanges, awardChanges, keptRenewals } from './award-changes.ts'
import { loadUnevaluated, type Unevaluated } from './award-queries.ts'
import { type AwardWrites, storeAwards } from './award-write-queries.ts'
import { evaluate } from './evaluate.ts'
import type { ReachedMilestone } from './evaluated-award.ts'
import { randomAwardNumber, randomVerificationCode } from './numbers.ts'

/**
 * Brings the awards of up to `limit` candidates in line with their results, and answers for how many it did;
 * callers go on until it answers 0. Two database round trips, however many candidates. Throws when a random
 * number was given before: nothing was written then, and the next call draws another.
 */
export async function keepAwards(db: Database, today: CalendarDate, now: Date, limit = 200): Promise<number> {
  const { rules, unevaluated } = await loadUnevaluated(db, limit)
  const writes: AwardWrites = {
    evaluated: [],
    changed: [],
    created: [],
    renewed: [],
    renewals: [],
    milestones: [],
    mails: [],
  }
  for (const candidate of unevaluated) {
    const changes = changesFor(rules, candidate, today)
    if (changes) addWrites(writes, candidate, changes)
  }
  return writes.evaluated.length === 0 ? 0 : storeAwards(db, writes, now)
}

/** `milestones`: all of them, where one of them is new or other than the record says. */
type CandidateChanges = AwardChanges & { milestones: ReachedMilestone[] | null }

/** One candidate whom the rules cannot follow stays owed, and is no reason to leave the others so. */
function changesFor(rules: Rules, candidate: Unevaluated, today: CalendarDate): CandidateChanges | null {
  try {
    const { awards, milestones } = evaluate(rules, candidate.events)
    const isSame = JSON.stringify(milestones) === JSON.stringify(candidate.milestones)
    return {
      ...awardChanges(awards, candidate.kept, candidate.events.passes, today),
      milestones: isSame ? null : milestones,
    }
  } catch (error) {
    console.error({ message: 'awards not evaluated', error: String(error) })
    return null
  }
}

function addWrites(
  writes: AwardWrites,
  { id: candidateId, revision, hasAddress }: Unevaluated,
  { changed, renewed, created, milestones }: CandidateChanges,
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
    if (!hasAddress || revokedOn !== null) continue
    writes.mails.push({
      dedupeKey: `award/${number}`,
      candidateId,
      template: 'award',
      payload: { certification, awardedOn, expiresOn },
    })
  }
}
