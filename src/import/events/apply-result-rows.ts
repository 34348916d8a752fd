import type { Database } from '../../core/database.ts'
import { type Applied, tallyOf, together } from '../applied.ts'
import { applyResults } from '../apply-results.ts'
import type { Origin } from '../origin.ts'
import type { ResultFields } from '../read-result-row.ts'
import { noCounts, type SourceRow } from '../row.ts'
import { applyMarks } from './apply-marks.ts'
import { beforeItsSitting } from './before-sitting.ts'
import { loadMarkedResults, storeMarks, type WholeResult } from './mark-queries.ts'
import type { ResultChange } from './read-change.ts'
import {
  isLater,
  type MarkStatement,
  type Marks,
  markOfEvent,
  marksOfStored,
  marksOfWord,
  validityOf,
  withStatements,
} from './validity-marks.ts'

type Row = SourceRow<ResultFields | ResultChange>
type Stated = { line: number; registrationId: string; statements: MarkStatement[] }

/**
 * Takes in rows about outcomes, whole ones and events that change a part. An event about a grade is made whole from
 * what is stored, and is then a row like any other; one about validity changes validity alone. Where a row of a file
 * has a word for validity, it counts by its time against what events said.
 */
export async function applyResultRows(db: Database, origin: Origin, rows: readonly Row[]): Promise<Applied> {
  if (rows.every(({ fields }) => !isChange(fields) && fields.validity === null))
    return applyResults(db, origin, rows as SourceRow<ResultFields>[])

  const { marks, results } = await loadMarkedResults(
    db,
    origin.feed.id,
    rows.map(({ fields }) => fields.registrationId),
    rows.filter(needsStored).map(({ fields }) => fields.registrationId),
  )
  const tally = tallyOf('result')
  const whole: SourceRow<ResultFields>[] = []
  const aboutMarks: SourceRow<ResultChange>[] = []
  const stated: Stated[] = []
  for (const { line, raw, fields } of rows) {
    const { registrationId } = fields
    const stored = results.get(registrationId) ?? null
    // Only its own rows ever speak of a sitting without a registration.
    if (registrationId === '' && !isChange(fields)) whole.push({ line, raw, fields })
    else if (!isChange(fields)) {
      const known = marksOfStored(stored?.validity ?? 'valid', marks.get(registrationId) ?? {})
      const { validity, statements } = statedValidity(origin, fields, stored, known)
      whole.push({ line, raw, fields: { ...fields, validity } })
      stated.push({ line, registrationId, statements })
    } else if (!stored) tally.refuse({ line, raw, fields }, beforeItsSitting('result', registrationId))
    else if (markOfEvent(fields.event) !== null) aboutMarks.push({ line, raw, fields })
    else whole.push({ line, raw, fields: regraded(stored.fields, fields) })
  }

  const applied = await applyResults(db, origin, whole)
  const marked = applyMarks(db, origin, aboutMarks, { marks, results })
  const refused = new Set(applied.kept.filter(({ waits }) => waits).map(({ line }) => line))
  const taken = stated.filter(({ line }) => !refused.has(line))
  return together([
    { counts: tally.counts, kept: tally.kept, writes: [] },
    { counts: noCounts(), kept: [], writes: storeMarks(db, origin.feed.id, taken.flatMap(eachStatement)) },
    applied,
    marked,
  ])
}

function isChange(fields: ResultFields | ResultChange): fields is ResultChange {
  return 'event' in fields
}

function needsStored({ fields }: Row): boolean {
  return isChange(fields) || (fields.validity !== null && fields.validity !== 'valid')
}

/**
 * What a whole row makes of validity, and of the marks behind it. A row that is older than what is stored of the result
 * is outdated as a whole.
 */
function statedValidity(
  origin: Origin,
  fields: ResultFields,
  stored: WholeResult | null,
  known: Marks,
): { validity: ResultFields['validity']; statements: MarkStatement[] } {
  const at = fields.modifiedAt ?? origin.vendorTime
  if (fields.validity === null) return { validity: null, statements: [] }
  if (stored && at < stored.vendorTime) return { validity: null, statements: [] }
  const statements = marksOfWord(fields.validity, at).filter(
    ({ mark, ...said }) => (said.isSet || known[mark] !== undefined) && isLater(known[mark], said),
  )
  return { validity: validityOf(withStatements(known, statements)), statements }
}

function eachStatement({ registrationId, statements }: Stated) {
  return statements.map((statement) => ({ registrationId, ...statement }))
}

/** The stored result with another grade, and with another score where one is given. */
function regraded(stored: ResultFields, change: ResultChange): ResultFields {
  const grade = change.grade ?? stored.grade
  return {
    ...stored,
    candidateId: change.candidateId || stored.candidateId,
    examCode: change.examCode || stored.examCode,
    delivery: grade === 'none' ? stored.delivery : 'delivered',
    grade,
    validity: null,
    score: change.score ?? stored.score,
    passingScore: change.passingScore ?? stored.passingScore,
    modifiedAt: change.modifiedAt,
  }
}
