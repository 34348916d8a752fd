import { desc, eq, sql } from 'drizzle-orm'
import { isAbout, selectEntries } from '../audit/log-queries.ts'
import { selectMilestones } from '../certifications/status-queries.ts'
import type { Database } from '../core/database.ts'
import { readVersions, selectVersions } from '../program/queries.ts'
import { candidateAliases, candidateEmails, candidates } from '../schema.ts'
import {
  selectMails,
  selectMethods,
  selectRecoveries,
  selectRequests,
  selectSessions,
} from './account-queries.ts'
import {
  selectAllAwards,
  selectApprovals,
  selectCourses,
  selectRegistrations,
  selectResults,
  selectResultVersions,
  selectTranscripts,
} from './record-queries.ts'

export type CandidateRecord = NonNullable<
  Extract<Awaited<ReturnType<typeof findCandidate>>, { person: object }>
>
export type Person = CandidateRecord['person']

/**
 * All that is known of a candidate, at most `limit` of each kind, the latest first, and the rules that made it so: one round
 * trip. For an ID that was merged into another: that other.
 */
export async function findCandidate(db: Database, id: string, limit: number, now: Date) {
  const [
    people,
    merged,
    addresses,
    aliases,
    registrations,
    results,
    versions,
    courses,
    awards,
    milestones,
    rules,
    approvals,
    transcripts,
    requests,
    methods,
    sessions,
    recoveries,
    mails,
    entries,
  ] = await db.batch([
    selectPerson(db, id),
    selectMergedInto(db, id),
    db
      .select()
      .from(candidateEmails)
      .where(eq(candidateEmails.candidateId, id))
      .orderBy(desc(candidateEmails.isPrimary), candidateEmails.normalized)
      .limit(limit),
    db.select().from(candidateAliases).where(eq(candidateAliases.candidateId, id)).limit(limit),
    selectRegistrations(db, id, limit),
    selectResults(db, id, limit),
    selectResultVersions(db, id, limit),
    selectCourses(db, id, limit),
    selectAllAwards(db, id, limit),
    selectMilestones(db, id),
    selectVersions(db),
    selectApprovals(db, id, limit),
    selectTranscripts(db, id, limit),
    selectRequests(db, id, limit),
    selectMethods(db, id, limit),
    selectSessions(db, id, limit, now),
    selectRecoveries(db, id, limit),
    selectMails(db, id, limit),
    selectEntries(db, isAbout(id), limit),
  ])
  const [person] = people
  if (person === undefined) return merged[0] ?? null
  return {
    person,
    addresses,
    aliases,
    registrations,
    results,
    versions,
    courses,
    awards,
    milestones,
    rules: readVersions(rules),
    approvals,
    transcripts,
    requests,
    methods,
    sessions,
    recoveries,
    mails,
    entries,
  }
}

/** Who it is and what they are called, for a page that shows little; or the candidate that the ID was merged into. */
export async function findCandidateName(db: Database, id: string) {
  const [people, merged] = await db.batch([selectName(db, id), selectMergedInto(db, id)])
  return people[0] ?? merged[0] ?? null
}

export function selectName(db: Database, id: string) {
  return db
    .select({
      id: candidates.id,
      fullName: candidates.fullName,
      locale: candidates.locale,
      erasedAt: candidates.erasedAt,
    })
    .from(candidates)
    .where(eq(candidates.id, id))
}

export function selectMergedInto(db: Database, id: string) {
  return db
    .select({ mergedInto: candidateAliases.candidateId })
    .from(candidateAliases)
    .where(eq(candidateAliases.aliasId, id))
}

function selectPerson(db: Database, id: string) {
  return db
    .select({
      id: candidates.id,
      fullName: candidates.fullName,
      nativeName: candidates.nativeName,
      birthOn: candidates.birthOn,
      company: candidates.company,
      addressLine1: candidates.addressLine1,
      addressLine2: candidates.addressLine2,
      city: candidates.city,
      region: candidates.region,
      postalCode: candidates.postalCode,
      country: candidates.country,
      phone: candidates.phone,
      locale: candidates.locale,
      timeZone: candidates.timeZone,
      profileEditedAt: candidates.profileEditedAt,
      nameDecidedAt: candidates.nameDecidedAt,
      nativeNameEditedAt: candidates.nativeNameEditedAt,
      reviewedAt: candidates.reviewedAt,
      agreedVersion: candidates.agreedVersion,
      directoryOptIn: candidates.directoryOptIn,
      closesAt: candidates.closesAt,
      erasedAt: candidates.erasedAt,
      createdAt: candidates.createdAt,
      delivery: sql<string | null>`(SELECT name FROM deliveries WHERE deliveries.id = delivery_id)`.as(
        'delivery',
      ),
      line: sql<number>`delivery_line`.as('line'),
      receivedAt: sql<
        number | null
      >`(SELECT received_at FROM deliveries WHERE deliveries.id = delivery_id)`.as('received_at'),
    })
    .from(candidates)
    .where(eq(candidates.id, id))
}
