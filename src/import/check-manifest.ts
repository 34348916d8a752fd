import type { Brake } from '../schema.ts'
import type { Manifest } from './manifest.ts'
import type { OpenManifest } from './open-manifest.ts'

/** A table of a delivery as it came, with what its rows came to when they were staged. */
export type DeliveredTable = {
  member: string
  sha256: string | null
  delimiter: string
  read: number
  failing: number
  totals: Readonly<Record<string, number>>
}

/** A member that is no table of ours, by its name. */
export type OtherMember = { member: string; sha256: string | null }

type Mismatch = { file: string; what: string; expected: string | number; found: string | number }

/** More would only say the same. */
const MOST_BRAKES = 20

/**
 * Where a manifest and what came with it disagree. `isRedacted`: lines of the files were blanked since they came, so
 * that neither their bytes nor their rows are what they were.
 */
export function checkManifest(
  { said, member, folder }: OpenManifest,
  feed: string,
  tables: readonly DeliveredTable[],
  others: readonly OtherMember[],
  isRedacted: boolean,
): Brake[] {
  if (!said.ok) return [{ kind: 'manifest', detail: { file: member, what: 'manifest', found: said.refusal } }]

  const manifest = said.value
  const mismatches: Mismatch[] = []
  if (manifest.feed !== feed)
    mismatches.push({ file: member, what: 'feed', expected: manifest.feed, found: feed })
  const listed = new Set(manifest.files.map(({ name }) => folder + name))
  for (const table of tables)
    if (!listed.has(table.member))
      mismatches.push({ file: table.member, what: 'file', expected: 'not listed', found: 'delivered' })
  if (!isRedacted)
    for (const file of manifest.files) mismatches.push(...checkFile(file, folder, tables, others))
  return mismatches.slice(0, MOST_BRAKES).map((detail) => ({ kind: 'manifest', detail }))
}

function checkFile(
  file: Manifest['files'][number],
  folder: string,
  tables: readonly DeliveredTable[],
  others: readonly OtherMember[],
): Mismatch[] {
  const name = folder + file.name
  const table = tables.find(({ member }) => member === name)
  const found = table ?? others.find(({ member }) => member === name)
  if (!found) return [{ file: name, what: 'file', expected: 'listed', found: 'missing' }]
  // Of other bytes there is nothing more to say.
  if (found.sha256 !== file.sha256)
    return [{ file: name, what: 'sha256', expected: file.sha256, found: found.sha256 ?? 'unreadable' }]
  return table ? checkTable(file, name, table) : []
}

function checkTable(file: Manifest['files'][number], name: string, table: DeliveredTable): Mismatch[] {
  const mismatches: Mismatch[] = []
  const delimiter = table.delimiter === '\t' ? 'tab' : 'comma'
  if (file.delimiter !== undefined && file.delimiter !== delimiter)
    mismatches.push({ file: name, what: 'delimiter', expected: file.delimiter, found: delimiter })
  if (file.rows !== table.read)
    mismatches.push({ file: name, what: 'rows', expected: file.rows, found: table.read })
  for (const [outcome, expected] of Object.entries(file.totals ?? {})) {
    const found = table.totals[outcome] ?? 0
    // A row that makes no sense may be of any outcome; it waits, and is told of by itself.
    if (found > expected || found + table.failing < expected)
      mismatches.push({ file: name, what: outcome, expected, found })
  }
  return mismatches
}

/** What the record knows of a feed's earlier manifests: the highest number below this one, and the lowest from it on. */
export type Sequences = { before: number | null; notBefore: number | null }

/** Numbers only rise: one that was used or passed is not applied before somebody looked. */
export function checkSequence(sequence: number, { notBefore }: Sequences): Brake[] {
  return notBefore === null ? [] : [{ kind: 'sequence', detail: { sequence, last: notBefore } }]
}

/** How many deliveries between the last one and this have not come. */
export function missingBefore(sequence: number, { before, notBefore }: Sequences): number {
  return before === null || notBefore !== null ? 0 : sequence - before - 1
}

/** `open`: registrations of the feed whose sitting is awaited; `missing`: those that the delivery leaves out. */
export type LeftOut = { open: number; missing: number }

/** A bulk delivery is everything that the vendor has. What it leaves out stays; too much of it is no coincidence. */
export function checkBulk(
  { open, missing }: LeftOut,
  { missingFromBulkShare, fewestRows }: { missingFromBulkShare: number; fewestRows: number },
): Brake[] {
  return open >= fewestRows && missing > missingFromBulkShare * open
    ? [{ kind: 'bulk', detail: { open, missing, allowed: missingFromBulkShare } }]
    : []
}
