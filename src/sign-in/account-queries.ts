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

/**
 * An address may be sent ways in as long as nobody has proved an address of the record, and then only if it is a
 * proved one: whoever reads the mailbox of an old employer, or one that a feed named, gets nothing.
 */
const mayGetIn = sql`(verified_at IS NOT NULL OR NOT EXISTS (
  SELECT 1 FROM candidate_emails AS proved
  WHERE proved.candidate_id = candidate_emails.candidate_id AND proved.verified_at IS NOT NULL))`

/** A candidate's own choice; or every proved address where the primary one is not proved and others are. */
const isWhereMailGoes = sql`(is_primary = 1 OR (verified_at IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM candidate_emails AS chosen
  WHERE chosen.candidate_id = candidate_emails.candidate_id AND chosen.is_primary = 1
    AND chosen.verified_at IS NOT NULL)))`

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
      and(
        mayGetIn,
        name.kind === 'email'
          ? eq(candidateEmails.normalized, name.normalized)
          : and(inArray(candidateEmails.candidateId, spellingsOf(name.id)), isWhereMailGoes),
      ),
    )
    .orderBy(desc(candidateEmails.verifiedAt), candidateEmails.candidateId)
    .limit(SHARED_ADDRESS_LIMIT)
}
