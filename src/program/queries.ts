import { and, asc, desc, isNotNull, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { askTogether } from '../import/row-queries.ts'
import { programVersions } from '../schema.ts'
import { type Program, type ProgramDocument, programOf } from './program.ts'
import type { Rules } from './versions.ts'

/** The program in force, and those that were before it, the newest first: what vendors may still speak of. */
export function selectPrograms(db: Database) {
  return db
    .select({ effectiveOn: programVersions.effectiveOn, document: programVersions.document })
    .from(programVersions)
    .where(
      sql`${programVersions.version} = (
        SELECT MAX(same.version) FROM program_versions AS same
        WHERE same.effective_on IS ${programVersions.effectiveOn} AND same.begun_at IS NOT NULL)`,
    )
    .orderBy(desc(programVersions.effectiveOn))
}

export type Programs = readonly [Program, ...Program[]]

/** Reads what selectPrograms answered; see readProgram. */
export function readPrograms([newest, ...earlier]: readonly { document: string }[]): Programs {
  return [readProgram(newest ? [newest] : []), ...earlier.map((row) => readProgram([row]))]
}

/** Of the same answer: the courses of each version, the oldest first. */
export function readCourseVersions(rows: readonly { effectiveOn: string | null; document: string }[]) {
  return rows.toReversed().map(({ effectiveOn, document }) => ({
    effectiveOn,
    courses: readProgram([{ document }]).courses.map(({ code }) => code),
  }))
}

/** The program in force, as a statement that can ride in another question's batch. */
export function selectProgram(db: Database) {
  return db
    .select({ document: programVersions.document })
    .from(programVersions)
    .where(isNotNull(programVersions.begunAt))
    .orderBy(desc(programVersions.effectiveOn), desc(programVersions.version))
    .limit(1)
}

/** True of the version that was written last for its day. It stands, unless it takes back what was to begin then. */
export const isLastOfItsDay = sql`${programVersions.version} = (
  SELECT MAX(same.version) FROM program_versions AS same
  WHERE same.effective_on IS ${programVersions.effectiveOn})`

/**
 * What the rules of any day are: the versions that stand, the oldest first, those that lie ahead among them, and what took
 * others back, so that the newest number of all is among them.
 */
export function selectVersions(db: Database, onlyIf: SQL = sql`true`) {
  return db
    .select({
      version: programVersions.version,
      effectiveOn: programVersions.effectiveOn,
      document: programVersions.document,
      withdraws: programVersions.withdraws,
    })
    .from(programVersions)
    .where(and(isLastOfItsDay, onlyIf))
    .orderBy(asc(programVersions.effectiveOn))
}

type VersionRow = { effectiveOn: string | null; document: string; withdraws: boolean }

/** Reads what selectVersions answered; see readProgram. */
export function readVersions(rows: readonly VersionRow[]): Rules {
  return rows
    .filter(({ withdraws }) => !withdraws)
    .map(({ effectiveOn, document }) => ({ effectiveOn, program: readProgram([{ document }]) }))
}

/**
 * Reads what selectProgram answered. A document was validated when it was applied, so it is trusted here;
 * a database without one was never set up, and no page can make sense of it.
 */
export function readProgram(rows: readonly { document: string }[]): Program {
  const [row] = rows
  if (!row) throw new Error('no program is applied: run `npm run program -- apply programs/juniper`')
  return programOf(JSON.parse(row.document) as ProgramDocument)
}

export async function loadProgram(db: Database): Promise<Program> {
  return readProgram(await selectProgram(db))
}

/** From when the version in force applies; null: from the beginning. */
export const beganOnStatement = sql`
  SELECT effective_on AS beganOn FROM program_versions WHERE begun_at IS NOT NULL
  ORDER BY effective_on DESC, version DESC LIMIT 1`

/** Puts a validated document in the place of the one in force, unless that is the same. */
export function applyProgramStatement(program: { document: string; sha256: string }, now: Date): SQL {
  return sql`
    INSERT INTO program_versions (version, sha256, document, applied_at, begun_at, effective_on)
    SELECT COALESCE(MAX(version), 0) + 1, ${program.sha256}, ${program.document}, ${now.getTime()}, ${now.getTime()},
      (SELECT MAX(effective_on) FROM program_versions WHERE begun_at IS NOT NULL)
    FROM program_versions
    HAVING ${program.sha256} IS NOT (
      SELECT sha256 FROM program_versions WHERE begun_at IS NOT NULL
      ORDER BY effective_on DESC, version DESC LIMIT 1)
    RETURNING version`
}

/** Owes everybody who is there an evaluation by what was just applied; what it would mail is held back. */
export function oweEvaluationStatement(now: Date): SQL {
  const at = now.getTime()
  return sql`
    INSERT INTO program_runs (kind, state, total, mails, owed_at, moved_at)
    SELECT 'evaluation', 'owed', (SELECT count(*) FROM candidates), 'held', ${at}, ${at}
    WHERE (SELECT applied_at FROM program_versions ORDER BY version DESC LIMIT 1) = ${at}
      AND EXISTS (SELECT 1 FROM candidates)`
}

/** Answers whether it changed anything. */
export async function applyProgram(
  db: Database,
  program: { document: string; sha256: string },
  now: Date,
): Promise<boolean> {
  const [applied] = await askTogether<[{ version: number }, unknown]>(db, [
    applyProgramStatement(program, now),
    oweEvaluationStatement(now),
  ])
  return applied.length > 0
}
