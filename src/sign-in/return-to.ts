import { paths } from '../paths.ts'

const LONGEST_PATH = 2000

/**
 * Where to go after signing in: a path of this site, or home. `//host`, and `/\host` which browsers read alike,
 * lead elsewhere; so does `/` TAB `/host`, since browsers drop tabs and line breaks: plain characters only.
 */
export function safeReturnTo(asked: unknown): string {
  if (typeof asked !== 'string' || asked.length > LONGEST_PATH) return paths.home
  return /^\/(?!\/)[\x21-\x5B\x5D-\x7E]*$/.test(asked) ? asked : paths.home
}
