import { env } from 'cloudflare:workers'
import { and, asc, eq, sql } from 'drizzle-orm'
import { Secret, TOTP } from 'otpauth'
import { mintRecoveryCodes } from '../../src/authenticators/recovery-codes.ts'
import { mintTotpSecret } from '../../src/authenticators/totp.ts'
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

/** Every cookie that an answer leaves in a browser, as it sends them back. */
export function cookiesOf(...responses: Response[]): { cookie: string } {
  const jar = new Map<string, string>()
  for (const line of responses.flatMap(({ headers }) => headers.getSetCookie())) {
    const [pair = ''] = line.split(';')
    const [name = '', value = ''] = pair.split('=')
    if (value === '') jar.delete(name)
    else jar.set(name, value)
  }
  return { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') }
}

/** One of the cookies of a browser. */
export function cookieNamed({ cookie }: { cookie: string }, name: string): string | undefined {
  return cookie.split('; ').find((pair) => pair.startsWith(`${name}=`))
}

/** An authenticator app that is set up; answers what it shows, so many steps of 30 seconds from now. */
export async function givenApp({ id: candidateId }: { id: string }) {
  const { base32, sealed } = await mintTotpSecret(env.SEAL_KEY, { candidateId })
  await db
    .insert(schema.totpSecrets)
    .values({ candidateId, sealed, createdAt: LONG_AGO, confirmedAt: LONG_AGO })
  const app = new TOTP({ secret: Secret.fromBase32(base32) })
  return (steps = 0) => app.generate({ timestamp: Date.now() + steps * 30_000 })
}

export async function givenRecoveryCodes({ id: candidateId }: { id: string }): Promise<string[]> {
  const { codes, hashes } = await mintRecoveryCodes()
  await db
    .insert(schema.recoveryCodes)
    .values(hashes.map((codeHash) => ({ codeHash, candidateId, createdAt: LONG_AGO })))
  return codes
}

/** What stands in the log of a candidate, the oldest first. */
export async function entriesOf({ id }: { id: string }) {
  const entries = await db
    .select({ action: schema.auditLog.action, details: schema.auditLog.details })
    .from(schema.auditLog)
    .innerJoin(schema.auditSubjects, eq(schema.auditSubjects.ref, schema.auditLog.subject))
    .where(eq(schema.auditSubjects.candidateId, id))
    .orderBy(asc(schema.auditLog.seq))
  return entries.map(({ action, details }) => ({ action, ...JSON.parse(details) }))
}

/** What a candidate was mailed about. */
export async function noticesOf({ id }: { id: string }): Promise<string[]> {
  const mails = await db
    .select({ payload: schema.mailOutbox.payload })
    .from(schema.mailOutbox)
    .where(and(eq(schema.mailOutbox.candidateId, id), eq(schema.mailOutbox.template, 'security_notice')))
    .orderBy(asc(schema.mailOutbox.id))
  return mails.map(({ payload }) => (payload as { action: string }).action)
}

/** As if everything that was counted had happened that much earlier. */
export async function ageTries(milliseconds: number) {
  await db.run(sql`UPDATE sign_in_brakes
    SET last_failed_at = last_failed_at - ${milliseconds}, blocked_until = max(0, blocked_until - ${milliseconds})`)
}
