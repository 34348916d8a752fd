import { calendarDateIn } from '../core/calendar-date.ts'
import { openDatabase } from '../core/database.ts'
import { lastLateAppointment } from '../exams/late-appointments.ts'
import { byDay } from '../mail/by-day.ts'
import type { OwedMail } from '../mail/outbox.ts'
import { isBusinessDay } from '../program/business-days.ts'
import { loadProgram } from '../program/queries.ts'
import { findWaitingWork, oweDigests } from './digest-queries.ts'
import { mayRole, type Role } from './permissions.ts'

/**
 * Tells those who decide, on business days, what waits for them; nobody is told that nothing does. The business day is the
 * one on which they read it, which may begin only hours after it was written.
 */
export async function mailDigest(env: Pick<Env, 'DB'>, now: Date): Promise<void> {
  const db = openDatabase(env.DB)
  const { settings } = await loadProgram(db)
  const today = calendarDateIn(settings.timeZone, now)
  const sendAfter = byDay(settings.timeZone, now)
  const readOn = calendarDateIn(settings.timeZone, sendAfter)
  if (!isBusinessDay(settings, readOn)) return

  const { waiting, staff } = await findWaitingWork(db, {
    until: lastLateAppointment(settings, today),
    today,
    now,
  })
  const mails = staff.flatMap(({ id, email, role }): OwedMail[] => {
    const payload = concerning(role, waiting)
    if (Object.values(payload).every((count) => count === 0)) return []
    const owed = { dedupeKey: `digest/${id}/${readOn}`, candidateId: null, sendAfter: sendAfter.getTime() }
    return [{ ...owed, recipient: email, template: 'staff_digest', payload }]
  })
  if (mails.length > 0) await oweDigests(db, mails, now)
}

const NOTHING = {
  open: 0,
  overTwoDays: 0,
  deliveries: 0,
  rows: 0,
  lateResults: 0,
  doubted: 0,
  proposals: 0,
  changes: 0,
  heldRuns: 0,
}

/** What of it somebody may decide: all of it, only what is about changes of the program, or nothing. */
function concerning(role: Role, waiting: typeof NOTHING): typeof NOTHING {
  const { changes, heldRuns } = mayRole(role, 'program.change') ? waiting : NOTHING
  return { ...(mayRole(role, 'requests.decide') ? waiting : NOTHING), changes, heldRuns }
}
