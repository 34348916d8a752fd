import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import {
  accessLinks,
  candidateEmails,
  knownBrowsers,
  passkeyChallenges,
  passkeys,
  passwords,
  pendingSignIns,
  primaryChanges,
  recoveries,
  recoveryCodes,
  sessions,
  totpSecrets,
} from '../schema.ts'
import { drop, handOver } from './held-rows-queries.ts'
import type { Joining } from './merge-queries.ts'

/**
 * The addresses become those of one record, which has one primary address: its own, if it has one. Of an address on
 * both the proved one stays.
 */
export function joinAddresses(db: Database, joining: Joining) {
  const { keptId, mergedId, isMerging } = joining
  const onOther = (where: SQL) => sql`EXISTS (
    SELECT 1 FROM candidate_emails AS other
    WHERE other.normalized = ${candidateEmails.normalized} AND ${where})`
  const isProvedHere = sql`${candidateEmails.verifiedAt} IS NOT NULL`
  const isPrimaryDoubled = onOther(
    sql`other.candidate_id = ${keptId} AND other.is_primary = 1 AND other.verified_at IS NULL`,
  )
  const staysWithoutPrimary = sql`NOT EXISTS (
    SELECT 1 FROM candidate_emails WHERE candidate_id = ${keptId} AND is_primary = 1)`
  return [
    db
      .update(candidateEmails)
      .set({ isPrimary: false })
      .where(and(eq(candidateEmails.candidateId, mergedId), isMerging, sql`NOT (${staysWithoutPrimary})`)),
    db
      .update(candidateEmails)
      .set({ isPrimary: true })
      .where(and(eq(candidateEmails.candidateId, mergedId), isMerging, isProvedHere, isPrimaryDoubled)),
    db
      .delete(candidateEmails)
      .where(
        and(
          eq(candidateEmails.candidateId, keptId),
          isMerging,
          sql`NOT (${isProvedHere})`,
          onOther(sql`other.candidate_id = ${mergedId} AND other.verified_at IS NOT NULL`),
        ),
      ),
    db
      .delete(candidateEmails)
      .where(
        and(
          eq(candidateEmails.candidateId, mergedId),
          isMerging,
          onOther(sql`other.candidate_id = ${keptId}`),
        ),
      ),
    handOver(db, candidateEmails, joining),
    handOver(db, primaryChanges, joining),
    db
      .update(recoveries)
      .set({ stoppedAt: joining.now })
      .where(
        and(
          eq(recoveries.candidateId, mergedId),
          isMerging,
          sql`${recoveries.stoppedAt} IS NULL AND ${recoveries.doneAt} IS NULL`,
        ),
      ),
    handOver(db, recoveries, joining),
  ]
}

/**
 * Passkeys and known browsers open the record that stays. Its password, authenticator app and recovery codes are the
 * only ones: those of the other are of no use any more, and no session or link of the other opens anything.
 */
export function joinWaysIn(db: Database, joining: Joining) {
  return [
    handOver(db, passkeys, joining),
    handOver(db, knownBrowsers, joining),
    drop(db, passwords, joining),
    drop(db, totpSecrets, joining),
    drop(db, recoveryCodes, joining),
    drop(db, passkeyChallenges, joining),
    drop(db, pendingSignIns, joining),
    drop(db, sessions, joining),
    drop(db, accessLinks, joining),
  ]
}
