import { loadCandidates } from '../certifications/award-queries.ts'
import { addWrites, changesFor, noWrites } from '../certifications/award-writes.ts'
import { type CalendarDate, latestOf } from '../core/calendar-date.ts'
import type { Database } from '../core/database.ts'
import { type ProgramDocument, programOf } from '../program/program.ts'
import { type Rules, withVersion } from '../program/versions.ts'
import { countByKind, effectsOf } from './effects.ts'
import { findRunning, type Piece, storePiece } from './run-queries.ts'

/** So many candidates, with some thousands of results, at once. */
export const CANDIDATES_A_PIECE = 1000
/** The run itself, and what loadCandidates asks. */
const STATEMENTS_OF_READING = 11

/** Whether there may be another piece, and what this one cost. */
export type Done = { isMore: boolean; statements: number }

/** Does the next piece of a run, once however often it is asked for. */
export async function runPiece(
  db: Database,
  runId: number,
  { today, now }: { today: CalendarDate; now: Date },
  limit = CANDIDATES_A_PIECE,
): Promise<Done> {
  const run = await findRunning(db, runId)
  if (!run) return { isMore: false, statements: 1 }
  const { rules, programVersion, candidates } = await loadCandidates(db, { after: run.place }, limit)
  const last = candidates.at(-1)
  if (!last) return { isMore: false, statements: STATEMENTS_OF_READING }

  // A version that lies ahead is tried as it will be on its first day.
  const on = run.kind === 'trial' && run.effectiveOn !== null ? latestOf([today, run.effectiveOn]) : today
  const asked = run.kind === 'trial' ? tried(rules, run) : rules
  const writes = noWrites(programVersion)
  const piece: Piece = {
    to: last.id,
    programVersion,
    done: candidates.length,
    failing: 0,
    changed: [],
    counts: {},
  }
  for (const candidate of candidates) {
    // Whose results have just changed is evaluated by the import's own way, with mails of its own.
    if (candidate.isOwed) continue
    const changes = changesFor(asked, candidate, on)
    if (!changes) {
      piece.failing += 1
      continue
    }
    const effects = effectsOf(candidate.kept, changes, on)
    if (effects.length > 0)
      piece.changed.push({ candidateId: candidate.id, revision: candidate.revision, effects })
    if (run.kind === 'evaluation') addWrites(writes, candidate, changes, 'without mails')
  }
  piece.counts = countByKind(piece.changed.flatMap(({ effects }) => effects))
  const { isStored, statements } = await storePiece(
    db,
    run,
    piece,
    run.kind === 'evaluation' ? writes : null,
    now,
  )
  // What was not stored is looked at again, by the rules that have come meanwhile or by how far somebody else is.
  return {
    isMore: !isStored || candidates.length === limit,
    statements: STATEMENTS_OF_READING + statements,
  }
}

type Draft = { document: string | null; effectiveOn: CalendarDate | null }

function tried(rules: Rules, { document, effectiveOn }: Draft): Rules {
  if (document === null) return rules
  return withVersion(rules, { effectiveOn, program: programOf(JSON.parse(document) as ProgramDocument) })
}
