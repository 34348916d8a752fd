import type { Expectations, Peculiar } from '../../programs/sample-generator/expectations.ts'
import { cellsOf } from '../../src/import/columns.ts'
import { contradictedKeys } from '../../src/import/decide-row.ts'
import { decideResult, faultOfSitting } from '../../src/import/decide-sitting.ts'
import { type CandidateFields, readCandidateRow } from '../../src/import/read-candidate-row.ts'
import { type RegistrationFields, readRegistrationRow } from '../../src/import/read-registration-row.ts'
import { type ResultFields, readResultRow } from '../../src/import/read-result-row.ts'
import { readSectionRow } from '../../src/import/read-section-row.ts'
import { isPassedOver, type RowReading, type SourceRow } from '../../src/import/row.ts'
import { examOfSeriesCode } from '../../src/program/catalogue.ts'
import type { Program } from '../../src/program/program.ts'
import { givenFeed } from '../import/given-feed.ts'
import type { ReadTable } from './read-deliveries.ts'

export type StoredResult = Omit<ResultFields, 'validity'> & {
  exam: string
  validity: 'valid' | 'held' | 'revoked'
  vendorTime: number
  deliveryId: string
  member: string
  line: number
  rowHash: string
}

export type Record = {
  candidates: Map<string, CandidateFields>
  registrations: Map<string, RegistrationFields>
  results: Map<string, StoredResult>
  /** Every version of a result that counted at some time. */
  told: StoredResult[]
  rescored: number
  peculiar: Peculiar[]
}

const feed = givenFeed()

/** What an import of tables comes to, in memory: the rules are the import's own, the bookkeeping is not. */
export function replay(program: Program, { today }: Expectations, tables: readonly ReadTable[]): Record {
  const record: Record = {
    candidates: new Map(),
    registrations: new Map(),
    results: new Map(),
    told: [],
    rescored: 0,
    peculiar: [],
  }
  for (const table of tables) {
    const { delivery, member } = table
    const note = (line: number, outcome: Peculiar['outcome'], reason: string) =>
      record.peculiar.push({ delivery, member, line, outcome, reason })
    if (table.layout === null) note(0, 'skipped', 'not_read')
    else if (table.layout.kind === 'candidate') {
      for (const { fields } of rowsOf(table, readCandidateRow, note))
        record.candidates.set(fields.candidateId, fields)
    } else if (table.layout.kind === 'section') rowsOf(table, (cell) => readSectionRow(cell, feed), note)
    else if (table.layout.kind === 'registration') {
      const rows = rowsOf(table, (cell) => readRegistrationRow(cell, feed), note)
      for (const { line, fields } of rows) {
        const fault = sittingFault(program, record, fields)
        if (fault) note(line, 'quarantined', fault)
        else record.registrations.set(fields.registrationId, fields)
      }
    } else applyResults(program, today, record, table, note)
  }
  return record
}

type Note = (line: number, outcome: Peculiar['outcome'], reason: string) => void

function rowsOf<Fields>(
  { layout, records }: ReadTable,
  read: (cell: (column: string) => string) => RowReading<Fields>,
  note: Note,
): SourceRow<Fields>[] {
  return records.flatMap((record) => {
    if (record.cells.length !== layout!.width) {
      note(record.line, 'quarantined', 'bad_columns')
      return []
    }
    const reading = read(cellsOf(layout!.columns, record))
    if (!reading.ok) {
      note(
        record.line,
        isPassedOver(reading.refusal.reason) ? 'skipped' : 'quarantined',
        reading.refusal.reason,
      )
      return []
    }
    for (const { reason } of reading.value.remarks) note(record.line, 'remark', reason)
    return [{ line: record.line, raw: record.raw, fields: reading.value.fields }]
  })
}

function applyResults(program: Program, today: string, record: Record, table: ReadTable, note: Note) {
  const rows = rowsOf(table, (cell) => readResultRow(cell, feed), note)
  const contradicted = contradictedKeys(rows, ({ registrationId }) => registrationId, {
    contradicted: new Set(),
    isCompared: false,
  })
  for (const { line, fields } of rows) {
    const stored = record.results.get(fields.registrationId) ?? null
    const fault = contradicted.has(fields.registrationId)
      ? 'duplicate_in_file'
      : sittingFault(program, record, fields, stored)
    if (fault) {
      note(line, 'quarantined', fault)
      continue
    }
    const { modifiedAt, ...said } = fields
    const standing = {
      ...said,
      exam: examOfSeriesCode(program, fields.examCode)!.code,
      validity: fields.validity ?? stored?.validity ?? ('valid' as const),
    }
    const incoming: StoredResult = {
      ...standing,
      modifiedAt,
      vendorTime: modifiedAt ?? table.vendorTime,
      deliveryId: table.delivery,
      member: table.member,
      line,
      rowHash: JSON.stringify(standing),
    }
    const decision = decideResult(incoming, incoming, stored, today)
    if ('fault' in decision) note(line, 'quarantined', decision.fault.reason)
    else if (decision.outcome === 'superseded') note(line, 'superseded', 'superseded')
    else {
      record.results.set(fields.registrationId, incoming)
      record.told.push(incoming)
      if (stored?.score && incoming.score !== stored.score && incoming.grade === stored.grade)
        record.rescored += 1
    }
  }
}

function sittingFault(
  program: Program,
  { candidates, registrations, results }: Record,
  fields: { registrationId: string; candidateId: string; examCode: string },
  stored: StoredResult | null = results.get(fields.registrationId) ?? null,
): string | null {
  const holder = stored ?? registrations.get(fields.registrationId)
  const fault = faultOfSitting(fields, {
    exam: examOfSeriesCode(program, fields.examCode),
    candidateIsKnown: candidates.has(fields.candidateId),
    holder: holder?.candidateId ?? null,
    storedExam: stored?.exam ?? null,
  })
  return fault?.reason ?? null
}
