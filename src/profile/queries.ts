import { asc, desc, eq, sql } from 'drizzle-orm'
import { audited } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import { candidateEmails, candidates } from '../schema.ts'
import type { ProfileForm } from './profile-form.ts'

export type Profile = NonNullable<Awaited<ReturnType<typeof findProfile>>>

/** All that the record says about a person, with their addresses, the primary one first: one round trip. */
export async function findProfile(db: Database, candidateId: string) {
  const [people, emails] = await db.batch([
    db
      .select({
        id: candidates.id,
        fullName: candidates.fullName,
        nativeName: candidates.nativeName,
        addressLine1: candidates.addressLine1,
        addressLine2: candidates.addressLine2,
        city: candidates.city,
        region: candidates.region,
        postalCode: candidates.postalCode,
        country: candidates.country,
        phone: candidates.phone,
        company: candidates.company,
        locale: candidates.locale,
        timeZone: candidates.timeZone,
        notifyResults: candidates.notifyResults,
        notifyAwards: candidates.notifyAwards,
        notifyReminders: candidates.notifyReminders,
        directoryOptIn: candidates.directoryOptIn,
      })
      .from(candidates)
      .where(eq(candidates.id, candidateId)),
    db
      .select({
        address: candidateEmails.address,
        isPrimary: candidateEmails.isPrimary,
        verifiedAt: candidateEmails.verifiedAt,
      })
      .from(candidateEmails)
      .where(eq(candidateEmails.candidateId, candidateId))
      .orderBy(desc(candidateEmails.isPrimary), asc(candidateEmails.normalized)),
  ])
  return people[0] ? { ...people[0], emails } : null
}

/** From now on the candidate's own words stand: feeds fill in what they say no more. */
export async function updateProfile(db: Database, candidateId: string, form: ProfileForm, now: Date) {
  const event = { action: 'profile.changed', actor: 'candidate', candidateId } as const
  const { before, after } = audited(db, event, now)
  const { nativeName } = form
  await db.batch([
    before,
    db
      .update(candidates)
      .set({
        ...form,
        profileEditedAt: now,
        reviewedAt: now,
        nativeNameEditedAt: sql`iif(native_name IS ${nativeName}, native_name_edited_at, ${now.getTime()})`,
      })
      .where(eq(candidates.id, candidateId)),
    ...after,
  ])
}
