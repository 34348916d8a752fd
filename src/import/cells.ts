import type { CalendarDate } from '../core/calendar-date.ts'

export const dateFormats = ['YYYY/MM/DD', 'MM/DD/YYYY', 'DD/MM/YYYY', 'YYYY-MM-DD'] as const
export type DateFormat = (typeof dateFormats)[number]

/** A clock on the wall, without a zone: what a test centre writes down. */
export type WallClock = { on: CalendarDate; time: string | null }

const SHAPES: Record<DateFormat, RegExp> = {
  'YYYY/MM/DD': /^(?<y>\d{4})\/(?<m>\d{1,2})\/(?<d>\d{1,2})(?:[ T](?<time>\d{2}:\d{2})(?::\d{2})?)?$/,
  'MM/DD/YYYY': /^(?<m>\d{1,2})\/(?<d>\d{1,2})\/(?<y>\d{4})(?:[ T](?<time>\d{2}:\d{2})(?::\d{2})?)?$/,
  'DD/MM/YYYY': /^(?<d>\d{1,2})\/(?<m>\d{1,2})\/(?<y>\d{4})(?:[ T](?<time>\d{2}:\d{2})(?::\d{2})?)?$/,
  'YYYY-MM-DD':
    /^(?<y>\d{4})-(?<m>\d{2})-(?<d>\d{2})(?:[ T](?<time>\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/,
}

/** Reads a date by the feed's formats; null when none fits or there is no such day. An offset is not applied. */
export function readWallClock(text: string, formats: readonly DateFormat[]): WallClock | null {
  for (const format of formats) {
    const groups = SHAPES[format].exec(text)?.groups
    if (!groups) continue
    const time = groups.time ?? null
    if (!exists(Number(groups.y), Number(groups.m), Number(groups.d)) || (time !== null && time >= '24:00'))
      continue
    return { on: `${groups.y}-${groups.m!.padStart(2, '0')}-${groups.d!.padStart(2, '0')}`, time }
  }
  return null
}

/** Without a detour over text: an import asks this a million times. */
function exists(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false
  return day <= 28 || day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/** An instant with its offset said, in UTC milliseconds; null for anything else. */
export function readInstant(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(text)) return null
  const instant = Date.parse(text)
  return Number.isNaN(instant) ? null : instant
}

/** `true` and `false` in any case; null when blank, undefined when it is neither. */
export function readBoolean(text: string): boolean | null | undefined {
  if (text === '') return null
  const lower = text.toLowerCase()
  return lower === 'true' ? true : lower === 'false' ? false : undefined
}

/** Blank is null, and zero is zero. */
export function orNull(text: string): string | null {
  return text === '' ? null : text
}
