import { type SQL, sql } from 'drizzle-orm'
import { audited } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import { runTogether, statementOf } from '../import/row-queries.ts'
import { mentions } from './erasure-mention-queries.ts'
import { personColumns } from './erasure-tables.ts'

export type DueAccount = { candidateId: string; aliasIds: string[] }

/** `idHashes`: of all IDs, as closed_candidates keeps them. */
export type Erasure = DueAccount & { pseudonym: string; idHashes: string[] }

/** Accounts whose time is up, the longest due first, with all IDs that ever were theirs. */
export async function listDueAccounts(db: Database, now: Date, limit: number): Promise<DueAccount[]> {
  const due = await db.all<{ candidateId: string; aliasIds: string }>(sql`
    SELECT id AS candidateId, (SELECT json_group_array(other_id) FROM (${otherIds(sql`candidates.id`)})) AS aliasIds
    FROM candidates
    WHERE closes_at IS NOT NULL AND closes_at <= ${now.getTime()} AND erased_at IS NULL
    ORDER BY closes_at LIMIT ${limit}`)
  return due.map(({ candidateId, aliasIds }) => ({ candidateId, aliasIds: JSON.parse(aliasIds) as string[] }))
}

/** Nobody gets in any more, so that nothing new is made while what lies in the bucket is taken away. */
export async function shutOut(db: Database, candidateId: string): Promise<void> {
  const ways = ['sessions', 'pending_sign_ins', 'access_links', 'passwords', 'passkeys', 'totp_secrets']
  await runTogether(
    db,
    ways.map((table) =>
      statementOf(db, sql`DELETE FROM ${sql.identifier(table)} WHERE candidate_id = ${candidateId}`),
    ),
  )
}

/** What lies in the bucket for this candidate alone: objects, and prefixes of objects. */
export async function listOwnObjects(db: Database, candidateId: string) {
  const objects = await db.all<{ key: string }>(sql`
    SELECT object_key AS key FROM data_exports WHERE candidate_id = ${candidateId} AND object_key IS NOT NULL
    UNION ALL
    SELECT object_key FROM request_files JOIN requests ON requests.id = request_files.request_id
    WHERE requests.candidate_id = ${candidateId}`)
  // Two partial indexes, for live and for merged awards.
  const held = await db.all<{ id: number }>(sql`
    SELECT id FROM awards WHERE candidate_id = ${candidateId} AND superseded_by IS NULL
    UNION ALL
    SELECT id FROM awards WHERE candidate_id = ${candidateId} AND superseded_by IS NOT NULL`)
  return { keys: objects.map(({ key }) => key), awardIds: held.map(({ id }) => id) }
}

/**
 * Takes the person out of the database in one batch, all of it or nothing, and answers whether it did. The first
 * statement decides, every other asks whether it did: the time is up, nobody is signed in, no IDs have joined since
 * they were read, and no import runs, which could write down what it read about them before.
 */
export async function erasePerson(db: Database, erasure: Erasure, now: Date): Promise<boolean> {
  const { candidateId, aliasIds, pseudonym, idHashes } = erasure
  const isDone = sql`EXISTS (SELECT 1 FROM candidates AS erased WHERE erased.id = ${pseudonym})`
  const closed = { action: 'account.closed', actor: 'system', candidateId } as const
  const { before, after } = audited(db, closed, now, isDone)
  const run = (query: SQL) => statementOf(db, query)
  await runTogether(db, [
    run(insertPseudonym(erasure, now)),
    run(sql`
      INSERT INTO closed_candidates (id_hmac, closed_at)
      SELECT value, ${now.getTime()} FROM json_each(${JSON.stringify(idHashes)}) WHERE ${isDone}
      ON CONFLICT (id_hmac) DO UPDATE SET closed_at = excluded.closed_at`),
    statementOf(db, before),
    ...after.map((statement) => statementOf(db, statement)),
    ...mentions([candidateId, ...aliasIds], candidateId, pseudonym).map((query) =>
      run(sql`${query} AND ${isDone}`),
    ),
    ...dependents(candidateId).map((query) => run(sql`${query} AND ${isDone}`)),
    ...ownRows(candidateId, pseudonym).map((query) => run(sql`${query} AND ${isDone}`)),
    run(sql`DELETE FROM candidates WHERE id = ${candidateId} AND ${isDone}`),
  ])
  const [kept] = await db.all(sql`SELECT 1 FROM candidates WHERE id = ${pseudonym}`)
  return kept !== undefined
}

