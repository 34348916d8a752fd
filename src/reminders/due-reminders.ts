import { certificationStatus, type HeldAward, isActive } from '../certifications/certification-status.ts'
import { keepingsFor } from '../certifications/kept-awards.ts'
import { type QuickestRenewal, quickestRenewal } from '../certifications/quickest-renewal.ts'
import type { AwardRecord, AwardRow } from '../certifications/status-queries.ts'
import { type CalendarDate, calendarDateIn } from '../core/calendar-date.ts'
import type { Program } from '../program/program.ts'
import { type ReminderKind, reminderKind } from './reminder-kinds.ts'

export type RemindedAward = AwardRow & { createdAt: Date }

/** A reminder that was owed, for one expiry date of an award. */
export type Reminded = { awardId: number; expiresOn: CalendarDate; kind: ReminderKind }

export type DueReminder = Reminded & {
  number: string
  certification: string
  /** How long one that has expired may still be renewed. */
  graceUntil: CalendarDate | null
}

export type DueReminders = { due: DueReminder[]; advice: QuickestRenewal | null }

type Record = Omit<AwardRecord, 'awards'> & { awards: RemindedAward[]; reminded: readonly Reminded[] }

/**
 * What a candidate is to be reminded of on a day, and what keeps most of it. Nothing of an award that the program
 * suspended or revoked, nor of one whose certification is held again, nor that was over before it came to us.
 */
export function dueReminders(program: Program, record: Record, today: CalendarDate): DueReminders {
  const known = new Set(record.reminded.map(keyOf))
  const createdAt = new Map(record.awards.map((award) => [award.id, award.createdAt]))
  const wasOver = ({ id, expiresOn }: HeldAward) =>
    expiresOn !== null && expiresOn < calendarDateIn(program.settings.timeZone, createdAt.get(id)!)
  const { awards } = certificationStatus(program, record, today)
  const found = awards.flatMap((award) => {
    const { id, number, certification, expiresOn, standing, regained, graceUntil } = award
    const kind = expiresOn === null ? null : reminderKind(today, expiresOn)
    const counts = isActive(award) || (standing === 'expired' && !regained && !wasOver(award))
    if (expiresOn === null || kind === null || !counts) return []
    const due = { awardId: id, expiresOn, kind, number, certification, graceUntil }
    return known.has(keyOf(due)) ? [] : [{ award, due }]
  })
  const told = found.map(({ award }) => award)
  const keepings = keepingsFor(record, awards, today, told)
  return {
    due: found.map(({ due }) => due),
    advice: quickestRenewal(
      keepings,
      told.map(({ certification }) => certification),
    ),
  }
}

function keyOf({ awardId, expiresOn, kind }: Reminded): string {
  return `${awardId} ${expiresOn} ${kind}`
}
