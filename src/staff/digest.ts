import { calendarDateIn } from '../core/calendar-date.ts'
import { openDatabase } from '../core/database.ts'
import { lastLateAppointment } from '../exams/late-appointments.ts'
import { byDay } from '../mail/by-day.ts'
import type { OwedMail } from '../mail/outbox.ts'
import { isBusinessDay } from '../program/business-days.ts'
import { loadProgram } from '../program/queries.ts'
import { findWaitingWork, oweDigests } from './digest-queries.ts'
import { mayRole } from './permissions.ts'

/** Tells those who decide, on business days, what waits for them; nobody is told that nothing does. */
export async function mailDigest(env: Pick<Env, 'DB'>, now: Date): Promise<void> {
  const db = openDatabase(env.DB)
  const { settings } = await loadProgram(db)
  const today = calendarDateIn(settings.timeZone, now)
  if (!isBusinessDay(settings, today)) return

  const { waiting, staff } = await findWaitingWork(db, {
    until: lastLateAppointment(settings, today),
    today,
    now,
  })
  const isNothing = Object.values(waiting).every((count) => count === 0)
  if (isNothing) return
  const mails = staff
    .filter(({ role }) => mayRole(role, 'requests.decide') || mayRole(role, 'quarantine.decide'))
    .map(
      ({ id, email }): OwedMail => ({
        dedupeKey: `digest/${id}/${today}`,
        candidateId: null,
        recipient: email,
        sendAfter: byDay(settings.timeZone, now).getTime(),
        template: 'staff_digest',
        payload: waiting,
      }),
    )
  if (mails.length > 0) await oweDigests(db, mails, now)
}
