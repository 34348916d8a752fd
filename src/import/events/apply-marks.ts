import type { Database } from '../../core/database.ts'
import { type Applied, tallyOf } from '../applied.ts'
import { faultOfSitting } from '../decide-sitting.ts'
import { examOfRow } from '../exam-of-row.ts'
import { followChanges } from '../follow-results.ts'
import type { Origin } from '../origin.ts'
import { keepSupersededResults, putBy, type ResultRow } from '../result-queries.ts'
import { resultRowOf } from '../result-row.ts'
import type { Fault, SourceRow } from '../row.ts'
import { storeMarks, storeValidity, type WholeResult } from './mark-queries.ts'
import type { ResultChange } from './read-change.ts'
import {
  isLater,
  type MarkStatement,
  type Marks,
  markOfEvent,
  marksOfStored,
  validityOf,
  withStatements,
} from './validity-marks.ts'

type Stored = {
  marks: ReadonlyMap<string, Marks>
  results: ReadonlyMap<string, WholeResult>
}

/**
 * Holds, releases, revokes and restores results that are there. Grade, score and their clock stay as they are, so that
 * an older event about the grade still counts after this.
 */
export function applyMarks(
  db: Database,
  origin: Origin,
  rows: readonly SourceRow<ResultChange>[],
  { marks, results }: Stored,
): Applied {
  const tally = tallyOf('result')
  const statements: (MarkStatement & { registrationId: string })[] = []
  const superseded: ResultRow[] = []
  const changed: { row: ResultRow; stored: WholeResult }[] = []

  const current = new Map(marks)
  for (const source of rows) {
    const { registrationId, event, modifiedAt } = source.fields
    const stored = results.get(registrationId)!
    const fault = faultOf(origin, source.fields, stored)
    if (fault) {
      tally.refuse(source, fault)
      continue
    }
    const known = marksOfStored(stored.validity, current.get(registrationId) ?? {})
    const said = { ...markOfEvent(event)!, at: modifiedAt }
    const after = withStatements(known, [said])
    const validity = validityOf(after)
    const row = rowOf(stored, validity, source.line)
    const outcome = outcomeOf(known, said, validity !== validityOf(known))
    tally.count(outcome)
    if (outcome !== 'superseded') statements.push({ registrationId, ...said })
    if (outcome === 'superseded') superseded.push({ ...row, vendorTime: modifiedAt })
    if (outcome === 'changed') changed.push({ row, stored })
    current.set(registrationId, after)
  }
  return {
    counts: tally.counts,
    kept: tally.kept,
    writes: writesFor(db, origin, statements, superseded, changed),
  }
}

function outcomeOf(known: Marks, { mark, ...said }: MarkStatement, changes: boolean) {
  if (isLater(known[mark], said)) return changes ? 'changed' : 'unchanged'
  return known[mark]!.isSet === said.isSet ? 'unchanged' : 'superseded'
}

function writesFor(
  db: Database,
  origin: Origin,
  statements: readonly (MarkStatement & { registrationId: string })[],
  superseded: readonly ResultRow[],
  changed: readonly { row: ResultRow; stored: WholeResult }[],
): Applied['writes'] {
  const rows = changed.map(({ row }) => row)
  return [
    ...storeMarks(db, origin.feed.id, statements),
    ...putBy(db, origin, rows),
    ...storeValidity(db, origin, rows),
    ...keepSupersededResults(db, origin, superseded),
    ...followChanges(
      db,
      origin,
      changed.map(({ row, stored: { fields, validity } }) => ({ row, stored: { ...fields, validity } })),
    ),
  ]
}

/** An event must not name somebody else or another exam than the result; it may name neither. */
function faultOf(origin: Origin, change: ResultChange, { fields, exam }: WholeResult): Fault | null {
  const said = {
    candidateId: change.candidateId || fields.candidateId,
    examCode: change.examCode || fields.examCode,
  }
  return faultOfSitting(said, {
    exam: change.examCode === '' ? { code: exam } : examOfRow(origin, change.examCode),
    candidateIsKnown: true,
    holder: fields.candidateId,
    storedExam: exam,
  })
}

function rowOf({ fields, exam, vendorTime }: WholeResult, validity: ResultRow['validity'], line: number) {
  const { candidateId, timeZone = null } = fields
  return resultRowOf(fields, { candidateId, exam, validity }, { vendorTime, line, timeZone })
}
