/** So long a reader may rely on the file (RFC 9116, 2.5.5 advises less than a year). */
const VALID_DAYS = 180

/** Whom to tell of a vulnerability, as RFC 9116 has it. `policy` is where this software's own policy stands. */
export function securityTxt(
  { email, origin, policy }: { email: string; origin: string; policy: string },
  now: Date,
) {
  const expires = new Date(now.getTime() + VALID_DAYS * 86_400_000)
  expires.setUTCHours(0, 0, 0, 0)
  return [
    `Contact: mailto:${email}`,
    `Expires: ${expires.toISOString()}`,
    `Policy: ${policy}`,
    `Canonical: ${origin}/.well-known/security.txt`,
    'Preferred-Languages: en',
    '',
  ].join('\n')
}
