import { type CalendarDate, calendarDateIn } from '../core/calendar-date.ts'
import { paths } from '../paths.ts'
import type { Program } from '../program/program.ts'

export type Agreement = NonNullable<Program['agreement']>

/** The agreement in force on a day; null where the program asks for none, or not yet. */
export function agreementOn(program: Pick<Program, 'agreement'>, today: CalendarDate): Agreement | null {
  const { agreement } = program
  return agreement && agreement.effectiveOn <= today ? agreement : null
}

/** The agreement that a candidate has still to accept. What they accepted before was another version, or nothing. */
export function owedAgreement(
  program: Pick<Program, 'agreement' | 'settings'>,
  { agreedVersion }: { agreedVersion: string | null },
  now: Date,
): Agreement | null {
  const agreement = agreementOn(program, calendarDateIn(program.settings.timeZone, now))
  return agreement?.version === agreedVersion ? null : agreement
}

/** Nobody has to agree to anything to keep strangers out of their account, to have their data, or to leave. */
const OPEN_WITHOUT = [
  paths.agreement,
  paths.signInAgain,
  paths.addresses,
  paths.security,
  paths.activity,
  paths.privacy,
]

export function isOpenWithoutAgreement(path: string): boolean {
  return OPEN_WITHOUT.some((open) => path === open || path.startsWith(`${open}/`))
}

/** Where to accept the agreement, and back. A form that was sent without is not kept, and the page says so. */
export function agreementAddress(request: { method: string; path: string }): string {
  const lost = request.method === 'GET' || request.method === 'HEAD' ? '' : 'not-kept&'
  return `${paths.agreement}?${lost}return_to=${encodeURIComponent(request.path)}`
}
