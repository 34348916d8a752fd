import { asc, eq, sql } from 'drizzle-orm'
import type { CalendarDate } from '../core/calendar-date.ts'
import type { Database } from '../core/database.ts'
import type { ProgramDocument } from '../program/program.ts'
import { isLastOfItsDay } from '../program/queries.ts'
import { programChanges, programVersions } from '../schema.ts'
import { versionOfItsDay } from './decidable-queries.ts'
import type { Head } from './read-change.ts'

/** A version that stands, as a choice of what to change. */
export type Standing = { version: number; effectiveOn: CalendarDate | null; isInForce: boolean }

export type Started = { head: Head; standing: Standing[] }

/** What a change of a version starts from, in one round trip; null where that version does not stand. */
export async function loadHead(db: Database, version: number): Promise<Started | null> {
  const [standing, chosen] = await db.batch([
    selectStanding(db),
    selectDocument(db).where(eq(programVersions.version, version)),
  ])
  return started(standing, chosen)
}

/** What a change of the program as it is today starts from. */
export async function loadHeadInForce(db: Database): Promise<Started> {
  const [standing, chosen] = await db.batch([
    selectStanding(db),
    selectDocument(db).where(sql`${programVersions.version} = (
      SELECT version FROM program_versions WHERE begun_at IS NOT NULL
      ORDER BY effective_on DESC, version DESC LIMIT 1)`),
  ])
  const found = started(standing, chosen)
  if (!found) throw new Error('no program is applied: run `npm run program -- apply programs/juniper`')
  return found
}

/**
 * A change and the version that it is compared with when it is edited: the one that it was written for, or what has come in
 * its place since. One round trip.
 */
export async function loadDraft(db: Database, id: number) {
  const [changes, standing, chosen] = await db.batch([
    db.select().from(programChanges).where(eq(programChanges.id, id)),
    selectStanding(db),
    selectDocument(db).where(sql`${programVersions.version} = (
      SELECT ${versionOfItsDay} FROM program_changes WHERE program_changes.id = ${id})`),
  ])
  const [change] = changes
  const found = started(standing, chosen)
  return change && found ? { change, ...found } : null
}

function selectDocument(db: Database) {
  return db
    .select({ version: programVersions.version, document: programVersions.document })
    .from(programVersions)
}

function selectStanding(db: Database) {
  return db
    .select({
      version: programVersions.version,
      effectiveOn: programVersions.effectiveOn,
      begunAt: programVersions.begunAt,
    })
    .from(programVersions)
    .where(sql`${isLastOfItsDay} AND ${programVersions.withdraws} = 0`)
    .orderBy(asc(programVersions.effectiveOn))
}

function started(
  rows: { version: number; effectiveOn: CalendarDate | null; begunAt: Date | null }[],
  [chosen]: { version: number; document: string }[],
): Started | null {
  const place = rows.findIndex(({ version }) => version === chosen?.version)
  const row = rows[place]
  if (!chosen || !row) return null
  const inForce = rows.findLast(({ begunAt }) => begunAt !== null)
  return {
    head: {
      version: row.version,
      effectiveOn: row.effectiveOn,
      nextOn: rows[place + 1]?.effectiveOn ?? null,
      document: JSON.parse(chosen.document) as ProgramDocument,
    },
    standing: rows.map(({ version, effectiveOn }) => ({
      version,
      effectiveOn,
      isInForce: version === inForce?.version,
    })),
  }
}
