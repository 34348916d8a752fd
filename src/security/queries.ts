import { and, asc, count, desc, eq, gt, isNull } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { passkeys, passwords, recoveryCodes, sessions, totpSecrets } from '../schema.ts'
import { SESSION_IDLE_MS, SESSION_MAX_MS } from '../sign-in/session.ts'

/** So many sessions are listed, the latest used first; ending the others ends all of them. */
const LISTED_SESSIONS = 200

export type Security = Awaited<ReturnType<typeof findSecurity>>

/** How a candidate gets in, and where they are: one round trip. */
export async function findSecurity(db: Database, candidateId: string, now: Date) {
  const [password, keys, totp, codes, open] = await db.batch([
    db.select({ setAt: passwords.setAt }).from(passwords).where(eq(passwords.candidateId, candidateId)),
    db
      .select({
        credentialId: passkeys.credentialId,
        name: passkeys.name,
        isSynced: passkeys.backedUp,
        createdAt: passkeys.createdAt,
        lastUsedAt: passkeys.lastUsedAt,
      })
      .from(passkeys)
      .where(eq(passkeys.candidateId, candidateId))
      .orderBy(asc(passkeys.createdAt), asc(passkeys.credentialId)),
    db
      .select({
        sealed: totpSecrets.sealed,
        createdAt: totpSecrets.createdAt,
        confirmedAt: totpSecrets.confirmedAt,
        lastStep: totpSecrets.lastStep,
      })
      .from(totpSecrets)
      .where(eq(totpSecrets.candidateId, candidateId)),
    db
      .select({ left: count() })
      .from(recoveryCodes)
      .where(and(eq(recoveryCodes.candidateId, candidateId), isNull(recoveryCodes.usedAt))),
    db
      .select({
        idHash: sessions.idHash,
        method: sessions.method,
        device: sessions.device,
        createdAt: sessions.createdAt,
        lastSeenAt: sessions.lastSeenAt,
      })
      .from(sessions)
      .where(
        and(
          eq(sessions.candidateId, candidateId),
          gt(sessions.lastSeenAt, before(now, SESSION_IDLE_MS)),
          gt(sessions.createdAt, before(now, SESSION_MAX_MS)),
        ),
      )
      .orderBy(desc(sessions.lastSeenAt), asc(sessions.idHash))
      .limit(LISTED_SESSIONS),
  ])
  return {
    passwordSetAt: password[0]?.setAt ?? null,
    passkeys: keys,
    authenticator: totp[0] ?? null,
    recoveryCodesLeft: codes[0]!.left,
    sessions: open,
  }
}

function before(now: Date, ms: number): Date {
  return new Date(now.getTime() - ms)
}
