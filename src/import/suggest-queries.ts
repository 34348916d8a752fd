import { sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { type Agreed, agreement, ENOUGH, type KnownPerson, normalizedEmail } from './match-candidate.ts'
import type { Person } from './read-named.ts'

/** Somebody whom a row may be about, and what besides the e-mail address speaks for it. */
export type Suggestion = { candidateId: string; fullName: string; agreed: ('email' | Agreed)[] }

const MOST_SUGGESTED = 5
/** One address may be a whole family's. */
const MOST_ADDRESSEES = 50

/**
 * Candidates whom a row set aside may be about: the same e-mail address and last name, and the first name or the birth
 * date. Only ever shown, never applied; best first, at most five. `fields` is what was understood of the row, as it
 * is kept or already parsed.
 */
export async function suggestCandidates(
  db: Database,
  { fields }: { fields: unknown },
): Promise<Suggestion[]> {
  const person = personIn(typeof fields === 'string' ? (JSON.parse(fields) as unknown) : fields)
  if (person === null || person.email === null) return []

  const known = await db.all<KnownPerson & { fullName: string }>(sql`
    SELECT DISTINCT candidates.id AS candidateId, full_name AS fullName, given_name AS givenName,
      family_name AS familyName, birth_on AS birthOn
    FROM candidate_emails CROSS JOIN candidates ON candidates.id = candidate_emails.candidate_id
    WHERE candidate_emails.normalized = ${normalizedEmail(person.email)} AND candidates.erased_at IS NULL
    LIMIT ${MOST_ADDRESSEES}`)
  return known
    .map((one) => ({ one, agreed: agreement(person, one) }))
    .filter(({ agreed }) => agreed.length >= ENOUGH)
    .toSorted((a, b) => b.agreed.length - a.agreed.length)
    .slice(0, MOST_SUGGESTED)
    .map(({ one: { candidateId, fullName }, agreed }) => ({
      candidateId,
      fullName,
      agreed: ['email', ...agreed],
    }))
}

type Understood = { person?: Person; email?: string | null; familyName?: string; givenName?: string } & Pick<
  Person,
  'birthOn'
>

/** Of a row about a sitting whom it describes; of a row about a person that person. */
function personIn(fields: unknown): Person | null {
  if (typeof fields !== 'object' || fields === null) return null
  const { person, email, familyName, givenName, birthOn } = fields as Understood
  if (person) return person
  if (familyName === undefined) return null
  return { email: email ?? null, firstName: givenName ?? '', lastName: familyName, birthOn: birthOn ?? null }
}
