import type { CalendarDate } from '../core/calendar-date.ts'

export const dateFormats = ['YYYY/MM/DD', 'MM/DD/YYYY', 'DD/MM/YYYY', 'YYYY-MM-DD'] as const
export type DateFormat = (typeof dateFormats)[number]

/** A clock on the wall, without a zone: what a test centre writes down. */
export type WallClock = { on: CalendarDate; time: string | null }

/** Where year, month and day stand among the groups, of which the fourth is the time. Named groups take twice as long. */
const SHAPES: Record<DateFormat, { shape: RegExp; y: number; m: number; d: number }> = {
  'YYYY/MM/DD': {
    shape: /^(\d{4})\/(\d{1,2})\/(\d{1,2})(?:[ T](\d{2}:\d{2})(?::\d{2})?)?$/,
    y: 1,
    m: 2,
    d: 3,
  },
  'MM/DD/YYYY': {
    shape: /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:[ T](\d{2}:\d{2})(?::\d{2})?)?$/,
    y: 3,
    m: 1,
    d: 2,
  },
  'DD/MM/YYYY': {
    shape: /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:[ T](\d{2}:\d{2})(?::\d{2})?)?$/,
    y: 3,
    m: 2,
    d: 1,
  },
  'YYYY-MM-DD': {
    shape: /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/,
    y: 1,
    m: 2,
    d: 3,
  },
}

/** Reads a date by the feed's formats; null when none fits or there is no such day. An offset is not applied. */
export function readWallClock(text: string, formats: readonly DateFormat[]): WallClock | null {
  for (const format of formats) {
    const { shape, y, m, d } = SHAPES[format]
    const found = shape.exec(text)
    if (!found) continue
    const [year, month, day, time = null] = [found[y]!, found[m]!, found[d]!, found[4]]
    if (!exists(Number(year), Number(month), Number(day)) || (time !== null && time >= '24:00')) continue
    return { on: `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`, time }
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

/**
 * A number with the feed's decimal sign, written with a point; anything else is a label and stays as it is. `value` is
 * null for what is no number, which is then compared with nothing.
 */
export function readNumber(text: string, sign: '.' | ','): { said: string | null; value: number | null } {
  const shape = sign === '.' ? /^-?\d+(?:\.\d+)?$/ : /^-?\d+(?:,\d+)?$/
  if (!shape.test(text)) return { said: orNull(text), value: null }
  const said = sign === '.' ? text : text.replace(',', '.')
  return { said, value: Number(said) }
}

/** `00001234` and `1234` are one to a vendor that pads its numbers; what is no number is not padded. */
export function withoutLeadingZeros(id: string): string {
  return /^0\d+$/.test(id) ? id.replace(/^0+(?=\d)/, '') : id
}

/** Blank is null, and zero is zero. */
export function orNull(text: string): string | null {
  return text === '' ? null : text
}
