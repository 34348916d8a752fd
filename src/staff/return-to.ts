import { paths } from '../paths.ts'

const LONGEST_PATH = 2000

/**
 * Where to go after signing in to the console: a page of the console, or its start. Plain characters only, since
 * browsers drop tabs and line breaks and read `\` as `/`; no `..`, which would lead out again; and never back to a
 * page of signing in.
 */
export function safeStaffReturnTo(asked: unknown): string {
  if (typeof asked !== 'string' || asked.length > LONGEST_PATH) return paths.staff.home
  if (!/^\/staff(?:[/?][\x21-\x5B\x5D-\x7E]*)?$/.test(asked)) return paths.staff.home
  if (/\/\/|\.\.|%2e|%2f|%5c/i.test(asked)) return paths.staff.home
  return /^\/staff\/sign-(?:in|out)\b/.test(asked) ? paths.staff.home : asked
}
