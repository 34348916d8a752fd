import { and, eq, exists, gt, inArray, isNull, lt, ne, or, type SQLWrapper, sql } from 'drizzle-orm'
import { audited } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import type { PasswordPurpose } from '../mail/outbox.ts'
import { paths } from '../paths.ts'
import { readProgram, selectProgram } from '../program/queries.ts'
import { accessLinks, candidateEmails, candidates, passwords, pendingSignIns, sessions } from '../schema.ts'
import { normalizeEmail } from './account-name.ts'
import { type Beginning, beginSession } from './begin-session-queries.ts'
import { forgetAllTries } from './brake-queries.ts'
import { forgetBrowsers } from './known-browser-queries.ts'
import { insertPending } from './password-session-queries.ts'

/** The purposes of links that let their reader choose a password. */
const PASSWORD_PURPOSES: PasswordPurpose[] = ['activation', 'password_reset']

/**
 * Mail waits and links lie about: one counts only while the address that it went to is on the record, and proved
 * if any is. Taking an address off a record ends every way in that was sent there.
 */
const sentToTheHolder = sql`EXISTS (
  SELECT 1 FROM candidate_emails AS sent
  WHERE sent.candidate_id = access_links.candidate_id
    AND (sent.address = access_links.sent_to OR sent.normalized = lower(access_links.sent_to))
    AND (sent.verified_at IS NOT NULL OR NOT EXISTS (
      SELECT 1 FROM candidate_emails AS proved
      WHERE proved.candidate_id = access_links.candidate_id AND proved.verified_at IS NOT NULL)))`

function isLive(tokenHash: string, now: Date) {
  return and(
    eq(accessLinks.tokenHash, tokenHash),
    inArray(accessLinks.purpose, PASSWORD_PURPOSES),
    isNull(accessLinks.usedAt),
    gt(accessLinks.expiresAt, now),
    sentToTheHolder,
  )
}

/** Whose link this is while it works, all names and addresses of theirs, and the program. Looking uses nothing up. */
export async function findLink(db: Database, tokenHash: string, now: Date) {
  const holder = db
    .select({ candidateId: accessLinks.candidateId })
    .from(accessLinks)
    .where(isLive(tokenHash, now))
  const link = db
    .select({
      candidateId: sql<string>`${candidates.id}`.as('holder_id'),
      fullName: candidates.fullName,
      nativeName: candidates.nativeName,
      sentTo: accessLinks.sentTo,
    })
    .from(accessLinks)
    .innerJoin(candidates, eq(candidates.id, accessLinks.candidateId))
    .where(isLive(tokenHash, now))
  const addressesOf = db
    .select({ address: candidateEmails.address })
    .from(candidateEmails)
    .where(inArray(candidateEmails.candidateId, holder))
  const [links, emails, programs] = await db.batch([link, addressesOf, selectProgram(db)])
  const [found] = links
  if (!found) return { link: null, program: readProgram(programs) }
  const { candidateId, fullName, nativeName, sentTo } = found
  const names = [candidateId, fullName, nativeName ?? '', ...emails.map(({ address }) => address)]
  return { link: { candidateId, sentTo, names }, program: readProgram(programs) }
}

type PasswordLinkUse = Omit<Beginning, 'method' | 'tryKey' | 'isKnownBrowser' | 'hasBegunBefore'> & {
  tokenHash: string
  sentTo: string
  encoded: string
  pendingHash: string
}

/**
 * Uses a link up for a new password: the password is kept, the address that the link was sent to is proved unless
 * somebody else proved it, and the candidate's other links, sessions, half sign-ins, known browsers and counted
 * failures go. A new session begins; where an authenticator app is set up, its code is awaited first (ASVS 5.0,
 * 6.4.3). All of it or nothing: each statement asks whether the link still works, and the last one ends that.
 */
export async function usePasswordLink(
  db: Database,
  { tokenHash, sentTo, encoded, pendingHash, ...beginning }: PasswordLinkUse,
  now: Date,
): Promise<'dead' | 'code' | 'session'> {
  const { candidateId, previousIdHash, device } = beginning
  const works = isLive(tokenHash, now)
  const holder = db.select({ candidateId: accessLinks.candidateId }).from(accessLinks).where(works)
  const told = audited(
    db,
    { action: 'password.set', actor: 'candidate', candidateId, details: { device } },
    now,
  )
  const hasTotp = sql`EXISTS (
    SELECT 1 FROM totp_secrets WHERE candidate_id = ${candidateId} AND confirmed_at IS NOT NULL)`
  // The mail about the password says enough; a second one about a new browser would only frighten.
  const begins = {
    ...beginning,
    method: 'link',
    tryKey: null,
    isKnownBrowser: false,
    hasBegunBefore: false,
  } as const
  const { begin, after } = beginSession(db, begins, sql`${exists(holder)} AND NOT ${hasTotp}`, now)
  const awaited = { idHash: pendingHash, candidateId, returnTo: paths.home }

  const [, set, , , pending] = await db.batch([
    told.before,
    db
      .insert(passwords)
      .select(sql`SELECT candidate_id, ${encoded}, ${now.getTime()} FROM access_links WHERE ${works}`)
      .onConflictDoUpdate({ target: passwords.candidateId, set: { encoded, setAt: now } })
      .returning({ candidateId: passwords.candidateId }),
    ...told.after,
    insertPending(db, awaited, sql`${exists(holder)} AND ${hasTotp}`, now),
    db
      .delete(pendingSignIns)
      .where(and(inArray(pendingSignIns.candidateId, holder), ne(pendingSignIns.idHash, pendingHash))),
    proveAddress(db, holder, normalizeEmail(sentTo), now),
    forgetAllTries(db, sql`${holder}`),
    forgetBrowsers(db, candidateId, exists(holder)),
    db
      .delete(sessions)
      .where(
        and(
          exists(holder),
          or(inArray(sessions.candidateId, holder), eq(sessions.idHash, previousIdHash ?? '')),
        ),
      ),
    begin,
    ...after,
    db
      .update(accessLinks)
      .set({ usedAt: now })
      .where(
        and(
          inArray(accessLinks.candidateId, holder),
          inArray(accessLinks.purpose, PASSWORD_PURPOSES),
          isNull(accessLinks.usedAt),
        ),
      ),
  ])
  if (set.length === 0) return 'dead'
  return pending.length === 1 ? 'code' : 'session'
}

function proveAddress(db: Database, holder: SQLWrapper, normalized: string, now: Date) {
  return db
    .update(candidateEmails)
    .set({ verifiedAt: now })
    .where(
      and(
        inArray(candidateEmails.candidateId, holder),
        eq(candidateEmails.normalized, normalized),
        isNull(candidateEmails.verifiedAt),
        sql`NOT EXISTS (
          SELECT 1 FROM candidate_emails AS proved
          WHERE proved.normalized = ${normalized} AND proved.verified_at IS NOT NULL)`,
      ),
    )
}

/** Links that work no longer open nothing; a sweep takes them away. */
export async function deleteDeadLinks(db: Database, now: Date) {
  await db.delete(accessLinks).where(lt(accessLinks.expiresAt, now))
}
