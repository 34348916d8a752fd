import type { CalendarDate } from '../core/calendar-date.ts'
import type { Database } from '../core/database.ts'
import type { Program } from '../program/program.ts'
import { type AwardChanges, awardChanges, keptRenewals } from './award-changes.ts'
import { loadUnevaluated, type Unevaluated } from './award-queries.ts'
import { type AwardWrites, storeAwards } from './award-write-queries.ts'
import { evaluateAwards } from './evaluate.ts'
import { randomAwardNumber, randomVerificationCode } from './numbers.ts'

/**
 * Brings the awards of up to `limit` candidates in line with their results, and answers for how many it did;
 * callers go on until it answers 0. Two database round trips, however many candidates. Throws when a random
 * number was given before: nothing was written then, and the next call draws another.
 */
export async function keepAwards(db: Database, today: CalendarDate, now: Date, limit = 200): Promise<number> {
  const { program, unevaluated } = await loadUnevaluated(db, limit)
  const writes: AwardWrites = {
    evaluated: [],
    changed: [],
    created: [],
    renewed: [],
    renewals: [],
    mails: [],
  }
  for (const candidate of unevaluated) {
    const changes = changesFor(program, candidate, today)
    if (changes) addWrites(writes, candidate, changes)
  }
  return writes.evaluated.length === 0 ? 0 : storeAwards(db, writes, now)
}

/** One candidate whom the rules cannot follow stays owed, and is no reason to leave the others so. */
function changesFor(program: Program, candidate: Unevaluated, today: CalendarDate): AwardChanges | null {
  try {
    const evaluated = evaluateAwards(program, candidate.passes, candidate.completions)
    return awardChanges(evaluated, candidate.kept, candidate.passes, today)
  } catch (error) {
    console.error({ message: 'awards not evaluated', error: String(error) })
    return null
  }
}

function addWrites(
  writes: AwardWrites,
  { id: candidateId, revision, hasAddress }: Unevaluated,
  { changed, renewed, created }: AwardChanges,
) {
  const owed = { candidateId, revision }
  writes.evaluated.push(owed)
  writes.changed.push(...changed.map((change) => ({ ...owed, ...change })))
  for (const { number, renewals } of renewed) {
    writes.renewed.push({ ...owed, number })
    writes.renewals.push(...renewals.map((renewal) => ({ ...owed, number, ...renewal })))
  }
  for (const { certification, awardedOn, expiresOn, reason, renewals } of created) {
    const number = randomAwardNumber(certification)
    writes.created.push({
      ...owed,
      certification,
      awardedOn,
      expiresOn,
      number,
      verificationCode: randomVerificationCode(),
      reason: JSON.stringify(reason),
    })
    writes.renewals.push(...keptRenewals(renewals).map((renewal) => ({ ...owed, number, ...renewal })))
    if (!hasAddress) continue
    writes.mails.push({
      dedupeKey: `award/${number}`,
      candidateId,
      template: 'award',
      payload: { certification, awardedOn, expiresOn },
    })
  }
}
