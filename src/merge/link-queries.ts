import { and, eq, gt, isNull, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import type { OwedMail } from '../mail/outbox.ts'
import { oweMails } from '../mail/outbox-queries.ts'
import { accessLinks, candidateEmails, candidates, totpSecrets } from '../schema.ts'
import type { AccountName } from '../sign-in/account-name.ts'
import { accountNamed } from '../sign-in/account-queries.ts'
import type { Recipient } from './proof.ts'

/** No record has more addresses, and hardly an address stands in more records. */
const MOST_RECIPIENTS = 10

/**
 * The addresses that may get a link to a record that a name leads to, of records other than one's own: the proved
 * ones, or where none is proved the primary one and the one that was named. `isOwn`: the ID is one's own.
 */
export async function listProofRecipients(
  db: Database,
  { name, candidateId }: { name: AccountName; candidateId: string },
): Promise<{ isOwn: boolean; recipients: Recipient[] }> {
  const records =
    name.kind === 'email'
      ? sql`SELECT candidate_id FROM candidate_emails WHERE normalized = ${name.normalized}`
      : accountNamed(name)
  const address = name.kind === 'email' ? name.normalized : ''
  const [own, recipients] = await db.batch([
    db
      .select({ id: candidates.id })
      .from(candidates)
      .where(and(eq(candidates.id, candidateId), sql`${candidates.id} IN (${records})`)),
    db
      .select({
        otherId: candidateEmails.candidateId,
        address: candidateEmails.address,
        normalized: candidateEmails.normalized,
      })
      .from(candidateEmails)
      .where(
        sql`${candidateEmails.candidateId} IN (${records}) AND ${candidateEmails.candidateId} <> ${candidateId}
          AND (${candidateEmails.verifiedAt} IS NOT NULL OR (
            (${candidateEmails.isPrimary} = 1 OR ${candidateEmails.normalized} = ${address})
            AND ${noneIsProved(sql`${candidateEmails.candidateId}`)}))`,
      )
      .limit(MOST_RECIPIENTS),
  ])
  // An address may stand in several records: that it stands in one's own says nothing about the others.
  return { isOwn: name.kind === 'candidate_id' && own.length > 0, recipients }
}

export async function oweProofMails(db: Database, mails: readonly OwedMail[], now: Date): Promise<void> {
  if (mails.length > 0) await oweMails(db, mails, now)
}

/**
 * Which links prove anything: for who asked only, once, in time, and while the address that it was sent to may still
 * get links to the record.
 */
export function isLiveProof({ tokenHash, candidateId }: ProofLink, now: Date): SQL {
  return and(
    eq(accessLinks.tokenHash, tokenHash),
    eq(accessLinks.purpose, 'merge_proof'),
    isNull(accessLinks.usedAt),
    gt(accessLinks.expiresAt, now),
    sql`access_links.data ->> 'candidateId' = ${candidateId}`,
    sql`access_links.candidate_id <> ${candidateId}`,
    sql`EXISTS (
      SELECT 1 FROM candidate_emails AS sent
      WHERE sent.candidate_id = access_links.candidate_id AND sent.address = access_links.sent_to
        AND (sent.verified_at IS NOT NULL OR ${noneIsProved(sql`access_links.candidate_id`)}))`,
  )!
}

/** A link as it was followed, and who is signed in there. */
export type ProofLink = { tokenHash: string; candidateId: string }

/** The record that a link proves; null for one that proves nothing to this candidate. Looking uses nothing up. */
export async function findProofLink(db: Database, link: ProofLink, now: Date) {
  const [found] = await db
    .select({
      otherId: sql<string>`${accessLinks.candidateId}`.as('other_id'),
      sealed: totpSecrets.sealed,
      lastStep: totpSecrets.lastStep,
    })
    .from(accessLinks)
    .leftJoin(
      totpSecrets,
      and(eq(totpSecrets.candidateId, accessLinks.candidateId), sql`${totpSecrets.confirmedAt} IS NOT NULL`),
    )
    .where(isLiveProof(link, now))
  return found ?? null
}

function noneIsProved(candidateId: SQL): SQL {
  return sql`NOT EXISTS (
    SELECT 1 FROM candidate_emails AS proved
    WHERE proved.candidate_id = ${candidateId} AND proved.verified_at IS NOT NULL)`
}
