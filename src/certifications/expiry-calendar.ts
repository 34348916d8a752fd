import ical, { ICalAlarmType, ICalCalendarMethod, ICalEventTransparency } from 'ical-generator'
import { addDays } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import { formatDate } from '../layout/dates.tsx'
import { formatList } from '../layout/lists.ts'
import type { Program } from '../program/program.ts'
import type { HeldAward } from './certification-status.ts'
import { lastDayFor, optionsFor, waysToKeep } from './ways-to-keep.ts'
import type { Keeping } from './what-keeps.ts'
import { examName } from './wording.ts'

/** As long before as the mails that say the same. */
const ALARM_DAYS = [90, 60, 30, 7] as const
const DAY_SECONDS = 86_400

type Context = {
  t: Translate
  program: Program
  keepings: readonly Keeping[]
  statusUrl: string
  now: Date
}

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
    const { certification, number, name, expiresOn } = award
    const event = calendar.createEvent({
      id: `${number}@${new URL(statusUrl).host}`,
      // Whole days have no zone: midnight in UTC is written as the date alone.
      start: midnight(expiresOn),
      end: midnight(addDays(expiresOn, 1)),
      allDay: true,
      stamp: now,
      summary: t('certifications.calendar.summary', { certification: name }),
      description: descriptionOf(certification, context),
      url: statusUrl,
      transparency: ICalEventTransparency.TRANSPARENT,
    })
    for (const days of ALARM_DAYS)
      event.createAlarm({ type: ICalAlarmType.display, triggerBefore: days * DAY_SECONDS })
  }
  return calendar.toString()
}

/** The exams of the first right among those that can be passed the longest. */
function descriptionOf(certification: string, { t, program, keepings, statusUrl }: Context): string {
  const options = optionsFor(keepings, certification).filter((option) => 'exam' in option)
  const date = lastDayFor(options)
  const [way] = waysToKeep(options.filter(({ by }) => by === date))
  if (!way || date === null) return t('certifications.calendar.see', { url: statusUrl })
  const exams = formatList(
    t,
    way.options.flatMap((option) => ('exam' in option ? examName(t, program, option) : [])),
    'disjunction',
  )
  return t('certifications.calendar.keep', { exams, date: formatDate(t, date), url: statusUrl })
}

function midnight(date: string): Date {
  return new Date(`${date}T00:00:00Z`)
}
