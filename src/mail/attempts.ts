/** After this many attempts, spread over more than a day, a mail is given up. */
export const MAX_ATTEMPTS = 8

const FIRST_WAIT_S = 60
const WAIT_FACTOR = 4
/** The longest that a queue holds a message back. */
const LONGEST_WAIT_S = 12 * 3600

/** How the mail service says that another attempt would end the same way. */
const PERMANENT = new Set([
  'E_RECIPIENT_SUPPRESSED',
  'E_VALIDATION_ERROR',
  'E_SENDER_NOT_VERIFIED',
  'E_CONTENT_TOO_LARGE',
])

/** Seconds to wait after the given attempt has failed, or null when there is to be no other. */
export function waitAfter(attempt: number, error: unknown): number | null {
  if (attempt >= MAX_ATTEMPTS || PERMANENT.has(codeOf(error))) return null
  return Math.min(FIRST_WAIT_S * WAIT_FACTOR ** (attempt - 1), LONGEST_WAIT_S)
}

/** What failed, to be kept and logged: addresses, and all that may hold one, are left out. */
export function describeFailure(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const withoutAddresses = message.replace(/\S*@\S*/g, '…').replace(/\s+/g, ' ')
  return `${codeOf(error)}: ${withoutAddresses}`.slice(0, 300)
}

function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error) return String(error.code)
  return error instanceof Error ? error.name : 'Error'
}
