import { calendarDateIn } from '../core/calendar-date.ts'
import type { Database } from '../core/database.ts'
import { knownCourses } from '../import/course-of-row.ts'
import { examAliasesOf, selectExamAliases } from '../import/exam-alias-queries.ts'
import { type Feed, vendorTimeOf } from '../import/feeds.ts'
import { applyRecords, CHUNK_BYTES } from '../import/import-chunk.ts'
import type { OpenTable } from '../import/open-table.ts'
import type { Brought, Origin } from '../import/origin.ts'
import { type ReadableTable, readPiece } from '../import/read-piece.ts'
import { readRecord } from '../import/read-record.ts'
import { type Counts, type KeptRow, noCounts, type Reason } from '../import/row.ts'
import type { TableRecord } from '../import/table-records.ts'
import type { Program } from '../program/program.ts'
import { readCourseVersions, readPrograms, selectPrograms } from '../program/queries.ts'
import type { Brake } from '../schema.ts'
import { brakesOf, isRefused, type ToldFault, toldOf } from './dry-run-report.ts'

/** As much as one request decides in good time. */
export const MOST_ROWS = 5_000
const FIRST_ROWS = 20

/** A row as it stands in the file, and what was read of it: nothing where it makes no sense. */
export type ReadRow = { line: number; cells: readonly string[]; fields: object | null; fault: string | null }

export type ReadTable = { number: number; counts: Counts; first: ReadRow[] }

/** What an import would do, of which nothing was done. */
export type DryRun = {
  counts: Counts
  tables: ReadTable[]
  /** Of the rows that would wait or be passed over: how many for which reason, the most first. */
  reasons: { reason: Reason; rows: number }[]
  faults: ToldFault[]
  /** People whom neither the record nor the file knows. */
  unknownCandidates: number
  brakes: Brake[]
  /** False where the file is longer than what was tried. */
  isWhole: boolean
}

/** What a file is tried against. */
export type Tried = {
  db: Database
  env: Pick<Env, 'BUCKET' | 'SEAL_KEY'>
  feed: Feed
  program: Program
  now: Date
}

/**
 * Decides the rows of a file against the record as an import would, up to a limit, and writes nothing. What its tables
 * bring to each other counts: people to sittings, bookings to results, and results to their sections.
 */
export async function dryRun(tried: Tried, name: string, tables: readonly OpenTable[]): Promise<DryRun> {
  const brought = broughtYet()
  const origin = { ...(await originOf(tried, name)), brought }
  const kept: (KeptRow & { member: string })[] = []
  const run: DryRun = { ...emptyRun(), tables: [] }
  let left = MOST_ROWS
  for (const table of tables) {
    const { records, isWhole } = await firstRecords(tried.env.BUCKET, table, left)
    left -= records.length
    run.isWhole &&= isWhole
    const applied = await applyRecords(tried.db, tried.env.SEAL_KEY, origin, table, records)
    const rows = records.map((record) => readRow(tried.feed, table, record))
    const refused = new Set(applied.kept.filter(isRefused).map(({ line }) => line))
    noteBrought(brought, table, rows, refused)
    kept.push(...applied.kept.map((row) => ({ ...row, member: table.member })))
    addCounts(run.counts, applied.counts)
    const faults = new Map(applied.kept.map(({ line, fault }) => [line, fault.message]))
    const first = rows.slice(0, FIRST_ROWS).map((row) => ({ ...row, fault: faults.get(row.line) ?? null }))
    run.tables.push({ number: table.number, counts: applied.counts, first })
  }
  return { ...run, ...toldOf(kept), brakes: brakesOf(tried.feed, run.counts, kept) }
}

/** The first records of a table, and whether those are all. */
export async function firstRecords(
  bucket: R2Bucket,
  table: ReadableTable & Pick<OpenTable, 'start'>,
  limit: number,
): Promise<{ records: TableRecord[]; isWhole: boolean }> {
  const records: TableRecord[] = []
  let position = table.start
  while (position.offset < table.bytes && records.length < limit) {
    const piece = await readPiece(bucket, table, position, CHUNK_BYTES)
    records.push(...piece.records)
    position = piece.next
  }
  const isWhole = position.offset >= table.bytes && records.length <= limit
  return { records: records.slice(0, limit), isWhole }
}

async function originOf({ db, feed, program, now }: Tried, name: string): Promise<Origin> {
  const [aliases, programs] = await db.batch([selectExamAliases(db, feed.id), selectPrograms(db)])
  return {
    deliveryId: 'sample',
    member: name,
    feed,
    vendorTime: vendorTimeOf(name, now, feed),
    program,
    programs: readPrograms(programs),
    courses: knownCourses(readCourseVersions(programs)),
    today: calendarDateIn(program.settings.timeZone, now),
    importedAt: now,
    hasAliases: true,
    hasContradictions: false,
    isCompared: false,
    contradicted: new Set(),
    examAliases: examAliasesOf(aliases),
    isDecided: false,
  }
}

function readRow(feed: Feed, table: OpenTable, record: TableRecord): ReadRow {
  const reading = readRecord(feed, table, record)
  return {
    line: record.line,
    cells: record.cells,
    fields: reading.ok ? reading.value.fields : null,
    fault: null,
  }
}

type Named = { candidateId?: string; registrationId?: string }

type BroughtYet = ReturnType<typeof broughtYet>

function broughtYet() {
  return {
    candidates: new Set<string>(),
    holders: new Map<string, string>(),
    results: new Set<string>(),
  } satisfies Brought
}

/** A result that would wait is there for its sections all the same. */
function noteBrought(
  brought: BroughtYet,
  { layout: { kind } }: OpenTable,
  rows: readonly ReadRow[],
  refused: ReadonlySet<number>,
) {
  for (const { line, fields } of rows) {
    const { candidateId = '', registrationId = '' } = (fields ?? {}) as Named
    const isTaken = fields !== null && !refused.has(line)
    if (kind === 'candidate' && isTaken) brought.candidates.add(candidateId)
    if (kind === 'registration' && isTaken) brought.holders.set(registrationId, candidateId)
    if (kind === 'result' && fields) brought.results.add(registrationId)
  }
}

function addCounts(total: Counts, counts: Counts) {
  for (const name of Object.keys(total) as (keyof Counts)[]) total[name] += counts[name]
}

function emptyRun() {
  return { counts: noCounts(), reasons: [], faults: [], unknownCandidates: 0, brakes: [], isWhole: true }
}
