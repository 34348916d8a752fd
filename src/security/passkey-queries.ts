import { and, asc, eq, sql } from 'drizzle-orm'
import { audited } from '../audit/audit-queries.ts'
import type { Passkey } from '../authenticators/passkeys.ts'
import type { Database } from '../core/database.ts'
import { passkeys } from '../schema.ts'
import { PASSKEY_LIMIT } from './passkey-limit.ts'

/** What a new passkey must fit in with, the oldest first. */
export function listPasskeys(db: Database, candidateId: string) {
  return db
    .select({
      credentialId: passkeys.credentialId,
      userHandle: passkeys.userHandle,
      transports: passkeys.transports,
    })
    .from(passkeys)
    .where(eq(passkeys.candidateId, candidateId))
    .orderBy(asc(passkeys.createdAt), asc(passkeys.credentialId))
}

/**
 * Keeps a new passkey under the handle that the candidate's other passkeys have, or else under `userHandle`. False
 * when it is kept already, whoever's it is, or when there is no room for one more.
 */
export async function insertPasskey(
  db: Database,
  { candidateId, device, ...key }: Passkey & { candidateId: string; name: string; device: string },
  now: Date,
): Promise<boolean> {
  const details = { device, synced: key.backedUp }
  const event = { action: 'passkey.added', actor: 'candidate', candidateId, details } as const
  const { before, after } = audited(db, event, now)
  const [, added] = await db.batch([
    before,
    db
      .insert(passkeys)
      .select(sql`
        SELECT ${key.credentialId}, ${candidateId}, NULL,
          coalesce((
            SELECT user_handle FROM passkeys WHERE candidate_id = ${candidateId}
            ORDER BY created_at, credential_id LIMIT 1), ${key.userHandle}),
          ${key.publicKey}, ${key.counter}, ${JSON.stringify(key.transports)}, ${Number(key.backedUp)},
          ${key.name}, ${now.getTime()}, NULL
        WHERE (SELECT count(*) FROM passkeys WHERE candidate_id = ${candidateId}) < ${PASSKEY_LIMIT}`)
      .onConflictDoNothing({ target: passkeys.credentialId })
      .returning({ credentialId: passkeys.credentialId }),
    ...after,
  ])
  return added.length === 1
}

/** False when there is no such passkey of theirs. */
export async function deletePasskey(
  db: Database,
  { candidateId, credentialId, device }: { candidateId: string; credentialId: string; device: string },
  now: Date,
): Promise<boolean> {
  const details = { device }
  const event = { action: 'passkey.removed', actor: 'candidate', candidateId, details } as const
  const { before, after } = audited(db, event, now)
  const [, removed] = await db.batch([
    before,
    db
      .delete(passkeys)
      .where(and(eq(passkeys.candidateId, candidateId), eq(passkeys.credentialId, credentialId)))
      .returning({ credentialId: passkeys.credentialId }),
    ...after,
  ])
  return removed.length === 1
}
