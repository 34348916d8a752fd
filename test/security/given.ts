import { env } from 'cloudflare:workers'
import { asc, eq } from 'drizzle-orm'
import * as schema from '../../src/schema.ts'
import { sessionHash } from '../../src/sign-in/session.ts'
import { db, LONG_AGO } from '../support/builders.ts'

/** What stands in the log of a candidate, the oldest first. */
export async function entriesOf({ id }: { id: string }) {
  const entries = await db
    .select({
      action: schema.auditLog.action,
      actor: schema.auditLog.actor,
      details: schema.auditLog.details,
    })
    .from(schema.auditLog)
    .innerJoin(schema.auditSubjects, eq(schema.auditSubjects.ref, schema.auditLog.subject))
    .where(eq(schema.auditSubjects.candidateId, id))
    .orderBy(asc(schema.auditLog.seq))
  return entries.map(({ details, ...entry }) => ({ ...entry, details: JSON.parse(details) }))
}

export async function actionsOf(candidate: { id: string }) {
  return (await entriesOf(candidate)).map(({ action }) => action)
}

/** Of what the candidate is told by mail. */
export async function noticesOf({ id }: { id: string }) {
  const mails = await db
    .select({ payload: schema.mailOutbox.payload, template: schema.mailOutbox.template })
    .from(schema.mailOutbox)
    .where(eq(schema.mailOutbox.candidateId, id))
    .orderBy(asc(schema.mailOutbox.id))
  return mails
    .filter(({ template }) => template === 'security_notice')
    .map(({ payload }) => (payload as { action: string }).action)
}

/** The hash under which a browser's session is kept. */
export async function hashOf({ cookie }: { cookie: string }) {
  return (await sessionHash(cookie.split('=')[1], env.SESSION_KEY))!
}

export async function sessionsOf({ id }: { id: string }) {
  return db.select().from(schema.sessions).where(eq(schema.sessions.candidateId, id))
}

let serial = 0

/** A passkey as kept; no authenticator has its key. */
export async function givenPasskey(
  candidate: { id: string },
  given: Partial<typeof schema.passkeys.$inferInsert> = {},
) {
  serial += 1
  const [row] = await db
    .insert(schema.passkeys)
    .values({
      credentialId: `credential-${serial}`,
      candidateId: candidate.id,
      userHandle: 'aGFuZGxl',
      publicKey: 'a2V5',
      counter: 0,
      transports: ['internal'],
      backedUp: true,
      name: `Passkey ${serial}`,
      createdAt: LONG_AGO,
      ...given,
    })
    .returning()
  return row!
}
