import { sha256Hex } from '../core/tokens.ts'

/**
 * By what somebody's second look is known to be at what they saw: all that they were shown is in it. The facts alone would
 * not do, since other rules make another effect of them.
 */
export function digestOf(shown: unknown): Promise<string> {
  return sha256Hex(JSON.stringify(shown))
}
