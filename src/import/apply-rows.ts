import type { Database } from '../core/database.ts'
import { type Aliases, loadAliases } from './alias-queries.ts'
import type { Applied } from './applied.ts'
import { applyCandidates } from './apply-candidates.ts'
import { applyRegistrations } from './apply-registrations.ts'
import { applyResults } from './apply-results.ts'
import { applySections, sectionKey } from './apply-sections.ts'
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

/**
 * Decides what rows of one kind do; `fields` is what readRow answered for that kind. What is booked or sat under an
 * ID that was merged or linked counts for the record whose it is.
 */
export async function applyRows(
  db: Database,
  origin: Origin,
  kind: RowKind,
  rows: readonly SourceRow<object>[],
): Promise<Applied> {
  const aliases = await aliasesAmong(db, origin, rows)
  switch (kind) {
    case 'candidate':
      return applyCandidates(db, origin, rows as SourceRow<CandidateFields>[], aliases)
    case 'registration':
      return applyRegistrations(db, origin, underTheirIds(rows as SourceRow<RegistrationFields>[], aliases))
    case 'result':
      return applyResults(db, origin, underTheirIds(rows as SourceRow<ResultFields>[], aliases))
    case 'section':
      return applySections(db, origin, rows as SourceRow<SectionFields>[])
  }
}

/** Which record a row speaks of: rows of one key in one table must say one thing. */
export function keyOfRow(kind: RowKind, fields: object): string {
  switch (kind) {
    case 'candidate':
      return (fields as CandidateFields).candidateId
    case 'registration':
    case 'result':
      return (fields as RegistrationFields | ResultFields).registrationId
    case 'section':
      return sectionKey(fields as SectionFields)
  }
}

async function aliasesAmong(
  db: Database,
  { feed, hasAliases }: Origin,
  rows: readonly SourceRow<{ candidateId?: string }>[],
): Promise<Aliases> {
  const named = hasAliases ? rows.flatMap(({ fields }) => fields.candidateId || []) : []
  return named.length === 0 ? new Map() : loadAliases(db, feed.id, named)
}

function underTheirIds<Fields extends { candidateId: string }>(
  rows: readonly SourceRow<Fields>[],
  aliases: Aliases,
): SourceRow<Fields>[] {
  return rows.map((row) => {
    const candidateId = aliases.get(row.fields.candidateId)
    return candidateId === undefined ? row : { ...row, fields: { ...row.fields, candidateId } }
  })
}
