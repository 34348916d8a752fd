import { type SQL, sql } from 'drizzle-orm'
import { type KnownPerson, type MatchFacts, normalizedEmail } from './match-candidate.ts'
import type { Named } from './read-named.ts'

type Unknown = { id: string }
type Authorized = { authorization: string; candidateId: string }
type Linked = { vendorCandidateId: string; candidateId: string }
type Addressee = KnownPerson & { email: string }

export type MatchAnswers = [Unknown, Authorized, Linked, Addressee]

/**
 * Whom some rows may be about, as questions of a batch. A question that no row gives rise to costs nothing, and that
 * about authorizations next to nothing where the feed books with none; of those that are, only what disagrees with the
 * row or adds to it is answered.
 */
export function matchQuestions(feed: string, rows: readonly Named[]): [SQL, SQL, SQL, SQL] {
  const ids = JSON.stringify([...new Set(rows.map(({ candidateId }) => candidateId))])
  const authorizations = JSON.stringify(
    rows.flatMap(({ clientAuthorizationId, candidateId }) =>
      clientAuthorizationId === null ? [] : [[clientAuthorizationId, candidateId]],
    ),
  )
  const numbers = JSON.stringify(rows.flatMap(({ vendorCandidateId }) => vendorCandidateId ?? []))
  const addresses = JSON.stringify(
    rows.flatMap(({ person }) => (person?.email ? [normalizedEmail(person.email)] : [])),
  )
  return [
    sql`
      SELECT value AS id FROM json_each(${ids})
      WHERE NOT EXISTS (SELECT 1 FROM candidates WHERE candidates.id = value)`,
    sql`
      SELECT DISTINCT said.value ->> 0 AS "authorization", booked.candidate_id AS candidateId
      FROM json_each(${authorizations}) AS said
      CROSS JOIN registrations AS booked
        ON booked.feed = ${feed} AND booked.client_authorization_id = said.value ->> 0
      WHERE EXISTS (SELECT 1 FROM registrations WHERE feed = ${feed} AND client_authorization_id IS NOT NULL)
        AND booked.candidate_id <> said.value ->> 1`,
    sql`
      SELECT vendor_candidate_id AS vendorCandidateId, candidate_id AS candidateId FROM vendor_candidates
      WHERE feed = ${feed} AND vendor_candidate_id IN (SELECT value FROM json_each(${numbers}))`,
    sql`
      SELECT DISTINCT emails.normalized AS email, candidates.id AS candidateId, given_name AS givenName,
        family_name AS familyName, birth_on AS birthOn
      FROM json_each(${addresses}) AS said
      CROSS JOIN candidate_emails AS emails ON emails.normalized = said.value
      CROSS JOIN candidates ON candidates.id = emails.candidate_id`,
  ]
}

export function readMatchFacts(
  unknown: readonly Unknown[],
  authorized: readonly Authorized[],
  linked: readonly Linked[],
  addressees: readonly Addressee[],
): MatchFacts {
  return {
    unknownCandidates: new Set(unknown.map(({ id }) => id)),
    authorized: grouped(authorized, 'authorization', ({ candidateId }) => candidateId),
    linked: new Map(linked.map(({ vendorCandidateId, candidateId }) => [vendorCandidateId, candidateId])),
    addressees: grouped(addressees, 'email', (addressee) => addressee),
  }
}

function grouped<Row, Value>(
  rows: readonly Row[],
  key: keyof Row & string,
  pick: (row: Row) => Value,
): Map<string, Value[]> {
  const groups = new Map<string, Value[]>()
  for (const row of rows) {
    const name = String(row[key])
    const group = groups.get(name)
    if (group) group.push(pick(row))
    else groups.set(name, [pick(row)])
  }
  return groups
}
