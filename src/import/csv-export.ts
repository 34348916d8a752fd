import Papa from 'papaparse'

/** Of a cell with several lines, too: a pattern that must match to the end would let those through. */
const FORMULA = /^[=+\-@\t\r]/

export type CsvCell = string | number | null

/** More is no table to work with. */
export const MOST_EXPORTED_ROWS = 100_000

/**
 * Rows as CSV (RFC 4180) for whatever opens it. A spreadsheet runs what begins like a formula, and what people are
 * called comes from outside: such a cell gets an apostrophe in front.
 */
export function csvText(rows: readonly (readonly CsvCell[])[]): string {
  if (rows.length === 0) return ''
  const cells = rows.map((row) => [...row])
  return `${Papa.unparse(cells, { escapeFormulae: FORMULA, newline: '\r\n' })}\r\n`
}

export type CsvPage = { rows: CsvCell[][]; isLast: boolean }

/**
 * A table of any length, page by page as it is read. After MOST_EXPORTED_ROWS it ends with a line that says `cut`: one
 * who does not see the end must not take it for the whole.
 */
export function csvStream(
  header: readonly string[],
  nextPage: () => Promise<CsvPage>,
  cut: string,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let left = MOST_EXPORTED_ROWS
  return new ReadableStream({
    start(controller) {
      // Without the mark, spreadsheets take the text for their own old encoding.
      controller.enqueue(encoder.encode(`\uFEFF${csvText([header])}`))
    },
    async pull(controller) {
      const { rows, isLast } = await nextPage()
      const shown = rows.slice(0, left)
      left -= shown.length
      const isCut = rows.length > shown.length || (left === 0 && !isLast)
      controller.enqueue(encoder.encode(csvText(isCut ? [...shown, [cut]] : shown)))
      if (isCut || isLast) controller.close()
    },
  })
}

/** Headers of a table to keep, by a name of our own making. */
export function csvHeaders(name: string): Record<string, string> {
  return {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'private, no-store',
  }
}
