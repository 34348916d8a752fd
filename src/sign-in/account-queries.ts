import { and, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { readProgram, selectProgram } from '../program/queries.ts'
import { candidateEmails, candidates, passwords } from '../schema.ts'
import type { AccountName } from './account-name.ts'
import { accountFacts } from './begin-session-queries.ts'
import type { Attempt } from './brake.ts'
import { countTry, readTry } from './brake-queries.ts'

/** So many candidates may share one address and all be written to. */
const SHARED_ADDRESS_LIMIT = 5

/**
 * The candidate ID that a name opens, as SQL; null for nobody's. Only an address that its holder has proved opens an
 * account: an unproved one may stand in several records. IDs are printed in capitals, and typed as people type; one
 * that was merged into another leads there.
 */
export function accountNamed(name: AccountName): SQL {
  if (name.kind === 'email')
    return sql`SELECT candidate_id FROM candidate_emails
      WHERE normalized = ${name.normalized} AND verified_at IS NOT NULL`
  const spellings = sql`(${name.id}, ${name.id.toUpperCase()})`
  return sql`SELECT coalesce(
    (SELECT candidate_id FROM candidate_aliases WHERE alias_id IN ${spellings} LIMIT 1),
    (SELECT id FROM candidates WHERE id IN ${spellings} ORDER BY id = ${name.id} DESC LIMIT 1))`
}

/** An account's password as kept, and what signing in must know besides. */
function selectAccount(db: Database, account: SQL, browserHash: string | null, now: Date) {
  return db
    .select({
      candidateId: sql<string>`${candidates.id}`.as('holder_id'),
      encoded: sql<string | null>`${passwords.encoded}`.as('kept_password'),
      passwordSetAt: sql<number | null>`${passwords.setAt}`.as('password_set_at'),
      ...accountFacts(browserHash, now),
    })
    .from(candidates)
    .leftJoin(passwords, eq(passwords.candidateId, candidates.id))
    .where(sql`${candidates.id} = (${account})`)
}

export type Account = Awaited<ReturnType<typeof selectAccount>>[number]

/** Counts a try at a name, and finds its account and the program: one round trip, whoever is named. */
export async function tryAccount(
  db: Database,
  { name, nameKey, browserHash }: { name: AccountName; nameKey: string; browserHash: string | null },
  now: Date,
) {
  const account = accountNamed(name)
  const { named, delayed, counted } = countTry(db, { account, nameKey, browserHash }, now)
  const [, delays, counts, accounts, programs] = await db.batch([
    named,
    delayed,
    counted,
    selectAccount(db, account, browserHash, now),
    selectProgram(db),
  ])
  return {
    attempt: readTry(delays, counts)!,
    account: accounts[0] ?? null,
    program: readProgram(programs),
  }
}

/** The same for who is signed in already. */
export async function tryOwnAccount(
  db: Database,
  { candidateId, browserHash }: { candidateId: string; browserHash: string | null },
  now: Date,
) {
  const account = sql`SELECT ${candidateId}`
  const { named, delayed, counted } = countTry(db, { account, nameKey: null, browserHash }, now)
  const [, delays, counts, accounts] = await db.batch([
    named,
    delayed,
    counted,
    selectAccount(db, account, browserHash, now),
  ])
  return { attempt: readTry(delays, counts)!, account: accounts[0] ?? null }
}

/** Counts a try at the code of a record, by who has shown the first of two factors. */
export async function tryOwnCode(db: Database, candidateId: string, now: Date): Promise<Attempt> {
  const tried = { account: sql`SELECT ${candidateId}`, nameKey: null, browserHash: null, isCode: true }
  const { named, delayed, counted } = countTry(db, tried, now)
  const [, delays, counts] = await db.batch([named, delayed, counted])
  return readTry(delays, counts)!
}

/** Puts a password that was kept with older parameters into today's, unless it was changed meanwhile. */
export async function renewEncoding(
  db: Database,
  { candidateId, from, to }: { candidateId: string; from: string; to: string },
): Promise<void> {
  await db
    .update(passwords)
    .set({ encoded: to })
    .where(and(eq(passwords.candidateId, candidateId), eq(passwords.encoded, from)))
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
          : and(sql`${candidateEmails.candidateId} = (${accountNamed(name)})`, isWhereMailGoes),
      ),
    )
    .orderBy(desc(candidateEmails.verifiedAt), candidateEmails.candidateId)
    .limit(SHARED_ADDRESS_LIMIT)
}
