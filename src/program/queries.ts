import { desc, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { programVersions } from '../schema.ts'
import type { Program } from './program.ts'

/** The program in force, as a statement that can ride in another question's batch. */
export function selectProgram(db: Database) {
  return db
    .select({ document: programVersions.document })
    .from(programVersions)
    .orderBy(desc(programVersions.version))
    .limit(1)
}

/**
 * Reads what selectProgram answered. A document was validated when it was applied, so it is trusted here;
 * a database without one was never set up, and no page can make sense of it.
 */
export function readProgram(rows: readonly { document: string }[]): Program {
  const [row] = rows
  if (!row) throw new Error('no program is applied: run `npm run program -- apply programs/juniper`')
  return JSON.parse(row.document) as Program
}

export async function loadProgram(db: Database): Promise<Program> {
  return readProgram(await selectProgram(db))
}

/** Puts a validated document in force, unless the one in force is the same. */
export function applyProgramStatement(program: { document: string; sha256: string }, now: Date): SQL {
  return sql`
    INSERT INTO program_versions (version, sha256, document, applied_at)
    SELECT COALESCE(MAX(version), 0) + 1, ${program.sha256}, ${program.document}, ${now.getTime()}
    FROM program_versions
    HAVING ${program.sha256} IS NOT (SELECT sha256 FROM program_versions ORDER BY version DESC LIMIT 1)`
}

/** Answers whether it changed anything. */
export async function applyProgram(
  db: Database,
  program: { document: string; sha256: string },
  now: Date,
): Promise<boolean> {
  const applied = await db.run(applyProgramStatement(program, now))
  return applied.meta.changes > 0
}
