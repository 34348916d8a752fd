import { and, desc, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { readProgram, selectProgram } from '../program/queries.ts'
import { candidateEmails, candidates, passwords } from '../schema.ts'
import type { AccountName } from './account-name.ts'

/** So many candidates may share one address and all be written to. */
const SHARED_ADDRESS_LIMIT = 5

/** IDs are printed in capitals, and typed as people type. */
function spellingsOf(id: string): string[] {
  return [id, id.toUpperCase()]
}

/**
 * The account that a name opens, with its password as kept, and the program: one round trip, found or not.
 * Only an address that its holder has proved opens an account: an unproved one may stand in several records.
 */
export async function findAccount(db: Database, name: AccountName) {
  const columns = {
    candidateId: sql<string>`${candidates.id}`.as('holder_id'),
    encoded: sql<string | null>`${passwords.encoded}`.as('kept_password'),
  }
  const account =
    name.kind === 'email'
      ? db
          .select(columns)
          .from(candidateEmails)
          .innerJoin(candidates, eq(candidates.id, candidateEmails.candidateId))
          .leftJoin(passwords, eq(passwords.candidateId, candidates.id))
          .where(and(eq(candidateEmails.normalized, name.normalized), isNotNull(candidateEmails.verifiedAt)))
      : db
          .select(columns)
          .from(candidates)
          .leftJoin(passwords, eq(passwords.candidateId, candidates.id))
          .where(inArray(candidates.id, spellingsOf(name.id)))
          .orderBy(desc(sql`${candidates.id} = ${name.id}`))
          .limit(1)
  const [accounts, programs] = await db.batch([account, selectProgram(db)])
  return { account: accounts[0] ?? null, program: readProgram(programs) }
}

export type LinkRecipient = Awaited<ReturnType<typeof listLinkRecipients>>[number]

/** Whom to send a link: every candidate at an address, there; or a candidate, at their primary address. */
export function listLinkRecipients(db: Database, name: AccountName) {
  return db
    .select({
      candidateId: candidateEmails.candidateId,
      address: candidateEmails.address,
      normalized: candidateEmails.normalized,
      hasPassword: sql`${passwords.candidateId} IS NOT NULL`.mapWith(Boolean),
    })
    .from(candidateEmails)
    .leftJoin(passwords, eq(passwords.candidateId, candidateEmails.candidateId))
    .where(
      name.kind === 'email'
        ? eq(candidateEmails.normalized, name.normalized)
        : and(
            inArray(candidateEmails.candidateId, spellingsOf(name.id)),
            eq(candidateEmails.isPrimary, true),
          ),
    )
    .orderBy(desc(candidateEmails.verifiedAt), candidateEmails.candidateId)
    .limit(SHARED_ADDRESS_LIMIT)
}
