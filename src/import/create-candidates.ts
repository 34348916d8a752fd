import type { Database } from '../core/database.ts'
import { welcomeMail } from './apply-candidates.ts'
import { addEmails, type CandidateRow, storeCandidates } from './candidate-queries.ts'
import { oweMailsInSlices } from './mail-queries.ts'
import type { Origin } from './origin.ts'
import { nameOf, type Person } from './read-named.ts'
import type { Statement } from './row-queries.ts'

/** Somebody whom a booking or a result was the first to name. */
export type NewCandidate = { candidateId: string; person: Person; line: number }

/** Begins records of people with what a booking or a result says of them. Any row about the person says more. */
export function createCandidates(db: Database, origin: Origin, people: readonly NewCandidate[]): Statement[] {
  const firsts = new Map(people.toReversed().map((one) => [one.candidateId, one]))
  const rows = [...firsts.values()].map(candidateRow)
  const welcome = rows
    .filter(({ email }) => email !== null)
    .map(({ candidateId }) => welcomeMail(candidateId))
  return [
    ...storeCandidates(db, origin, rows),
    ...addEmails(db, origin, rows),
    ...oweMailsInSlices(db, welcome, origin.importedAt),
  ]
}

/** As old as can be, so that whatever a table of people says takes its place. */
function candidateRow({ candidateId, person, line }: NewCandidate): CandidateRow {
  return {
    candidateId,
    fullName: nameOf(person)!,
    givenName: person.firstName,
    familyName: person.lastName,
    nativeName: null,
    email: person.email,
    company: null,
    addressLine1: null,
    addressLine2: null,
    city: null,
    region: null,
    postalCode: null,
    country: null,
    phone: null,
    birthOn: person.birthOn,
    vendorTime: 0,
    rowHash: '-',
    line,
  }
}
