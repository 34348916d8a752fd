import { calendarDateIn } from '../core/calendar-date.ts'
import { openDatabase } from '../core/database.ts'
import { byDay } from '../mail/by-day.ts'
import type { OwedMail } from '../mail/outbox.ts'
import { loadProgram } from '../program/queries.ts'
import { type DueReminders, dueReminders } from './due-reminders.ts'
import { type DuePlace, listDueAwards, loadRecords, oweReminders } from './queries.ts'

const AWARDS_PER_PAGE = 300
/** Three round trips each: far below what one invocation may. Who is left is due tomorrow, too. */
const MOST_PAGES = 80

/** Tells whoever holds an award 90, 60, 30 and 7 days before it expires, and when it has, in one mail a day at most. */
export async function remindOfExpiry(
  env: Pick<Env, 'DB'>,
  now: Date,
  perPage = AWARDS_PER_PAGE,
): Promise<void> {
  const db = openDatabase(env.DB)
  const program = await loadProgram(db)
  const today = calendarDateIn(program.settings.timeZone, now)

  let after: DuePlace | null = null
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const places = await listDueAwards(db, today, after, perPage)
    const last = places.at(-1)
    if (!last) return
    after = last
    const records = await loadRecords(db, [...new Set(places.map(({ candidateId }) => candidateId))])
    const owed = records.flatMap((record) => {
      const reminders = dueReminders(program, record, today)
      const sendAfter = byDay(record.timeZone ?? program.settings.timeZone, now)
      return reminders.due.length === 0 ? [] : [{ reminders, mail: mailOf(record.id, reminders, sendAfter) }]
    })
    if (owed.length > 0)
      await oweReminders(
        db,
        owed.flatMap(({ reminders }) => reminders.due),
        owed.map(({ mail }) => mail),
        now,
      )
  }
}

/** The same reminders are the same mail, whoever owes them first. */
function mailOf(candidateId: string, { due, advice }: DueReminders, sendAfter: Date): OwedMail {
  const which = due.map(({ awardId, kind, expiresOn }) => `${awardId}-${kind}-${expiresOn}`).sort()
  return {
    dedupeKey: `expiry/${which.join('/')}`,
    candidateId,
    sendAfter: sendAfter.getTime(),
    template: 'expiry_reminder',
    payload: {
      awards: due.map(({ number, certification, expiresOn, graceUntil }) => ({
        number,
        certification,
        expiresOn,
        ...(graceUntil !== null && { graceUntil }),
      })),
      advice,
    },
  }
}
