import type { Database } from '../core/database.ts'
import type { Applied } from './applied.ts'
import { applyCandidates } from './apply-candidates.ts'
import { applyRegistrations } from './apply-registrations.ts'
import { applyResults } from './apply-results.ts'
import { applySections } from './apply-sections.ts'
import { cellsOf, type Layout } from './columns.ts'
import type { Feed } from './feeds.ts'
import type { Origin } from './origin.ts'
import { type CandidateFields, readCandidateRow } from './read-candidate-row.ts'
import { type RegistrationFields, readRegistrationRow } from './read-registration-row.ts'
import { type ResultFields, readResultRow } from './read-result-row.ts'
import { readSectionRow, type SectionFields } from './read-section-row.ts'
import type { RowKind, RowReading, SourceRow } from './row.ts'
import type { TableRecord } from './table-records.ts'

/** What a record of a table of this kind says. */
export function readRow({ kind, columns }: Layout, record: TableRecord, feed: Feed): RowReading<object> {
  const cell = cellsOf(columns, record)
  switch (kind) {
    case 'candidate':
      return readCandidateRow(cell)
    case 'registration':
      return readRegistrationRow(cell, feed)
    case 'result':
      return readResultRow(cell, feed)
    case 'section':
      return readSectionRow(cell)
  }
}

/** Decides what rows of one kind do; `fields` is what readRow answered for that kind. */
export function applyRows(
  db: Database,
  origin: Origin,
  kind: RowKind,
  rows: readonly SourceRow<object>[],
): Promise<Applied> {
  switch (kind) {
    case 'candidate':
      return applyCandidates(db, origin, rows as SourceRow<CandidateFields>[])
    case 'registration':
      return applyRegistrations(db, origin, rows as SourceRow<RegistrationFields>[])
    case 'result':
      return applyResults(db, origin, rows as SourceRow<ResultFields>[])
    case 'section':
      return applySections(db, origin, rows as SourceRow<SectionFields>[])
  }
}
