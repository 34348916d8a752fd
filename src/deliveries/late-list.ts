import { type CalendarDate, isCalendarDate } from '../core/calendar-date.ts'
import type { registrationStates } from '../schema.ts'

export type LateRegistration = {
  feed: string
  feedName: string
  registrationId: string
  candidateId: string
  fullName: string
  exam: string
  examCode: string
  appointmentOn: CalendarDate
  siteCode: string | null
  state: (typeof registrationStates)[number]
}

export type LateCursor = { on: CalendarDate; feed: string; registrationId: string }

export function lateCursorOf({ appointmentOn, feed, registrationId }: LateRegistration): string {
  return `${appointmentOn}.${feed}.${registrationId}`
}

/** Anything else begins at the first page. */
export function readLateCursor(text: string | undefined): LateCursor | null {
  const [, on, feed, registrationId] = /^([\d-]{10})\.([a-z0-9-]{1,20})\.(.{1,200})$/su.exec(text ?? '') ?? []
  if (on === undefined || feed === undefined || registrationId === undefined || !isCalendarDate(on))
    return null
  return { on, feed, registrationId }
}
