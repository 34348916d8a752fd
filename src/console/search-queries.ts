import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { candidates } from '../schema.ts'
import type { AfterCandidate, CandidateList, CandidateSearch } from './candidate-search.ts'

/** By what a hit was found. */
export type FoundBy =
  | 'id'
  | 'alias'
  | 'address'
  | 'award-number'
  | 'verification-code'
  | 'registration'
  | 'id-begins'
  | 'name'
  | 'address-begins'

export type Hit = Awaited<ReturnType<typeof selectHits>>[number]

/** More records than one number or address can lead to. */
const EXACT_LIMIT = 10

/**
 * One round trip: what the text leads to exactly, and `limit` of each list that follows, from `after` on. Rows read
 * grow with what is found, and not with who else there is.
 */
export async function searchCandidates(
  db: Database,
  search: CandidateSearch,
  after: AfterCandidate | null,
  limit: number,
) {
  const passed = after === null ? 0 : search.lists.findIndex(({ of }) => of === after[0])
  const lists = search.lists.slice(Math.max(passed, 0))
  const [exact, ...listed] = await db.batch([
    selectHits(db, exactHits(search)),
    ...lists.map((list) => selectHits(db, listHits(list, list.of === after?.[0] ? after : null, limit))),
  ])
  return { exact, listed: lists.map(({ of }, index) => ({ of, hits: listed[index] ?? [] })) }
}

/** What a line of the list says, for hits that name `candidate_id`, `found_by` and the `key` of their place. */
function selectHits(db: Database, hits: SQL) {
  return (
    db
      .select({
        id: candidates.id,
        fullName: candidates.fullName,
        nativeName: candidates.nativeName,
        country: candidates.country,
        erasedAt: candidates.erasedAt,
        foundBy: sql<FoundBy>`hit.found_by`.as('found_by'),
        key: sql<string>`hit."key"`.as('key'),
        address: sql<string | null>`(
          SELECT address FROM candidate_emails AS email
          WHERE email.candidate_id = hit.candidate_id AND email.is_primary = 1)`.as('address'),
        awards: sql<number>`(
          SELECT count(*) FROM awards AS award
          WHERE award.candidate_id = hit.candidate_id AND award.superseded_by IS NULL)`.as('awards'),
      })
      // A cross join: the hits lead, however few candidates the planner thinks there are.
      .from(sql`(${hits}) AS hit`)
      .crossJoin(candidates)
      .where(sql`${candidates.id} = hit.candidate_id`)
  )
}

/** In two parts, since D1 takes at most five terms of a UNION. */
function exactHits({ ids, email, awardNumbers, verificationCode, registrationId }: CandidateSearch): SQL {
  const all = (values: readonly string[]) => sql`(SELECT value FROM json_each(${JSON.stringify(values)}))`
  const names = sql`
    SELECT id AS candidate_id, 'id' AS found_by FROM candidates WHERE id IN ${all(ids)}
    UNION ALL
    SELECT candidate_id, 'alias' FROM candidate_aliases WHERE alias_id IN ${all(ids)}
    UNION ALL
    SELECT candidate_id, 'address' FROM candidate_emails WHERE normalized = ${email}`
  const numbers = sql`
    SELECT candidate_id, 'award-number' AS found_by FROM awards WHERE number IN ${all(awardNumbers)}
    UNION ALL
    SELECT candidate_id, 'verification-code' FROM awards WHERE verification_code = ${verificationCode}
    UNION ALL
    SELECT candidate_id, 'registration' FROM registrations
    WHERE feed IN (SELECT id FROM feeds) AND registration_id = ${registrationId}
    UNION ALL
    SELECT candidate_id, 'registration' FROM results
    WHERE feed IN (SELECT id FROM feeds) AND registration_id = ${registrationId}`
  return sql`
    SELECT candidate_id, min(found_by) AS found_by, '' AS "key"
    FROM (SELECT * FROM (${names}) UNION ALL SELECT * FROM (${numbers}))
    GROUP BY candidate_id ORDER BY candidate_id LIMIT ${EXACT_LIMIT}`
}

/** Each list is read in the order of an index, from where the page before ended, until there are enough. */
function listHits(list: CandidateList, after: AfterCandidate | null, limit: number): SQL {
  switch (list.of) {
    case 'ids':
      return idHits(list.beginnings, after, limit)
    case 'names':
      return nameHits(list.words, after, limit)
    case 'addresses':
      return addressHits(list, after, limit)
  }
}

function idHits(beginnings: readonly string[], after: AfterCandidate | null, limit: number): SQL {
  const begins = sql.join(
    beginnings.map(
      (text) => sql`SELECT id FROM (
        SELECT id FROM candidates WHERE ${between('id', text)} AND ${beyondId(after)} ORDER BY id LIMIT ${limit})`,
    ),
    sql` UNION `,
  )
  return sql`SELECT id AS candidate_id, 'id-begins' AS found_by, '' AS "key" FROM (${begins})
    ORDER BY id LIMIT ${limit}`
}

/** The first word leads; the others are looked up by candidate. Whoever has two such words stands at the first. */
function nameHits(
  [first = '', ...others]: readonly string[],
  after: AfterCandidate | null,
  limit: number,
): SQL {
  return sql`SELECT candidate_id, 'name' AS found_by, word AS "key" FROM name_words AS hit
    WHERE ${between('word', first)} AND ${beyond('word', after)}
      AND NOT EXISTS (
        SELECT 1 FROM name_words AS earlier
        WHERE earlier.candidate_id = hit.candidate_id AND earlier.word >= ${first} AND earlier.word < hit.word)
      ${sql.join(
        others.map((word) => sql`AND ${hasWord(word)}`),
        sql` `,
      )}
    ORDER BY word, candidate_id LIMIT ${limit}`
}

function addressHits(
  { beginning, butIds, butWords }: Extract<CandidateList, { of: 'addresses' }>,
  after: AfterCandidate | null,
  limit: number,
): SQL {
  const isListed = [
    ...butIds.map((id) => between('hit.candidate_id', id)),
    ...(butWords.length > 0 ? [sql.join(butWords.map(hasWord), sql` AND `)] : []),
  ]
  return sql`SELECT candidate_id, 'address-begins' AS found_by, normalized AS "key" FROM candidate_emails AS hit
    WHERE ${between('normalized', beginning)} AND ${beyond('normalized', after)}
      AND NOT EXISTS (
        SELECT 1 FROM candidate_emails AS earlier
        WHERE earlier.candidate_id = hit.candidate_id
          AND earlier.normalized >= ${beginning} AND earlier.normalized < hit.normalized)
      ${sql.join(
        isListed.map((one) => sql`AND NOT (${one})`),
        sql` `,
      )}
    ORDER BY normalized, candidate_id LIMIT ${limit}`
}

/** True of a hit one of whose words begins like this: a look into the index by candidate. */
function hasWord(word: string): SQL {
  return sql`EXISTS (
    SELECT 1 FROM name_words AS other
    WHERE other.candidate_id = hit.candidate_id AND ${between('other.word', word)})`
}

/** Text begins like this; written as a range, which an index can answer. */
function between(column: string, beginning: string): SQL {
  const name = sql.raw(column)
  return sql`${name} >= ${beginning} AND ${name} < ${`${beginning}\u{10FFFF}`}`
}

function beyond(column: string, after: AfterCandidate | null): SQL {
  if (after === null) return sql`true`
  return sql`(${sql.raw(column)}, candidate_id) > (${after[1]}, ${after[2]})`
}

function beyondId(after: AfterCandidate | null): SQL {
  return after === null ? sql`true` : sql`id > ${after[2]}`
}
