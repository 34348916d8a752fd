import { expect, test } from 'vitest'
import { readRecords } from '../../src/import/table-records.ts'

const read = (text: string, options: Partial<Parameters<typeof readRecords>[1]> = {}) =>
  readRecords(text, { delimiter: '\t', width: 2, line: 1, complete: true, ...options })

const cells = (text: string, options: Partial<Parameters<typeof readRecords>[1]> = {}) =>
  read(text, options).records.map((record) => record.cells)

test.each([
  ['LF', 'a\tb\nc\td\n'],
  ['CRLF', 'a\tb\r\nc\td\r\n'],
  ['CR', 'a\tb\rc\td\r'],
  ['a mixture', 'a\tb\r\nc\td\r'],
  ['no final newline', 'a\tb\nc\td'],
  ['blank lines', 'a\tb\n\nc\td\n\n\r\n'],
])('%s gives the same records', (_, text) => {
  expect(cells(text)).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ])
})

test('a record is numbered by the first line that it stands on', () => {
  const { records, nextLine } = read('a\t"b\nb"\n\nc\td\n')

  expect(records.map(({ line }) => line)).toEqual([1, 4])
  expect(nextLine).toBe(5)
})

test.each([
  ['LF', '\n'],
  ['CR', '\r'],
  ['CRLF', '\r\n'],
])('lines are counted rightly where cells hold %s and records end otherwise', (_, inside) => {
  for (const end of ['\n', '\r', '\r\n']) {
    const { records, nextLine } = read(`"a${inside}a"\tb${end}"c${inside}c"\t"d"${end}e\tf${end}`)

    expect(records.map(({ line }) => line)).toEqual([1, 3, 5])
    expect(records.map((record) => record.cells)).toEqual([
      [`a${inside}a`, 'b'],
      [`c${inside}c`, 'd'],
      ['e', 'f'],
    ])
    expect(records.map(({ raw }) => raw)).toEqual([`"a${inside}a"\tb`, `"c${inside}c"\t"d"`, 'e\tf'])
    expect(nextLine).toBe(6)
  }
})

test('a BOM in the middle, where files were joined, moves no line', () => {
  const { records } = read('a\tb\r\n\ufeff"c"\td\r\ne\tf\r\n')

  expect(records.map(({ line }) => line)).toEqual([1, 2, 3])
  expect(records.map((record) => record.cells[1])).toEqual(['b', 'd', 'f'])
})

test('a quoted cell may hold the delimiter, a newline and doubled quotes', () => {
  expect(cells('"a\ta"\t"b\r\nb ""x"""\n')).toEqual([['a\ta', 'b\r\nb "x"']])
})

test('a lone quote of a vendor who does not quote swallows nothing', () => {
  expect(cells('"a\tb\nc\td "x"\n"e\tf"\ng\th\n')).toEqual([
    ['"a', 'b'],
    ['c', 'd "x"'],
    ['"e', 'f"'],
    ['g', 'h'],
  ])
})

test('a record that is cut off waits for the next piece', () => {
  const text = 'a\tb\r\nc\t"d\r\nd'

  const reading = read(text, { complete: false })

  expect(reading.records.map((record) => record.cells)).toEqual([['a', 'b']])
  expect(text.slice(reading.end)).toBe('c\t"d\r\nd')
})

test('a newline is not torn in two by the cut', () => {
  expect(read('a\tb\r', { complete: false })).toMatchObject({ records: [], end: 0 })
})

test('a row of another width is handed on as it is', () => {
  expect(cells('a\nb\tc\td\n')).toEqual([['a'], ['b', 'c', 'd']])
})
