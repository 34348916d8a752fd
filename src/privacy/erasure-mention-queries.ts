import { type SQL, sql } from 'drizzle-orm'

/**
 * Rows that name a person without being filed under them, each statement ending in a condition that more can be
 * added to. They run while the person's addresses still stand. IDs count for every row; an address only for rows that
 * are nobody's, since two records may share one. Some read their whole table: closing an account is rare.
 */
export function mentions(ids: readonly string[], candidateId: string, pseudonym: string): SQL[] {
  const named = sql`json_each(${JSON.stringify(ids)}) AS named`
  const addresses = sql`(
    SELECT normalized FROM candidate_emails WHERE candidate_id = ${candidateId}
    UNION SELECT address FROM candidate_emails WHERE candidate_id = ${candidateId})`
  const isQuotedIn = (json: SQL) =>
    sql`EXISTS (SELECT 1 FROM ${named} WHERE instr(${json}, '"' || named.value || '"') > 0)`
  return [
    sql`DELETE FROM access_links
      WHERE (${isQuotedIn(sql`data`)}
        OR (candidate_id IS NULL AND (sent_to IN ${addresses} OR lower(sent_to) IN ${addresses})))`,
    sql`DELETE FROM recoveries WHERE (candidate_id IS NULL AND new_normalized IN ${addresses})`,
    // The keys of the import's own mails are made of registrations and numbers, which may look like IDs.
    sql`DELETE FROM mail_outbox
      WHERE (${isQuotedIn(sql`payload`)}
        OR (candidate_id IS NULL AND (recipient IN ${addresses} OR lower(recipient) IN ${addresses}))
        OR (template NOT IN ('welcome', 'result', 'award') AND EXISTS (
          SELECT 1 FROM ${named}
          WHERE instr(':' || replace(dedupe_key, '/', ':') || ':', ':' || named.value || ':') > 0)))`,
    ...quarantine(named, addresses, candidateId),
    // What waits for its delivery is emptied and not taken away, so that it is still known when it is sent again.
    sql`UPDATE feed_events SET body = '{}' WHERE (body IS NOT NULL AND ${isQuotedIn(sql`body`)})`,
    sql`UPDATE feed_events SET event_id = lower(hex(randomblob(32)))
      WHERE EXISTS (SELECT 1 FROM ${named} WHERE instr(event_id, named.value) > 0)`,
    sql`DELETE FROM candidate_links WHERE said_id IN (SELECT named.value FROM ${named})`,
    ...ids.flatMap((id) => inWordsOfOthers(id, pseudonym)),
  ]
}

/** Rows set aside: by what was understood of them, by the vendor's number, or by a cell of their text. */
function quarantine(named: SQL, addresses: SQL, candidateId: string): SQL[] {
  const cells = sql`(',' || replace(replace(replace(raw, char(9), ','), '"', ''), ' ', '') || ',')`
  const hasCell = (value: SQL) => sql`instr(${cells}, ',' || replace(${value}, ' ', '') || ',') > 0`
  return [
    sql`DELETE FROM quarantined_rows
      WHERE EXISTS (
        SELECT 1 FROM ${named}
        WHERE candidate_id = named.value OR fields ->> 'candidateId' = named.value OR ${hasCell(sql`named.value`)})`,
    sql`DELETE FROM quarantined_rows
      WHERE EXISTS (
        SELECT 1 FROM vendor_candidates AS link JOIN deliveries ON deliveries.feed = link.feed
        WHERE link.candidate_id = ${candidateId} AND deliveries.id = quarantined_rows.delivery_id
          AND link.vendor_candidate_id = fields ->> 'vendorCandidateId')`,
    sql`DELETE FROM quarantined_rows
      WHERE (candidate_id IS NULL AND EXISTS (
        SELECT 1 FROM ${addresses} AS own WHERE ${hasCell(sql`own.normalized`)}))`,
  ]
}

/** What stands about them in rows of other people, which stay. */
function inWordsOfOthers(id: string, pseudonym: string): SQL[] {
  const [quoted, another] = [`"${id}"`, `"${pseudonym}"`]
  const [subject, holder] = [`names candidate ${id},`, `registration is ${id}'s`]
  return [
    sql`UPDATE requests SET details = replace(details, ${quoted}, ${another}) WHERE instr(details, ${quoted}) > 0`,
    sql`UPDATE quarantined_rows
      SET message = replace(replace(message, ${subject}, 'names another candidate,'), ${holder},
        'registration is another''s')
      WHERE (instr(message, ${subject}) > 0 OR instr(message, ${holder}) > 0)`,
  ]
}
