import { eq } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { examCodeAliases } from '../schema.ts'

/** As a statement for a batch: what this feed, or every one, calls exams beside the program's codes. */
export function selectExamAliases(db: Database, feed?: string) {
  return db
    .select({ feed: examCodeAliases.feed, code: examCodeAliases.code, exam: examCodeAliases.exam })
    .from(examCodeAliases)
    .where(feed === undefined ? undefined : eq(examCodeAliases.feed, feed))
}

export function examAliasesOf(rows: readonly { code: string; exam: string }[]): ReadonlyMap<string, string> {
  return new Map(rows.map(({ code, exam }) => [code, exam]))
}
