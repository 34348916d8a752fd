import { and, eq, exists, type SQL, sql } from 'drizzle-orm'
import { audited } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import { candidates, sessions, totpSecrets } from '../schema.ts'
import { forgetTries } from './brake-queries.ts'
import type { Browser } from './known-browser.ts'
import { isKnownTo, rememberBrowser } from './known-browser-queries.ts'
import type { NewSession } from './session-queries.ts'

/** What signing in must know of an account besides how it is proved; `browser` by the hash of what it carries. */
export function accountFacts(browserHash: string | null, now: Date) {
  return {
    hasTotp: sql`EXISTS (
      SELECT 1 FROM ${totpSecrets}
      WHERE ${totpSecrets.candidateId} = ${candidates.id} AND ${totpSecrets.confirmedAt} IS NOT NULL)`
      .mapWith(Boolean)
      .as('has_totp'),
    isKnownBrowser: sql`EXISTS (
      SELECT 1 FROM known_browsers WHERE ${isKnownTo(sql`${candidates.id}`, browserHash, now)})`
      .mapWith(Boolean)
      .as('is_known_browser'),
    hasBegunBefore: sql`EXISTS (
      SELECT 1 FROM audit_subjects AS subject JOIN audit_log AS entry ON entry.subject = subject.ref
      WHERE subject.candidate_id = ${candidates.id} AND entry.action LIKE 'session.began%')`
      .mapWith(Boolean)
      .as('has_begun_before'),
  }
}

export type Beginning = NewSession & {
  /** The session that the same browser has; it ends: a session id never outlives a sign-in (ASVS 5.0, 7.2.4). */
  previousIdHash: string | null
  browser: Browser
  isKnownBrowser: boolean
  hasBegunBefore: boolean
  /** What the tries before were counted under. */
  tryKey: string | null
}

/**
 * The statements that begin a session, if `onlyIf` holds: `before` anywhere ahead, `begin`, and `...after` right
 * behind it. `onlyIf` may look at what the statement right before `begin` changed. The log tells of a browser that
 * the account did not know, and its holder is mailed; but not of the browser in which the account was first opened.
 */
export function beginSession(db: Database, beginning: Beginning, onlyIf: SQL, now: Date) {
  const { idHash, candidateId, method, device, previousIdHash, browser, tryKey } = beginning
  const isStrange = beginning.hasBegunBefore && !beginning.isKnownBrowser
  const action = isStrange ? 'session.began-on-new-device' : 'session.began'
  const details = { method, device }
  const told = audited(db, { action, actor: 'candidate', candidateId, details }, now)
  const at = now.getTime()
  const begun = exists(
    db.select({ begun: sql`1` }).from(sql`${sessions} AS begun`).where(sql`begun.id_hash = ${idHash}`),
  )
  const begin = db
    .insert(sessions)
    .select(
      sql`SELECT ${idHash}, id, ${at}, ${at}, ${at}, ${method}, ${device} FROM candidates
        WHERE id = ${candidateId} AND ${onlyIf}`,
    )
    .returning({ idHash: sessions.idHash })
  const after = [
    ...told.after,
    db.delete(sessions).where(and(eq(sessions.idHash, previousIdHash ?? ''), begun)),
    rememberBrowser(db, { tokenHash: browser.tokenHash, candidateId }, begun, now),
    forgetTries(db, tryKey, begun),
  ] as const
  return { before: told.before, begin, after }
}
