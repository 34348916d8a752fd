import { keepAwards } from '../certifications/keep-awards.ts'
import { calendarDateIn } from '../core/calendar-date.ts'
import { openDatabase } from '../core/database.ts'
import { causeOf } from '../core/failure.ts'
import { handOverOwedMail } from '../mail/hand-over.ts'
import { loadProgram } from '../program/queries.ts'
import { listRunningDeliveries } from './delivery-queries.ts'
import { bundleEvents } from './events/bundle.ts'
import { takeInInbox } from './inbox.ts'
import { replayRound, whileItMay } from './replay-quarantine.ts'
import { rereadQuarantine } from './reread-quarantine.ts'
import { startDeliveries } from './start-deliveries.ts'

/** So that one tick stays far below the platform's limits; the next one goes on. */
const MOST_ROUNDS = 20

/**
 * The scheduler's part: takes in what has arrived, starts what waits, and does what an import owed but did not
 * come to. Each part is tried even if the one before it failed.
 */
export async function runImportTick(env: Env, now: Date): Promise<void> {
  const db = openDatabase(env.DB)
  const failures: unknown[] = []
  const parts = [
    () => takeInInbox(env, now),
    () => bundleEvents(env),
    () => startDeliveries(env, now),
    () => whileItMay(() => rereadQuarantine(env, now)),
    () => whileItMay(() => replayRound(db, now)),
    async () => {
      // An import evaluates those it brought something for once it is through: half of a delivery would give awards, and mail
      // about them, that the other half dates otherwise.
      if ((await listRunningDeliveries(db)).length > 0) return
      const { settings } = await loadProgram(db)
      const today = calendarDateIn(settings.timeZone, now)
      await untilNothingIsLeft(() => keepAwards(db, today, now))
    },
    () => handOverOwedMail(env, now),
  ]
  for (const part of parts) {
    try {
      await part()
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, failures.map(causeOf).join('; '))
}

async function untilNothingIsLeft(work: () => Promise<number>): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round += 1) if ((await work()) === 0) return
}