/** Who stands for the person from now on: nobody, or the name alone where it goes on being verified. */
function insertPseudonym({ candidateId, aliasIds, pseudonym }: Erasure, now: Date): SQL {
  const name = sql`iif(closing_keeps_verification, full_name, '—')`
  return sql`
    INSERT INTO candidates (id, full_name, given_name, family_name, searched_as, vendor_time, row_hash, delivery_id,
      delivery_line, notify_results, notify_awards, notify_reminders, closing_keeps_verification, erased_at, revision,
      evaluated_revision, created_at)
    SELECT ${pseudonym}, ${name}, '', '', ${name} || char(10), 0, '-', '-', 0, 0, 0, 0, closing_keeps_verification,
      ${now.getTime()}, revision, evaluated_revision, ${now.getTime()}
    FROM candidates
    WHERE id = ${candidateId} AND closes_at <= ${now.getTime()} AND erased_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM sessions WHERE candidate_id = ${candidateId})
      AND NOT EXISTS (SELECT 1 FROM deliveries WHERE state = 'importing')
      AND NOT EXISTS (
        SELECT 1 FROM (${otherIds(sql`${candidateId}`)})
        WHERE other_id NOT IN (SELECT value FROM json_each(${JSON.stringify(aliasIds)})))`
}

/** The IDs of records that were merged into this one, and what vendors call the candidate. */
function otherIds(candidateId: SQL): SQL {
  return sql`
    SELECT alias_id AS other_id FROM candidate_aliases WHERE candidate_id = ${candidateId}
    UNION SELECT said_id FROM candidate_links WHERE candidate_id = ${candidateId}`
}

/** Rows that are theirs by other rows; run before those are moved or deleted. */
function dependents(candidateId: string): SQL[] {
  const theirs = (table: 'transcripts' | 'requests') =>
    sql`(SELECT id FROM ${sql.identifier(table)} WHERE candidate_id = ${candidateId})`
  const sittings = sql`(feed, registration_id) IN (SELECT feed, registration_id FROM results WHERE candidate_id = ${candidateId})`
  return [
    sql`DELETE FROM transcript_awards WHERE transcript_id IN ${theirs('transcripts')}`,
    sql`DELETE FROM request_files WHERE request_id IN ${theirs('requests')}`,
    sql`DELETE FROM request_messages WHERE request_id IN ${theirs('requests')}`,
    // Mails about a lost address are filed under nobody: they went to an address that had proved nothing.
    sql`DELETE FROM mail_outbox
      WHERE template IN ('request_message', 'request_decided') AND candidate_id IS NULL
        AND payload ->> 'requestId' IN ${theirs('requests')}`,
    // The number of a request that is gone may be given to another one.
    sql`UPDATE course_completions SET request_id = NULL, doubted_at = NULL WHERE request_id IN ${theirs('requests')}`,
    // What a version says of the sitting stays. The hashes were made of all that it said: few IDs need trying.
    sql`UPDATE result_versions SET fields = json_remove(fields, '$.candidateId'), row_hash = '-' WHERE ${sittings}`,
    sql`UPDATE results SET row_hash = '-' WHERE candidate_id = ${candidateId}`,
    sql`UPDATE registrations SET row_hash = '-' WHERE candidate_id = ${candidateId}`,
    // What was done stays; why, in somebody's own words, does not.
    sql`UPDATE course_completions SET taken_back_reason = '-'
      WHERE taken_back_at IS NOT NULL AND candidate_id = ${candidateId}`,
    sql`UPDATE award_acts SET reason = '-' WHERE candidate_id = ${candidateId}`,
    sql`UPDATE approvals SET note = '', withdrawal_reason = iif(withdrawal_reason IS NULL, NULL, '-') WHERE candidate_id = ${candidateId}`,
    sql`UPDATE act_proposals SET reason = '-'
      WHERE decided_at IS NOT NULL AND EXISTS (
        SELECT 1 FROM json_each(award_ids) AS named JOIN awards ON awards.id = named.value
        WHERE awards.candidate_id = ${candidateId})`,
    // Without verification the papers lead nowhere: not even somebody who holds one finds the row behind it.
    sql`
      UPDATE awards SET number = certification || '-' || lower(hex(randomblob(8))),
        verification_code = hex(randomblob(8))
      WHERE candidate_id = ${candidateId}
        AND NOT (SELECT closing_keeps_verification FROM candidates WHERE id = ${candidateId})`,
  ]
}

function ownRows(candidateId: string, pseudonym: string): SQL[] {
  return personColumns.map(({ table, column, fate }) => {
    const [into, is] = [sql.identifier(table), sql.identifier(column)]
    return fate === 'moved'
      ? sql`UPDATE ${into} SET ${is} = ${pseudonym} WHERE ${is} = ${candidateId}`
      : sql`DELETE FROM ${into} WHERE ${is} = ${candidateId}`
  })
}
