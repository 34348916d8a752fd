import Papa from 'papaparse'

/** One record of a table; `line` is the first of the physical lines it stands on, counted from 1. */
export type TableRecord = {
  line: number
  raw: string
  cells: string[]
  /** Its quotes made no sense, and it was read as it stands. */
  isLiteral?: true
}

/** `end` is how far the text was read: up to the end of the last complete record. */
export type RecordReading = { records: TableRecord[]; end: number; nextLine: number }

type Table = {
  delimiter: string
  /** How many cells the header has; null while the header itself is read. */
  width: number | null
  line: number
  /** False when the text was cut off and a last record may be incomplete. */
  complete: boolean
  limit?: number
}

/** No honest record is longer. A quote that is not closed within it was never meant as one. */
export const LONGEST_RECORD = 65_536

/**
 * Reads records separated by LF, CRLF or CR, in any mixture; blank lines do not count.
 *
 * Some vendors quote and some do not, in the same layout. So quotes are believed only where they give a record
 * as wide as the header; otherwise the line is read as it stands, and a lone `"` swallows nothing.
 */
export function readRecords(text: string, table: Table): RecordReading {
  const records: TableRecord[] = []
  const nextBreak = lineBreaks(text, table.complete)
  let at = 0
  let line = table.line

  while (at < text.length && records.length < (table.limit ?? Infinity)) {
    const lineEnd = nextBreak(at)
    if (lineEnd === null) break

    const raw = text.slice(at, lineEnd.from)
    const quoted = raw.includes('"') ? quotedRecord(text, at, lineEnd, table) : 'literal'
    if (quoted === 'cut off') break

    if (quoted !== 'literal' && (table.width === null || quoted.cells.length === table.width)) {
      const source = text.slice(at, quoted.from)
      records.push({ line, raw: source, cells: quoted.cells })
      line += lineCount(source)
      at = quoted.to
    } else {
      if (raw.trim() !== '') {
        const cells = raw.split(table.delimiter)
        records.push(raw.includes('"') ? { line, raw, cells, isLiteral: true } : { line, raw, cells })
      }
      line += 1
      at = lineEnd.to
    }
  }
  return { records, end: at, nextLine: line }
}

type Break = { from: number; to: number }

/** Finds the end of the line at a position, looking at each character once however many lines there are. */
function lineBreaks(text: string, complete: boolean): (at: number) => Break | null {
  let lf = -1
  let cr = -1
  return (at) => {
    if (lf < at) lf = indexOrEnd(text, '\n', at)
    if (cr < at) cr = indexOrEnd(text, '\r', at)
    const from = Math.min(lf, cr)
    if (from === text.length) return complete ? { from, to: from } : null
    if (from === lf) return { from, to: from + 1 }
    // The LF of a CRLF may lie behind the cut.
    if (from + 1 === text.length && !complete) return null
    return { from, to: from + (lf === from + 1 ? 2 : 1) }
  }
}

function indexOrEnd(text: string, character: string, at: number): number {
  const index = text.indexOf(character, at)
  return index === -1 ? text.length : index
}

/**
 * The record that begins with the line at `start`, with its quotes taken seriously; 'literal' when they do not make
 * sense. The library wants to know how records end; that is tried, first what ends the first line outside quotes.
 */
function quotedRecord(text: string, start: number, lineEnd: Break, table: Table): QuotedRecord {
  const likely = endOutsideQuotes(text, start) ?? text.slice(lineEnd.from, lineEnd.to)
  let reading: QuotedRecord = 'literal'
  for (const newline of LINE_ENDS.toSorted((a, b) => Number(b === likely) - Number(a === likely))) {
    const tried = recordEndingIn(newline, text, start, table)
    if (typeof tried === 'object') return tried
    if (tried === 'cut off') reading = tried
  }
  return reading
}

/** An end of a line that an even number of quotes precedes; doubled ones leave it even. */
function endOutsideQuotes(text: string, start: number): string | null {
  const marks = /"|\r\n|\r|\n/g
  marks.lastIndex = start
  let isQuoted = false
  for (let mark = marks.exec(text); mark && mark.index < start + LONGEST_RECORD; mark = marks.exec(text)) {
    if (mark[0] === '"') isQuoted = !isQuoted
    else if (!isQuoted) return mark[0]
  }
  return null
}

const BOM = '\ufeff'
const LINE_ENDS = ['\r\n', '\n', '\r'] as const

type QuotedRecord = (Break & { cells: string[] }) | 'literal' | 'cut off'

function recordEndingIn(
  newline: (typeof LINE_ENDS)[number],
  text: string,
  start: number,
  { delimiter, complete }: Table,
): QuotedRecord {
  const window = text.slice(start, start + LONGEST_RECORD)
  const { data, errors, meta } = Papa.parse<string[]>(window, { delimiter, newline, preview: 1 })
  // The library passes over a BOM, which stands in the middle where files were joined, and does not count it.
  const cursor = Math.min(meta.cursor + (window.startsWith(BOM) ? BOM.length : 0), window.length)
  const isEnded = window.startsWith(newline, cursor - newline.length) && errors.length === 0
  const isWhole = start + window.length === text.length
  if (!isEnded && isWhole && !complete && cursor === window.length) return 'cut off'
  if (errors.length > 0 || (!isEnded && !isWhole)) return 'literal'
  const end = start + cursor
  const cells = data[0] ?? []
  return isEnded
    ? endedRecord(cells, text, end - newline.length, end, complete)
    : { cells, from: end, to: end }
}

/** A CRLF is one end of a line, also where the record was tried with one of its halves: else lines are miscounted. */
function endedRecord(
  cells: string[],
  text: string,
  from: number,
  to: number,
  complete: boolean,
): QuotedRecord {
  if (text[from] === '\r' && to === text.length && !complete) return 'cut off'
  if (text.startsWith('\r\n', from)) return { cells, from, to: from + 2 }
  if (!text.startsWith('\r\n', from - 1)) return { cells, from, to }
  return { cells: [...cells.slice(0, -1), cells.at(-1)!.replace(/\r$/, '')], from: from - 1, to }
}

function lineCount(source: string): number {
  return source.split(/\r\n|\r|\n/).length
}
