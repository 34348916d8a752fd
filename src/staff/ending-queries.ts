import { and, eq, gt, gte, isNull, lt, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import {
  accessLinks,
  mailOutbox,
  passkeyChallenges,
  passkeys,
  pendingSignIns,
  recoveryCodes,
  staffSessions,
  totpSecrets,
} from '../schema.ts'

/** Invitations of one of the staff that were neither used nor replaced, for a batch. */
export function liveInvitationsOf(staffId: number): SQL {
  return sql`candidate_id IS NULL AND purpose = 'staff_invitation' AND data ->> 'staffId' = ${staffId}
    AND used_at IS NULL`
}

/** Ends the links that somebody was sent, and the mails that would still bring one. */
export function endInvitations(db: Database, staffId: number, now: Date, onlyIf: SQL = sql`true`) {
  const prefix = `staff_invitation:${staffId}:`
  return [
    db
      .update(accessLinks)
      .set({ usedAt: now })
      .where(and(liveInvitationsOf(staffId), onlyIf)),
    db
      .update(mailOutbox)
      .set({ givenUpAt: now, lastError: 'replaced' })
      .where(
        and(
          gte(mailOutbox.dedupeKey, prefix),
          lt(mailOutbox.dedupeKey, `${prefix}~`),
          isNull(mailOutbox.sentAt),
          isNull(mailOutbox.givenUpAt),
          onlyIf,
        ),
      ),
  ] as const
}

/** Takes every way in from one of the staff; by default only from who was removed. For a batch. */
export function endWaysIn(db: Database, staffId: number, now: Date, onlyIf: SQL = isRemoved(staffId)) {
  return [
    db.delete(staffSessions).where(and(eq(staffSessions.staffId, staffId), onlyIf)),
    db.delete(passkeys).where(and(eq(passkeys.staffId, staffId), onlyIf)),
    db.delete(totpSecrets).where(and(eq(totpSecrets.staffId, staffId), onlyIf)),
    db.delete(recoveryCodes).where(and(eq(recoveryCodes.staffId, staffId), onlyIf)),
    db.delete(pendingSignIns).where(and(eq(pendingSignIns.staffId, staffId), onlyIf)),
    // Those that are waited for: few, and found by when they end.
    db
      .delete(passkeyChallenges)
      .where(and(gt(passkeyChallenges.expiresAt, now), eq(passkeyChallenges.staffId, staffId), onlyIf)),
    ...endInvitations(db, staffId, now, onlyIf),
  ] as const
}

function isRemoved(staffId: number): SQL {
  return sql`EXISTS (SELECT 1 FROM staff AS gone WHERE gone.id = ${staffId} AND gone.removed_at IS NOT NULL)`
}
