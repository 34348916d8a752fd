import { and, eq, lt, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { knownBrowsers } from '../schema.ts'
import { KNOWN_BROWSER_MS } from './known-browser.ts'

/** The row that says that a browser is known to an account; `account` is SQL for a candidate ID or null. */
export function isKnownTo(account: SQL, browserHash: string | null, now: Date): SQL {
  return sql`known_browsers.token_hash = ${browserHash} AND known_browsers.candidate_id = (${account})
    AND known_browsers.last_used_at > ${knownSince(now)}`
}

function knownSince(now: Date): number {
  return now.getTime() - KNOWN_BROWSER_MS
}

/** Makes a browser known, or keeps it known for another year. A token is never handed on to another candidate. */
export function rememberBrowser(
  db: Database,
  { tokenHash, candidateId }: { tokenHash: string; candidateId: string },
  onlyIf: SQL,
  now: Date,
) {
  return db
    .insert(knownBrowsers)
    .select(sql`SELECT ${tokenHash}, ${candidateId}, ${now.getTime()}, ${now.getTime()} WHERE ${onlyIf}`)
    .onConflictDoUpdate({
      target: knownBrowsers.tokenHash,
      set: { lastUsedAt: now },
      setWhere: eq(knownBrowsers.candidateId, candidateId),
    })
}

/** Every browser is a stranger again: whoever got in by the old password is one. */
export function forgetBrowsers(db: Database, candidateId: string, onlyIf: SQL) {
  return db.delete(knownBrowsers).where(and(eq(knownBrowsers.candidateId, candidateId), onlyIf))
}

export async function deleteUnusedBrowsers(db: Database, now: Date): Promise<void> {
  await db.delete(knownBrowsers).where(lt(knownBrowsers.lastUsedAt, new Date(knownSince(now))))
}
