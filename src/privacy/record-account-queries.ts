import { type SQL, sql } from 'drizzle-orm'

/**
 * What the record holds about a candidate's account. No secrets, hashes or keys. Where somebody else may have typed an
 * address, it is only told if it is one of the candidate's own.
 */
export function accountLists(candidateId: string) {
  const theirs = sql`candidate_id = ${candidateId}`
  const ownAddress = (address: SQL) => sql`(
    SELECT own.address FROM candidate_emails AS own
    WHERE own.candidate_id = ${candidateId} AND (own.normalized = lower(${address}) OR own.address = ${address}))`
  return {
    addresses: sql`
      SELECT address, is_primary AS isPrimary, verified_at AS confirmedAt, source, added_at AS addedAt
      FROM candidate_emails WHERE ${theirs} ORDER BY is_primary DESC, normalized`,
    formerIds: sql`
      SELECT alias_id AS candidateId, full_name AS fullName, merged_at AS mergedAt
      FROM candidate_aliases WHERE ${theirs} ORDER BY merged_at`,
    vendorIds: sql`
      SELECT feed, said_id AS candidateId, made_at AS createdAt FROM candidate_links WHERE ${theirs}
      UNION ALL SELECT feed, vendor_candidate_id, learned_at FROM vendor_candidates WHERE ${theirs}
      ORDER BY createdAt`,
    requests: sql`
      SELECT id, kind, state, details, created_at AS createdAt, decided_at AS decidedAt, reason,
        helped AS isHelpful, helped_comment AS helpedComment, rated_at AS ratedAt
      FROM requests WHERE ${theirs} ORDER BY id`,
    // Not what staff noted among themselves, nor what somebody said who lost the address and has proved nothing.
    requestMessages: sql`
      SELECT request_id AS requestId, iif(staff_id IS NULL, 'candidate', 'staff') AS who, body, by_link AS isByLink,
        created_at AS createdAt
      FROM request_messages
      WHERE visibility = 'shared' AND request_id IN (
        SELECT id FROM requests WHERE ${theirs} AND kind <> 'address_recovery')
      ORDER BY id`,
    requestFiles: sql`
      SELECT request_id AS requestId, media_type AS mediaType, bytes, created_at AS createdAt,
        destroyed_at AS destroyedAt
      FROM request_files WHERE request_id IN (SELECT id FROM requests WHERE ${theirs}) ORDER BY id`,
    agreements: sql`
      SELECT version, accepted_at AS acceptedAt FROM agreement_acceptances WHERE ${theirs} ORDER BY accepted_at`,
    signInMethods: sql`
      SELECT * FROM (
        SELECT 'password' AS method, NULL AS name, set_at AS addedAt, NULL AS usedAt FROM passwords WHERE ${theirs}
        UNION ALL SELECT 'passkey', name, created_at, last_used_at FROM passkeys WHERE ${theirs}
        UNION ALL SELECT 'totp', NULL, confirmed_at, NULL FROM totp_secrets WHERE ${theirs}
        UNION ALL SELECT 'recovery_code', NULL, created_at, used_at FROM recovery_codes WHERE ${theirs}
      ) ORDER BY method, addedAt`,
    sessions: sql`
      SELECT device, method, created_at AS createdAt, last_seen_at AS lastSeenAt,
        authenticated_at AS authenticatedAt
      FROM sessions WHERE ${theirs} ORDER BY created_at`,
    knownBrowsers: sql`
      SELECT created_at AS createdAt, last_used_at AS usedAt FROM known_browsers WHERE ${theirs} ORDER BY created_at`,
    links: sql`
      SELECT purpose, ${ownAddress(sql`sent_to`)} AS address, created_at AS createdAt, expires_at AS expiresAt,
        used_at AS usedAt
      FROM access_links WHERE ${theirs} ORDER BY created_at`,
    primaryChanges: sql`
      SELECT from_normalized AS fromAddress, to_normalized AS toAddress, changed_at AS changedAt,
        undo_until AS undoUntil, undone_at AS undoneAt
      FROM primary_changes WHERE ${theirs} ORDER BY id`,
    recoveries: sql`
      SELECT ${ownAddress(sql`new_address`)} AS address, proof, asked_at AS askedAt, confirmed_at AS confirmedAt,
        effective_at AS effectiveAt, stopped_at AS stoppedAt, done_at AS doneAt
      FROM recoveries WHERE ${theirs} ORDER BY id`,
    mergeProofs: sql`
      SELECT other_id AS otherId, proved_by AS provedBy, proved_at AS provedAt, expires_at AS expiresAt
      FROM merge_proofs WHERE ${theirs} ORDER BY id`,
    mails: sql`
      SELECT template, ${ownAddress(sql`recipient`)} AS address, owed_at AS owedAt, sent_at AS sentAt,
        given_up_at AS givenUpAt
      FROM mail_outbox WHERE ${theirs} ORDER BY id`,
    copies: sql`
      SELECT asked_at AS askedAt, ready_at AS readyAt, downloaded_at AS downloadedAt, expires_at AS expiresAt
      FROM data_exports WHERE ${theirs} ORDER BY id`,
    // Not why in words: those may name whoever else has the registration.
    rowsSetAside: sql`
      SELECT delivery_id AS deliveryId, member, line, kind, reason, raw AS row, quarantined_at AS setAsideAt,
        resolved_at AS resolvedAt
      FROM quarantined_rows WHERE ${theirs} ORDER BY delivery_id, member, line`,
  }
}
