import { randomToken, sha256Hex } from '../../src/core/tokens.ts'
import * as schema from '../../src/schema.ts'
import { encodePassword } from '../../src/sign-in/password.ts'
import { db, givenCandidate, LONG_AGO } from '../support/builders.ts'

export const PASSWORD = 'correct horse battery staple'

/** A candidate who has chosen the password. */
export async function givenAccount(given: Parameters<typeof givenCandidate>[0] = {}) {
  const candidate = await givenCandidate(given)
  const encoded = await encodePassword(PASSWORD)
  await db.insert(schema.passwords).values({ candidateId: candidate.id, encoded, setAt: LONG_AGO })
  return candidate
}

type Link = typeof schema.accessLinks.$inferInsert

/** A link as it was mailed, good for an hour unless the test says otherwise; answers its token. */
export async function givenLink(candidate: { id: string; email: string }, given: Partial<Link> = {}) {
  const token = randomToken()
  await db.insert(schema.accessLinks).values({
    tokenHash: await sha256Hex(token),
    candidateId: candidate.id,
    purpose: 'password_reset',
    sentTo: candidate.email,
    createdAt: LONG_AGO,
    expiresAt: new Date(Date.now() + 3_600_000),
    ...given,
  })
  return token
}

/** The session cookie that an answer hands out, as the browser sends it back. */
export function sessionCookieOf(response: Response): string | undefined {
  return response.headers
    .getSetCookie()
    .find((cookie) => cookie.startsWith('__Host-session='))
    ?.split(';')[0]
}
