import { eq, sql } from 'drizzle-orm'
import { lastChanged } from '../audit/audit-queries.ts'
import { notePasskeyUse } from '../authenticators/queries.ts'
import type { Database } from '../core/database.ts'
import { candidates, passkeys } from '../schema.ts'
import { accountFacts, type Beginning, beginSession } from './begin-session-queries.ts'

/** A candidate's passkey, and what signing in must know of the account. Those of staff are not found. */
export async function findCandidatePasskey(
  db: Database,
  { credentialId, browserHash }: { credentialId: string; browserHash: string | null },
  now: Date,
) {
  const [passkey] = await db
    .select({
      candidateId: sql<string>`${candidates.id}`.as('holder_id'),
      credentialId: passkeys.credentialId,
      publicKey: passkeys.publicKey,
      counter: passkeys.counter,
      ...accountFacts(browserHash, now),
    })
    .from(passkeys)
    .innerJoin(candidates, eq(candidates.id, passkeys.candidateId))
    .where(eq(passkeys.credentialId, credentialId))
  return passkey ?? null
}

/** Begins a session by a passkey, unless it was removed meanwhile or its counter shows a copy. */
export async function beginByPasskey(
  db: Database,
  { credentialId, counter, ...beginning }: Beginning & { credentialId: string; counter: number },
  now: Date,
): Promise<boolean> {
  const { before, begin, after } = beginSession(db, beginning, lastChanged, now)
  const used = notePasskeyUse(db, credentialId, counter, now)
  const [, , begun] = await db.batch([before, used, begin, ...after])
  return begun.length === 1
}
