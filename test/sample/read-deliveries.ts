import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import type { Expectations } from '../../programs/sample-generator/expectations.ts'
import { type Layout, layoutOf, loadingOrder } from '../../src/import/columns.ts'
import { vendorTimeOf } from '../../src/import/feeds.ts'
import type { TableKind } from '../../src/import/row.ts'
import { readRecords, type TableRecord } from '../../src/import/table-records.ts'
import { givenFeed } from '../import/given-feed.ts'

export const sampleFolder = new URL('../../programs/juniper/sample', import.meta.url).pathname

export type ReadTable = {
  delivery: string
  vendorTime: number
  member: string
  encoding: 'utf-8' | 'windows-1252'
  layout: Layout | null
  records: TableRecord[]
}

export function expectationsOf(folder: string): Expectations {
  return JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Expectations
}

/** Every table of a folder of deliveries, in the order in which an import takes them. */
export function readDeliveries(folder: string): ReadTable[] {
  return readdirSync(folder)
    .filter((name) => /\.(zip|dat|csv)$/.test(name))
    .map((delivery) => ({ delivery, vendorTime: vendorTimeOf(delivery, new Date(0)) }))
    .sort((a, b) => a.vendorTime - b.vendorTime)
    .flatMap(({ delivery, vendorTime }) =>
      membersOf(folder, delivery)
        .map(([member, bytes]) => ({ delivery, vendorTime, member, ...readTable(member, bytes) }))
        .sort((a, b) => orderOf(a.layout?.kind) - orderOf(b.layout?.kind)),
    )
}

function membersOf(folder: string, delivery: string): [string, Uint8Array][] {
  const bytes = new Uint8Array(readFileSync(join(folder, delivery)))
  return delivery.endsWith('.zip') ? Object.entries(unzipSync(bytes)) : [[delivery, bytes]]
}

function readTable(member: string, bytes: Uint8Array) {
  const { text, encoding } = decoded(bytes)
  const delimiter = member.endsWith('.csv') ? ',' : '\t'
  const shape = { delimiter, width: null, line: 1, complete: true }
  const header = readRecords(text, { ...shape, limit: 1 })
  const names = header.records[0]!.cells
  const layout = layoutOf(names, member, givenFeed())
  if (!layout.ok) throw new Error(`${member}: ${layout.refusal.message}`)
  const { records } = readRecords(text.slice(header.end), { ...shape, width: names.length, line: 2 })
  return { encoding, layout: layout.value, records }
}

function decoded(bytes: Uint8Array): { text: string; encoding: ReadTable['encoding'] } {
  try {
    return {
      text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes),
      encoding: 'utf-8',
    }
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252' }
  }
}

function orderOf(kind: TableKind | undefined): number {
  return kind === undefined ? -1 : loadingOrder(kind)
}
