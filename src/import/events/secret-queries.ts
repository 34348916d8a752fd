import { eq, sql } from 'drizzle-orm'
import type { Database } from '../../core/database.ts'
import { feedSecrets } from '../../schema.ts'

export async function findEventSecret(db: Database, feed: string) {
  const [secret] = await db.select().from(feedSecrets).where(eq(feedSecrets.feed, feed))
  return secret ?? null
}

/** Puts a secret in force. The one that was counts on until the given instant, the one before that no more. */
export async function replaceEventSecret(
  db: Database,
  { feed, sealed, previousUntil }: { feed: string; sealed: string; previousUntil: Date },
  now: Date,
): Promise<void> {
  await db
    .insert(feedSecrets)
    .values({ feed, sealed, madeAt: now })
    .onConflictDoUpdate({
      target: feedSecrets.feed,
      set: {
        previousSealed: sql`${feedSecrets.sealed}`,
        previousUntil,
        sealed,
        madeAt: now,
      },
    })
}
