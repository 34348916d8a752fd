import { and, eq, inArray, isNull, ne, sql } from 'drizzle-orm'
import { audited } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import {
  accessLinks,
  candidateEmails,
  candidates,
  knownBrowsers,
  passwords,
  pendingSignIns,
  sessions,
} from '../schema.ts'
import { forgetAllTries } from '../sign-in/brake-queries.ts'
import { forgetBrowsers } from '../sign-in/known-browser-queries.ts'

/** When the password was set, and every name that the account goes by: one round trip. */
export async function findPassword(db: Database, candidateId: string) {
  const [kept, people, addresses] = await db.batch([
    db.select({ setAt: passwords.setAt }).from(passwords).where(eq(passwords.candidateId, candidateId)),
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
    setAt: kept[0]?.setAt ?? null,
    names: [candidateId, ...named, ...addresses.map(({ address }) => address)],
  }
}

type NewPassword = {
  candidateId: string
  /** When the one that it replaces was set; null where there was none. */
  previousSetAt: Date | null
  encoded: string
  /** The session in which it is changed, and the id that it goes by from now on. */
  sessionHash: string
  newSessionHash: string
  /** The browser in which it is changed, if it is a known one. */
  browserHash: string | null
  device: string
}

/**
 * Keeps a new password unless another came first. With it every other session ends, so does every sign-in that
 * waits for its second factor; links that would choose yet another die, other browsers are strangers again, and
 * wrong tries at the old one no longer count.
 */
export async function changePassword(db: Database, given: NewPassword, now: Date): Promise<boolean> {
  const { candidateId, encoded, sessionHash, newSessionHash, browserHash, device } = given
  const details = { device }
  const event = { action: 'password.changed', actor: 'candidate', candidateId, details } as const
  const { before, after } = audited(db, event, now)
  // Its salt makes each encoded password one of a kind: if this one is kept, then by this batch.
  const holder = sql`(SELECT candidate_id FROM passwords
    WHERE candidate_id = ${candidateId} AND encoded = ${encoded})`
  const isKept = sql`EXISTS ${holder}`
  const [, kept] = await db.batch([
    before,
    keepPassword(db, given, now),
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
    forgetAllTries(db, holder),
    forgetBrowsers(db, candidateId, sql`${knownBrowsers.tokenHash} IS NOT ${browserHash} AND ${isKept}`),
  ])
  return kept.length === 1
}

function keepPassword(db: Database, { candidateId, previousSetAt, encoded }: NewPassword, now: Date) {
  const kept = { candidateId: passwords.candidateId }
  if (previousSetAt === null)
    return db
      .insert(passwords)
      .values({ candidateId, encoded, setAt: now })
      .onConflictDoNothing()
      .returning(kept)
  return db
    .update(passwords)
    .set({ encoded, setAt: now })
    .where(and(eq(passwords.candidateId, candidateId), eq(passwords.setAt, previousSetAt)))
    .returning(kept)
}
