import type { CalendarDate } from '../core/calendar-date.ts'

export type LinkState = 'works' | 'over' | 'disabled'

/** Whether a transcript's link opens it: through its last day, until the holder disables it. */
export function linkStateOn(
  today: CalendarDate,
  transcript: { validThrough: CalendarDate; disabledAt: Date | null },
): LinkState {
  if (transcript.disabledAt !== null) return 'disabled'
  return transcript.validThrough < today ? 'over' : 'works'
}
