import { sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { candidates, nameWords } from '../schema.ts'

export type DueNames = Awaited<ReturnType<typeof listDueNames>>[number]

/** Candidates whose names are other than those under which search finds them. `aliases`: names before a merge. */
export function listDueNames(db: Database, limit: number) {
  return (
    db
      .select({
        id: candidates.id,
        fullName: candidates.fullName,
        nativeName: candidates.nativeName,
        isErased: sql<number>`erased_at IS NOT NULL`.as('is_erased'),
        aliases: sql<string | null>`(
        SELECT group_concat(full_name, char(10)) FROM candidate_aliases AS alias
        WHERE alias.candidate_id = candidates.id)`.as('aliases'),
      })
      .from(candidates)
      // Word for word as in candidates_unsearchable_idx, so that the index says who is due.
      .where(sql`searched_as IS NOT full_name || char(10) || coalesce(native_name, '')`)
      .orderBy(candidates.id)
      .limit(limit)
  )
}

/**
 * Puts new words in the place of the old ones. What was read is noted, not what stands there now: a name that was
 * changed meanwhile stays due.
 */
export async function replaceNameWords(
  db: Database,
  indexed: readonly { id: string; searchedAs: string; words: readonly string[] }[],
): Promise<void> {
  const ids = JSON.stringify(indexed.map(({ id }) => id))
  const words = JSON.stringify(indexed.flatMap(({ id, words }) => words.map((word) => [word, id])))
  const names = JSON.stringify(indexed.map(({ id, searchedAs }) => [id, searchedAs]))
  await db.batch([
    db.delete(nameWords).where(sql`${nameWords.candidateId} IN (SELECT value FROM json_each(${ids}))`),
    // Joined, since a record may have been merged into another meanwhile.
    db.insert(nameWords).select(sql`
      SELECT DISTINCT item.value ->> 0, candidates.id FROM json_each(${words}) AS item
      CROSS JOIN candidates ON candidates.id = item.value ->> 1 WHERE true`),
    db
      .update(candidates)
      .set({ searchedAs: sql`item.value ->> 1` })
      .from(sql`json_each(${names}) AS item`)
      .where(sql`${candidates.id} = item.value ->> 0`),
  ])
}
