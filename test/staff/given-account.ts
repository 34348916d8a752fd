import { env } from 'cloudflare:workers'
import { Secret, TOTP } from 'otpauth'
import { mintRecoveryCodes } from '../../src/authenticators/recovery-codes.ts'
import { mintTotpSecret } from '../../src/authenticators/totp.ts'
import { mintLink } from '../../src/mail/access-link.ts'
import * as schema from '../../src/schema.ts'
import { encodePassword } from '../../src/sign-in/password.ts'
import type { Role } from '../../src/staff/permissions.ts'
import { db, LONG_AGO } from '../support/builders.ts'
import { givenStaff } from '../support/requests.ts'
import { createVirtualAuthenticator } from '../support/virtual-authenticator.ts'

export const PASSWORD = 'correct horse battery staple'

/** The code that an app with this secret shows now, or so many steps from now. */
export function codeOf(base32: string, steps = 0): string {
  const totp = new TOTP({ secret: Secret.fromBase32(base32) })
  return totp.generate({ timestamp: Date.now() + steps * 30_000 })
}

/** One of the staff with a password, an authenticator app and recovery codes. */
export async function givenAppAccount(role: Role = 'owner') {
  const person = await givenStaff(role, { password: await encodePassword(PASSWORD) })
  const { base32, sealed } = await mintTotpSecret(env.SEAL_KEY, { staffId: person.id })
  await db
    .insert(schema.totpSecrets)
    .values({ staffId: person.id, sealed, createdAt: LONG_AGO, confirmedAt: LONG_AGO })
  const { codes, hashes } = await mintRecoveryCodes()
  await db
    .insert(schema.recoveryCodes)
    .values(hashes.map((codeHash) => ({ codeHash, staffId: person.id, createdAt: LONG_AGO })))
  return { ...person, base32, codes }
}

/** An invitation that works, for somebody who has not joined. */
export async function givenInvitation(role: Role = 'support', given: { expiresAt?: Date } = {}) {
  const person = await givenStaff(role, { joinedAt: null, name: 'Mary Jackson' })
  const about = { purpose: 'staff_invitation', candidateId: null, sentTo: person.email } as const
  const { url, row } = await mintLink(
    { ...about, data: { staffId: person.id, role } },
    'https://our.example',
    new Date(),
  )
  await db.insert(schema.accessLinks).values({
    ...row,
    createdAt: LONG_AGO,
    expiresAt: given.expiresAt ?? new Date(row.expiresAt),
  })
  return { ...person, path: new URL(url).pathname }
}

export function givenAuthenticator() {
  const { origin, hostname } = new URL(env.PUBLIC_ORIGIN)
  return createVirtualAuthenticator({ origin, rpId: hostname })
}

/** The cookies that an answer set, as a browser would send them next. */
export function cookiesOf(...responses: Response[]): { cookie: string } {
  const jar = new Map<string, string>()
  for (const response of responses)
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      if (value) jar.set(name!, value)
      else jar.delete(name!)
    }
  return { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') }
}

export async function auditActions(): Promise<string[]> {
  const rows = await db.select().from(schema.auditLog).orderBy(schema.auditLog.seq)
  return rows.map(({ action, actor }) => `${actor} ${action}`)
}
