import { closeSync, mkdirSync, mkdtempSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { lineOf, type Table } from './tables.ts'
import { encodeWindows1252 } from './windows-1252.ts'
import { writeZip } from './zip-file.ts'

const BUFFER_BYTES = 128 * 1024

type Encoding = 'utf-8' | 'windows-1252'

/** A table that grows on disk, row by row. Lines are counted as a reader of the file would: the header is 1. */
type SpooledTable = {
  delivery: string
  member: string
  file: string
  descriptor: number
  parts: Uint8Array[]
  buffered: number
  encoding: Encoding
  lines: number
}

export type FinishedTable = { delivery: string; member: string; rows: number }

/** Keeps all deliveries open at once, since people are made one after the other and appear in many. */
export class Spool {
  readonly #out: string
  readonly #room: string
  readonly #tables = new Map<string, SpooledTable>()

  constructor(out: string) {
    mkdirSync(out, { recursive: true })
    this.#out = out
    this.#room = mkdtempSync(join(out, '.spool-'))
  }

  /** Adds a row and answers its line. */
  add<Row>(
    delivery: string,
    member: string,
    table: Table<Row>,
    row: Row,
    encoding: Encoding = 'utf-8',
  ): number {
    return this.addCells(delivery, member, table, table.cells(row), encoding)
  }

  /** Adds a row cell by cell, which is how rows get to be wrong. */
  addCells<Row>(
    delivery: string,
    member: string,
    { columns, delimiter }: Table<Row>,
    cells: readonly (string | number | boolean | null)[],
    encoding: Encoding = 'utf-8',
  ): number {
    const key = `${delivery}\n${member}`
    let spooled = this.#tables.get(key)
    if (!spooled) {
      spooled = this.#open(delivery, member, encoding)
      this.#tables.set(key, spooled)
      write(spooled, lineOf(delimiter, columns))
    }
    write(spooled, lineOf(delimiter, cells))
    return spooled.lines
  }

  /** Packs everything: a delivery whose name ends in .zip with its tables, any other is its only table. */
  finish(): FinishedTable[] {
    const tables = [...this.#tables.values()].sort((a, b) =>
      a.delivery + a.member < b.delivery + b.member ? -1 : 1,
    )
    for (const table of tables) {
      flush(table)
      closeSync(table.descriptor)
    }
    for (const [delivery, members] of Map.groupBy(tables, (table) => table.delivery)) {
      const target = join(this.#out, delivery)
      if (delivery.endsWith('.zip'))
        writeZip(
          target,
          members.map(({ member, file }) => ({ name: member, file })),
        )
      else renameSync(members[0]!.file, target)
    }
    rmSync(this.#room, { recursive: true })
    return tables.map(({ delivery, member, lines }) => ({ delivery, member, rows: lines - 1 }))
  }

  #open(delivery: string, member: string, encoding: Encoding): SpooledTable {
    const file = join(this.#room, String(this.#tables.size))
    const descriptor = openSync(file, 'w')
    return { delivery, member, file, descriptor, encoding, parts: [], buffered: 0, lines: 0 }
  }
}

const utf8 = new TextEncoder()

function write(table: SpooledTable, line: string) {
  const bytes = table.encoding === 'utf-8' ? utf8.encode(`${line}\r\n`) : encodeWindows1252(`${line}\r\n`)
  if (bytes === null) throw new Error(`${table.member}: not in windows-1252: ${line}`)
  table.parts.push(bytes)
  table.buffered += bytes.length
  table.lines += 1
  if (table.buffered >= BUFFER_BYTES) flush(table)
}

function flush(table: SpooledTable) {
  if (table.parts.length > 0) writeSync(table.descriptor, Buffer.concat(table.parts))
  table.parts = []
  table.buffered = 0
}
