import { ok, type Result, refuse } from '../core/result.ts'
import { LONGEST_CANDIDATE_ID } from './read-candidate-row.ts'
import { LONGEST_NAME, type Named, nameOf, type Person } from './read-named.ts'
import type { Fault } from './row.ts'

/** What the record knows of the people whom some rows name. */
export type MatchFacts = {
  /** Candidate IDs that are nobody's. */
  unknownCandidates: ReadonlySet<string>
  /** By an authorization of ours, with whom else than the row says something was booked with it. */
  authorized: ReadonlyMap<string, readonly string[]>
  /** By the vendor's own number, whom it means. */
  linked: ReadonlyMap<string, string>
  /** By a normalized e-mail address, who has it. */
  addressees: ReadonlyMap<string, readonly KnownPerson[]>
}

export type KnownPerson = {
  candidateId: string
  givenName: string
  familyName: string
  birthOn: string | null
}

/** Whom a row is about. `isNew`: nobody yet, who becomes a candidate by this row; blank for nobody that we know. */
export type Match = { candidateId: string; isNew: boolean }

/**
 * Finds whose a row is, step by step (vendor-feeds 4.2): by its registration, whose holder the caller knows; by an
 * authorization of ours; by the candidate ID; by the vendor's number that was learned. Steps that disagree are a
 * conflict. Never by a name or an address: those only keep a new record from being made of somebody known.
 */
export function matchCandidate(
  named: Named,
  holder: string | null,
  facts: MatchFacts,
  createsCandidates: boolean,
): Result<Match, Fault> {
  const linked = linkedOf(named, facts)
  const isUnknown = facts.unknownCandidates.has(named.candidateId)
  // An ID that is nobody's says less than a number that somebody's is known to be.
  const said = isUnknown && linked !== null ? '' : named.candidateId
  const others = facts.authorized.get(named.clientAuthorizationId ?? '') ?? NOBODY
  const candidateId = said || holder || others[0] || linked || ''

  // Whoever holds the registration is looked at by the rules of the row itself.
  if (holder === null || holder === candidateId) {
    const other = others.find((id) => id !== candidateId)
    if (other !== undefined) return refuse(conflict(candidateId, other, 'its authorization'))
    if (linked !== null && linked !== candidateId)
      return refuse(conflict(candidateId, linked, 'the vendor’s number'))
  }
  if (candidateId === '' && named.vendorCandidateId !== undefined)
    return refuse({
      reason: 'unknown_candidate',
      message: 'has no candidate ID, and nobody is known by the vendor’s number',
    })
  const isNew = isUnknown && candidateId === named.candidateId && createsCandidates && canBeCreated(named)
  if (isNew && isSomebodyKnown(named.person!, facts))
    return refuse({
      reason: 'ambiguous_candidate',
      message: 'names a new candidate who has the name and the e-mail address of another one',
    })
  return ok({ candidateId, isNew })
}

const NOBODY: readonly string[] = []

function linkedOf({ vendorCandidateId }: Named, { linked }: MatchFacts): string | null {
  return vendorCandidateId === undefined ? null : (linked.get(vendorCandidateId) ?? null)
}

function conflict(candidateId: string, other: string, by: string): Fault {
  return {
    reason: 'candidate_conflict',
    message: `names candidate ${candidateId}, but the registration is ${other}'s by ${by}`,
  }
}

/** Whether a row says enough of somebody to begin a record with. */
export function canBeCreated({ candidateId, person }: Named): boolean {
  if (person === undefined || candidateId === '' || candidateId.length > LONGEST_CANDIDATE_ID) return false
  const name = nameOf(person)
  return name !== null && name.length <= LONGEST_NAME
}

function isSomebodyKnown(person: Person, { addressees }: MatchFacts): boolean {
  if (person.email === null) return false
  const known = addressees.get(normalizedEmail(person.email)) ?? []
  return known.some((one) => agreement(person, one).length >= ENOUGH)
}

export function normalizedEmail(address: string): string {
  return address.normalize('NFC').toLowerCase()
}

export type Agreed = 'last_name' | 'first_name' | 'birth_date'

/** The last name, and one thing more, beside the same address. */
export const ENOUGH = 2

/** What somebody with the same address has in common with a person whom a row names; nothing without the last name. */
export function agreement(person: Person, known: KnownPerson): Agreed[] {
  if (!isSameName(person.lastName, known.familyName)) return []
  const agreed: Agreed[] = ['last_name']
  if (isSameName(firstOf(person.firstName), firstOf(known.givenName))) agreed.push('first_name')
  if (person.birthOn !== null && person.birthOn === known.birthOn) agreed.push('birth_date')
  return agreed
}

/** Vendors put a middle name or its initial behind the first. */
function firstOf(givenName: string): string {
  return givenName.trim().split(/\s+/)[0]!
}

function isSameName(one: string, other: string): boolean {
  return folded(one) !== '' && folded(one) === folded(other)
}

function folded(name: string): string {
  return name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim()
}
