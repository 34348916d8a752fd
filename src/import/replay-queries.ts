import type { Database } from '../core/database.ts'
import type { Program } from '../program/program.ts'
import { readProgram, selectProgram } from '../program/queries.ts'
import { feeds } from '../schema.ts'
import { examAliasesOf, selectExamAliases } from './exam-alias-queries.ts'
import { type Feed, feedOf } from './feeds.ts'

/** The program in force, the feeds as they are set, and what each calls exams. */
export type ReplayFacts = {
  program: Program
  feeds: ReadonlyMap<string, Feed>
  versions: ReadonlyMap<string, number>
  examAliases: ReadonlyMap<string, ReadonlyMap<string, string>>
}

export async function loadReplayFacts(db: Database): Promise<ReplayFacts> {
  const [program, stored, aliases] = await db.batch([
    selectProgram(db),
    db
      .select({
        id: feeds.id,
        name: feeds.name,
        settings: feeds.settings,
        stoppedAt: feeds.stoppedAt,
        version: feeds.version,
      })
      .from(feeds),
    selectExamAliases(db),
  ])
  const byFeed = Map.groupBy(aliases, ({ feed }) => feed)
  return {
    program: readProgram(program),
    feeds: new Map(stored.map((feed) => [feed.id, feedOf(feed)])),
    versions: new Map(stored.map(({ id, version }) => [id, version])),
    examAliases: new Map([...byFeed].map(([feed, rows]) => [feed, examAliasesOf(rows)])),
  }
}
