import type { Database } from '../core/database.ts'
import { type Aliases, loadAliases } from './alias-queries.ts'
import type { Applied } from './applied.ts'
import { applyAcknowledgements } from './apply-acknowledgements.ts'
import { applyCandidates } from './apply-candidates.ts'
import { applyCourses } from './apply-courses.ts'
import { applySections, sectionKey } from './apply-sections.ts'
import { withoutLeadingZeros } from './cells.ts'
import { cellsOf, type Layout } from './columns.ts'
import { applyBookingRows } from './events/apply-booking-rows.ts'
import { applyResultRows } from './events/apply-result-rows.ts'
import { isEventKind, resultChangeKind } from './events/event-kinds.ts'
import { inOurFormat } from './events/our-format.ts'
import { readBookingChange, readResultChange } from './events/read-change.ts'
import type { Feed } from './feeds.ts'
import type { Origin } from './origin.ts'
import {
  type AcknowledgementFields,
  keyOfAcknowledgement,
  readAcknowledgementRow,
} from './read-acknowledgement-row.ts'
import { type CandidateFields, readCandidateRow } from './read-candidate-row.ts'
import { type CourseFields, keyOfCourse, readCourseRow } from './read-course-row.ts'
import { type RegistrationFields, readRegistrationRow } from './read-registration-row.ts'
import { keyOfResult, type ResultFields, readResultRow } from './read-result-row.ts'
import { readSectionRow, type SectionFields } from './read-section-row.ts'
import type { RowReading, SourceRow, TableKind } from './row.ts'
import type { TableRecord } from './table-records.ts'

/** What a record of a table of this kind says. */
export function readRow({ kind, columns }: Layout, record: TableRecord, feed: Feed): RowReading<object> {
  const cell = feed.stripsZeros ? unpadded(cellsOf(columns, record)) : cellsOf(columns, record)
  switch (kind) {
    case 'candidate':
      return readCandidateRow(cell)
    case 'registration':
      return isEventKind(cell('event')) ? readBookingChange(cell) : readRegistrationRow(cell, feed)
    case 'result': {
      const change = resultChangeKind(cell('event'))
      if (change) return readResultChange(cell, change)
      const hasRegistrations = columns.registrationId !== undefined
      return readResultRow(cell, isEventKind(cell('event')) ? inOurFormat(feed) : feed, hasRegistrations)
    }
    case 'section':
      return readSectionRow(cell, feed)
    case 'course':
      return readCourseRow(cell, feed)
    case 'acknowledgement':
      return readAcknowledgementRow(cell)
  }
}

/** For a feed that strips zeros. */
function unpadded(cell: (column: string) => string): (column: string) => string {
  return (column) => (column === 'candidateId' ? withoutLeadingZeros(cell(column)) : cell(column))
}

/**
 * Decides what rows of one kind do; `fields` is what readRow answered for that kind. What is booked, sat or completed under
 * an ID that was merged or linked counts for the record whose it is.
 */
export async function applyRows(
  db: Database,
  origin: Origin,
  kind: TableKind,
  rows: readonly SourceRow<object>[],
): Promise<Applied> {
  const aliases = await aliasesAmong(db, origin, rows)
  switch (kind) {
    case 'candidate':
      return applyCandidates(db, origin, rows as SourceRow<CandidateFields>[], aliases)
    case 'registration':
      return applyBookingRows(db, origin, underTheirIds(rows as SourceRow<RegistrationFields>[], aliases))
    case 'result':
      return applyResultRows(db, origin, underTheirIds(rows as SourceRow<ResultFields>[], aliases))
    case 'section':
      return applySections(db, origin, rows as SourceRow<SectionFields>[])
    case 'course':
      return applyCourses(db, origin, underTheirIds(rows as SourceRow<CourseFields>[], aliases))
    case 'acknowledgement':
      return applyAcknowledgements(
        db,
        origin,
        underTheirIds(rows as SourceRow<AcknowledgementFields>[], aliases),
      )
  }
}

/** Which record a row speaks of: rows of one key in one table must say one thing. */
export function keyOfRow(kind: TableKind, fields: object): string {
  switch (kind) {
    case 'candidate':
      return (fields as CandidateFields).candidateId
    case 'registration':
      return (fields as RegistrationFields).registrationId
    case 'result':
      return keyOfResult(fields as ResultFields)
    case 'section':
      return sectionKey(fields as SectionFields)
    case 'course':
      return keyOfCourse(fields as CourseFields)
    case 'acknowledgement':
      return keyOfAcknowledgement(fields as AcknowledgementFields)
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
