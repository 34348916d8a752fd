import { and, eq, exists, inArray, isNull, ne, sql } from 'drizzle-orm'
import { audited } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import { accessLinks, candidateEmails, candidates, passwords, pendingSignIns, sessions } from '../schema.ts'

/** The password as kept, and every name that the account goes by: one round trip. */
export async function findPassword(db: Database, candidateId: string) {
  const [kept, people, addresses] = await db.batch([
    db.select({ encoded: passwords.encoded }).from(passwords).where(eq(passwords.candidateId, candidateId)),
    db
      .select({ fullName: candidates.fullName, nativeName: candidates.nativeName })
      .from(candidates)
      .where(eq(candidates.id, candidateId)),
    db
      .select({ address: candidateEmails.address })
      .from(candidateEmails)
      .where(eq(candidateEmails.candidateId, candidateId)),
  ])
  const named = people.flatMap(({ fullName, nativeName }) => [fullName, nativeName ?? ''])
  return {
    encoded: kept[0]?.encoded ?? null,
    names: [candidateId, ...named, ...addresses.map(({ address }) => address)],
  }
}

type NewPassword = {
  candidateId: string
  /** The one it replaces, as kept; null where there was none. */
  previous: string | null
  encoded: string
  /** The session in which it is changed, and the id that it goes by from now on. */
  sessionHash: string
  newSessionHash: string
  device: string
}

/**
 * Keeps a new password unless another came first. With it every other session ends, so does every sign-in that
 * waits for its second factor, and links that would choose yet another die.
 */
export async function changePassword(db: Database, given: NewPassword, now: Date): Promise<boolean> {
  const { candidateId, previous, encoded, sessionHash, newSessionHash, device } = given
  const details = { device }
  const event = { action: 'password.changed', actor: 'candidate', candidateId, details } as const
  const { before, after } = audited(db, event, now)
  // Its salt makes each encoded password one of a kind: if this one is kept, then by the statement above.
  const isKept = exists(
    db
      .select({ kept: sql`1` })
      .from(passwords)
      .where(and(eq(passwords.candidateId, candidateId), eq(passwords.encoded, encoded))),
  )
  const [, kept] = await db.batch([
    before,
    previous === null
      ? db
          .insert(passwords)
          .values({ candidateId, encoded, setAt: now })
          .onConflictDoNothing()
          .returning({ candidateId: passwords.candidateId })
      : db
          .update(passwords)
          .set({ encoded, setAt: now })
          .where(and(eq(passwords.candidateId, candidateId), eq(passwords.encoded, previous)))
          .returning({ candidateId: passwords.candidateId }),
    ...after,
    db
      .delete(sessions)
      .where(and(eq(sessions.candidateId, candidateId), ne(sessions.idHash, sessionHash), isKept)),
    db
      .update(sessions)
      .set({ idHash: newSessionHash })
      .where(and(eq(sessions.idHash, sessionHash), isKept)),
    db.delete(pendingSignIns).where(and(eq(pendingSignIns.candidateId, candidateId), isKept)),
    db
      .update(accessLinks)
      .set({ usedAt: now })
      .where(
        and(
          eq(accessLinks.candidateId, candidateId),
          inArray(accessLinks.purpose, ['activation', 'password_reset']),
          isNull(accessLinks.usedAt),
          isKept,
        ),
      ),
  ])
  return kept.length === 1
}
