import type { Database } from '../core/database.ts'
import { type Programs, readCourseVersions, readPrograms, selectPrograms } from '../program/queries.ts'
import { feeds } from '../schema.ts'
import { type KnownCourse, knownCourses } from './course-of-row.ts'
import { examAliasesOf, selectExamAliases } from './exam-alias-queries.ts'
import { type Feed, feedOf } from './feeds.ts'

/** The program in force and those before it, the feeds as they are set, and what each calls exams. */
export type ReplayFacts = {
  programs: Programs
  courses: readonly KnownCourse[]
  feeds: ReadonlyMap<string, Feed>
  versions: ReadonlyMap<string, number>
  examAliases: ReadonlyMap<string, ReadonlyMap<string, string>>
}

export async function loadReplayFacts(db: Database): Promise<ReplayFacts> {
  const [programs, stored, aliases] = await db.batch([
    selectPrograms(db),
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
    programs: readPrograms(programs),
    courses: knownCourses(readCourseVersions(programs)),
    feeds: new Map(stored.map((feed) => [feed.id, feedOf(feed)])),
    versions: new Map(stored.map(({ id, version }) => [id, version])),
    examAliases: new Map([...byFeed].map(([feed, rows]) => [feed, examAliasesOf(rows)])),
  }
}
