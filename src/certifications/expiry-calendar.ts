import ical, { ICalAlarmType, ICalCalendarMethod, ICalEventTransparency } from 'ical-generator'
import { addDays } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import { formatList } from '../layout/lists.ts'
import type { Program } from '../program/program.ts'
import type { HeldAward } from './certification-status.ts'
import { waysToKeep } from './quickest-renewal.ts'
import { examName } from './wording.ts'

/** As long before as the mails that say the same. */
const ALARM_DAYS = [90, 60, 30, 7] as const
const DAY_SECONDS = 86_400

type Context = { t: Translate; program: Program; statusUrl: string; now: Date }

/**
 * The expiry dates of awards as an iCalendar file (RFC 5545), one whole day each. An award keeps its UID, so that a file
 * that is taken in again moves its day instead of adding another. Awards that never expire are left out; null for none.
 */
export function expiryCalendar(awards: readonly HeldAward[], context: Context): string | null {
  const { t, program, statusUrl, now } = context
  const dated = awards.flatMap(({ expiresOn, ...award }) =>
    expiresOn === null ? [] : [{ ...award, expiresOn }],
  )
  if (dated.length === 0) return null

  const calendar = ical({
    name: t('certifications.calendar.name', { program: program.name }),
    prodId: { company: 'Testamur', product: 'Record office', language: t.locale.toUpperCase() },
    method: ICalCalendarMethod.PUBLISH,
  })
  for (const award of dated) {
    const { number, name, expiresOn, options } = award
    const event = calendar.createEvent({
      id: `${number}@${new URL(statusUrl).host}`,
      // Whole days have no zone: midnight in UTC is written as the date alone.
      start: midnight(expiresOn),
      end: midnight(addDays(expiresOn, 1)),
      allDay: true,
      stamp: now,
      summary: t('certifications.calendar.summary', { certification: name }),
      description: descriptionOf(options, context),
      url: statusUrl,
      transparency: ICalEventTransparency.TRANSPARENT,
    })
    for (const days of ALARM_DAYS)
      event.createAlarm({ type: ICalAlarmType.display, triggerBefore: days * DAY_SECONDS })
  }
  return calendar.toString()
}

function descriptionOf(options: HeldAward['options'], { t, program, statusUrl }: Context): string {
  const [way] = waysToKeep(options)
  if (!way) return t('certifications.calendar.see', { url: statusUrl })
  const exams = formatList(
    t,
    way.options.map((option) => examName(t, program, option)),
    'disjunction',
  )
  return t('certifications.calendar.keep', { exams, url: statusUrl })
}

function midnight(date: string): Date {
  return new Date(`${date}T00:00:00Z`)
}
