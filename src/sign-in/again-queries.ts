import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { lastChanged } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import { candidates, passkeys, passwords, totpSecrets } from '../schema.ts'
import { type Beginning, beginSession } from './begin-session-queries.ts'
import { type CodeProof, takeProof, tellOfRecoveryCode } from './code-queries.ts'
import { passwordStands } from './password-session-queries.ts'

/** By what somebody can prove who they are. */
export type OwnMethods = { hasPassword: boolean; hasTotp: boolean; hasPasskey: boolean }

export async function findOwnMethods(db: Database, candidateId: string): Promise<OwnMethods> {
  const [methods] = await db
    .select({
      hasPassword: sql`EXISTS (SELECT 1 FROM ${passwords} WHERE ${passwords.candidateId} = ${candidateId})`
        .mapWith(Boolean)
        .as('has_password'),
      hasTotp: sql`EXISTS (
        SELECT 1 FROM ${totpSecrets}
        WHERE ${totpSecrets.candidateId} = ${candidateId} AND ${totpSecrets.confirmedAt} IS NOT NULL)`
        .mapWith(Boolean)
        .as('has_totp'),
      hasPasskey: sql`EXISTS (SELECT 1 FROM ${passkeys} WHERE ${passkeys.candidateId} = ${candidateId})`
        .mapWith(Boolean)
        .as('has_passkey'),
    })
    .from(candidates)
    .where(eq(candidates.id, candidateId))
  return methods!
}

/** The secret that a code is checked against; null for an account that asks for none. */
export async function findTotp(db: Database, candidateId: string) {
  const [totp] = await db
    .select({ sealed: totpSecrets.sealed, lastStep: totpSecrets.lastStep })
    .from(totpSecrets)
    .where(and(eq(totpSecrets.candidateId, candidateId), isNotNull(totpSecrets.confirmedAt)))
  return totp ?? null
}

type Again = Beginning & { previousIdHash: string; setAt: number; proof: CodeProof | null }

/** Puts a fresh session in the place of the one there is: only while that one lives and the password stands. */
export async function beginAgain(
  db: Database,
  { setAt, proof, ...beginning }: Again,
  now: Date,
): Promise<boolean> {
  const { candidateId, previousIdHash } = beginning
  const stands = sql`${passwordStands({ candidateId, setAt })}
    AND EXISTS (SELECT 1 FROM sessions WHERE id_hash = ${previousIdHash})`
  if (proof === null) {
    const { before, begin, after } = beginSession(db, beginning, stands, now)
    const [, begun] = await db.batch([before, begin, ...after])
    return begun.length === 1
  }
  const { before, begin, after } = beginSession(db, beginning, sql`${lastChanged} AND ${stands}`, now)
  const [, , begun] = await db.batch([
    before,
    takeProof(db, candidateId, proof, now),
    begin,
    ...after,
    ...tellOfRecoveryCode(db, beginning, proof, now),
  ])
  return begun.length === 1
}
