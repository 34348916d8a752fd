import { openDatabase } from '../core/database.ts'
import { listDueNames, replaceNameWords } from './name-index-queries.ts'
import { nameWords } from './name-words.ts'

/** A batch's words are one parameter of a statement, which takes 2 MB; these are far below. */
const CANDIDATES_PER_ROUND = 500
/** So that one tick stays far below the platform's limits; the next one goes on. */
const MOST_ROUNDS = 20

/** Lets search find candidates by the names they have now. Whose account is closed has none. */
export async function indexNames(env: Pick<Env, 'DB'>): Promise<void> {
  const db = openDatabase(env.DB)
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const due = await listDueNames(db, CANDIDATES_PER_ROUND)
    if (due.length === 0) return
    await replaceNameWords(
      db,
      due.map(({ id, fullName, nativeName, aliases, isErased }) => ({
        id,
        searchedAs: `${fullName}\n${nativeName ?? ''}`,
        words: isErased ? [] : nameWords([fullName, nativeName ?? '', ...(aliases?.split('\n') ?? [])]),
      })),
    )
    if (due.length < CANDIDATES_PER_ROUND) return
  }
}
