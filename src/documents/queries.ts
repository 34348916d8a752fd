import { and, eq, isNull } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { awards, candidates } from '../schema.ts'

/** An award of the candidate's own with everything that is printed of it, or null: another's does not exist. */
export async function findOwnAward(db: Database, candidateId: string, awardId: number) {
  const award = await db
    .select({
      id: awards.id,
      certification: awards.certification,
      awardedOn: awards.awardedOn,
      expiresOn: awards.expiresOn,
      suspendedOn: awards.suspendedOn,
      emeritusOn: awards.emeritusOn,
      revokedOn: awards.revokedOn,
      number: awards.number,
      verificationCode: awards.verificationCode,
      holderName: candidates.fullName,
      holderCountry: candidates.country,
    })
    .from(awards)
    .innerJoin(candidates, eq(candidates.id, awards.candidateId))
    .where(and(eq(awards.id, awardId), eq(awards.candidateId, candidateId), isNull(awards.supersededBy)))
    .get()
  return award ?? null
}

export type OwnAward = NonNullable<Awaited<ReturnType<typeof findOwnAward>>>
