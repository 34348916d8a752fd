import { and, desc, eq, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { mailOutbox, recoveries, requests, sessions } from '../schema.ts'
import { SESSION_IDLE_MS, SESSION_MAX_MS } from '../sign-in/session.ts'

export type MethodKind = 'password' | 'passkey' | 'totp' | 'recovery-codes'

export function selectRequests(db: Database, candidateId: string, limit: number) {
  return db
    .select({
      id: requests.id,
      kind: requests.kind,
      state: requests.state,
      createdAt: requests.createdAt,
      decidedAt: requests.decidedAt,
      decidedBy: sql<string | null>`(SELECT name FROM staff WHERE staff.id = decided_by)`.as('decider'),
    })
    .from(requests)
    .where(eq(requests.candidateId, candidateId))
    .orderBy(desc(requests.id))
    .limit(limit)
}

/** Ways in: kinds, names and dates. What opens anything stays where it is. */
export function selectMethods(db: Database, candidateId: string, limit: number) {
  const methods = sql`
    SELECT 'password' AS kind, NULL AS name, set_at AS since, NULL AS used, NULL AS "left"
    FROM passwords WHERE candidate_id = ${candidateId}
    UNION ALL
    SELECT 'passkey', name, created_at, last_used_at, NULL FROM passkeys WHERE candidate_id = ${candidateId}
    UNION ALL
    SELECT 'totp', NULL, confirmed_at, NULL, NULL FROM totp_secrets
    WHERE candidate_id = ${candidateId} AND confirmed_at IS NOT NULL
    UNION ALL
    SELECT 'recovery-codes', NULL, min(created_at), max(used_at), sum(used_at IS NULL) FROM recovery_codes
    WHERE candidate_id = ${candidateId} HAVING count(*) > 0`
  return db
    .select({
      kind: sql<MethodKind>`kind`.as('kind'),
      name: sql<string | null>`name`.as('name'),
      since: sql<number>`since`.as('since'),
      used: sql<number | null>`used`.as('used'),
      left: sql<number | null>`"left"`.as('left'),
    })
    .from(sql`(${methods}) AS method`)
    .limit(limit)
}

/** Sessions that still open doors. */
export function selectSessions(db: Database, candidateId: string, limit: number, now: Date) {
  return db
    .select({
      method: sessions.method,
      device: sessions.device,
      createdAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
    })
    .from(sessions)
    .where(
      and(
        eq(sessions.candidateId, candidateId),
        sql`${sessions.lastSeenAt} > ${now.getTime() - SESSION_IDLE_MS}`,
        sql`${sessions.createdAt} > ${now.getTime() - SESSION_MAX_MS}`,
      ),
    )
    .orderBy(desc(sessions.lastSeenAt))
    .limit(limit)
}

export function selectRecoveries(db: Database, candidateId: string, limit: number) {
  return db
    .select({
      address: recoveries.newAddress,
      proof: recoveries.proof,
      askedAt: recoveries.askedAt,
      confirmedAt: recoveries.confirmedAt,
      effectiveAt: recoveries.effectiveAt,
      stoppedAt: recoveries.stoppedAt,
      doneAt: recoveries.doneAt,
    })
    .from(recoveries)
    .where(eq(recoveries.candidateId, candidateId))
    .orderBy(desc(recoveries.id))
    .limit(limit)
}

/** That a mail was owed and what became of it; not what it says. */
export function selectMails(db: Database, candidateId: string, limit: number) {
  return db
    .select({
      template: mailOutbox.template,
      recipient: mailOutbox.recipient,
      owedAt: mailOutbox.owedAt,
      attempts: mailOutbox.attempts,
      sentAt: mailOutbox.sentAt,
      givenUpAt: mailOutbox.givenUpAt,
    })
    .from(mailOutbox)
    .where(eq(mailOutbox.candidateId, candidateId))
    .orderBy(desc(mailOutbox.id))
    .limit(limit)
}
