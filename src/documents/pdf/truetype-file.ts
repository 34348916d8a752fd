import type { Contour, Point } from '../type/outline.ts'

/** A glyph of a font of our own: drawn outlines and how far the pen moves on, in font units. */
export type DrawnGlyph = { contours: readonly Contour[]; advance: number }

export type FontMeasures = { unitsPerEm: number; ascender: number; descender: number }

type Box = { xMin: number; yMin: number; xMax: number; yMax: number }

/**
 * A TrueType font with just these glyphs, as a PDF embeds it (ISO 32000-2, 9.9.1: glyf, head, hhea, hmtx, loca, maxp).
 * Glyph 0 is what a reader shows for nothing, so the first drawn one is 1.
 */
export function trueTypeFile(drawn: readonly DrawnGlyph[], measures: FontMeasures): Uint8Array<ArrayBuffer> {
  const glyphs = [{ contours: [], advance: measures.unitsPerEm }, ...drawn].map(({ contours, advance }) => {
    const rounded = contours.filter((contour) => contour.length > 1).map(onGrid)
    return { contours: rounded, advance, box: boxOf(rounded.flat()), bytes: glyphBytes(rounded) }
  })
  const box = unionOf(glyphs.filter((glyph) => glyph.contours.length > 0).map((glyph) => glyph.box))
  const offsets = [0]
  for (const { bytes } of glyphs) offsets.push(offsets.at(-1)! + bytes.length)
  const points = Math.max(...glyphs.map(({ contours }) => contours.flat().length))
  const contourCount = Math.max(...glyphs.map(({ contours }) => contours.length))
  const widest = Math.max(...glyphs.map(({ advance }) => advance))

  return assemble({
    glyf: glyphs.flatMap(({ bytes }) => bytes),
    head: headTable(measures, box),
    hhea: [...u32(0x10000), ...hheaWords(measures, widest, box), ...words(glyphs.length)],
    hmtx: glyphs.flatMap(({ advance, box: { xMin } }) => words(advance, xMin)),
    loca: offsets.flatMap(u32),
    maxp: [...u32(0x10000), ...words(glyphs.length, points, contourCount, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0)],
  })
}

function onGrid(contour: Contour): Point[] {
  return contour.map(({ x, y, on }) => ({ x: Math.round(x), y: Math.round(y), on }))
}

function boxOf(points: readonly Point[]): Box {
  if (points.length === 0) return { xMin: 0, yMin: 0, xMax: 0, yMax: 0 }
  const xs = points.map((point) => point.x)
  const ys = points.map((point) => point.y)
  return { xMin: Math.min(...xs), yMin: Math.min(...ys), xMax: Math.max(...xs), yMax: Math.max(...ys) }
}

function unionOf(boxes: readonly Box[]): Box {
  return boxOf(
    boxes.flatMap(({ xMin, yMin, xMax, yMax }) => [
      { x: xMin, y: yMin, on: true },
      { x: xMax, y: yMax, on: true },
    ]),
  )
}

function glyphBytes(contours: readonly Point[][]): number[] {
  if (contours.length === 0) return []
  const points = contours.flat()
  const { xMin, yMin, xMax, yMax } = boxOf(points)
  let last = -1
  const ends = contours.map((contour) => {
    last += contour.length
    return last
  })
  const steps = (values: readonly number[]) => values.map((value, index) => value - (values[index - 1] ?? 0))
  const bytes = [
    ...words(contours.length, xMin, yMin, xMax, yMax, ...ends, 0),
    ...points.map((point) => (point.on ? 1 : 0)),
    ...words(...steps(points.map((point) => point.x))),
    ...words(...steps(points.map((point) => point.y))),
  ]
  return padded(bytes)
}

/** Flags: baseline at 0, left edges at 0. Direction hint 2 and long offsets are the only other settings. */
function headTable({ unitsPerEm }: FontMeasures, { xMin, yMin, xMax, yMax }: Box): number[] {
  const dates = [u32(0), u32(0), u32(0), u32(0)].flat()
  const start = [...u32(0x10000), ...u32(0x10000), ...u32(0), ...u32(0x5f0f3cf5), ...words(0b11, unitsPerEm)]
  return [...start, ...dates, ...words(xMin, yMin, xMax, yMax, 0, 8, 2, 1, 0)]
}

/** All of `hhea` between its version and its number of metrics. */
function hheaWords({ ascender, descender }: FontMeasures, widest: number, { xMin, xMax }: Box): number[] {
  return words(ascender, descender, 0, widest, xMin, 0, xMax, 1, 0, 0, 0, 0, 0, 0, 0)
}

function assemble(tables: Record<string, number[]>): Uint8Array<ArrayBuffer> {
  const names = Object.keys(tables).sort()
  const selector = Math.floor(Math.log2(names.length))
  const range = 2 ** selector * 16
  const directory = [u32(0x10000), words(names.length, range, selector, names.length * 16 - range)]
  const bodyStart = 12 + names.length * 16
  const body: number[] = []
  let head = 0
  for (const name of names) {
    const table = tables[name]!
    const offset = bodyStart + body.length
    if (name === 'head') head = offset
    const tag = [...name].map((letter) => letter.charCodeAt(0))
    directory.push(tag, u32(checksum(table)), u32(offset), u32(table.length))
    for (const byte of padded(table)) body.push(byte)
  }
  const file = Uint8Array.from([...directory.flat(), ...body])
  // The checksum of the whole is made with this field at zero, then set right (OpenType, "head").
  new DataView(file.buffer).setUint32(head + 8, (0xb1b0afba - checksum(file)) >>> 0)
  return file
}

function checksum(bytes: ArrayLike<number>): number {
  let sum = 0
  for (let at = 0; at < bytes.length; at += 4) {
    const word = [0, 1, 2, 3].reduce((value, index) => value * 256 + (bytes[at + index] ?? 0), 0)
    sum = (sum + word) >>> 0
  }
  return sum
}

function padded(bytes: readonly number[]): number[] {
  return [...bytes, ...Array<number>((4 - (bytes.length % 4)) % 4).fill(0)]
}

/** Numbers of sixteen bits, signed or not. */
function words(...values: readonly number[]): number[] {
  return values.flatMap((value) => [(value >> 8) & 0xff, value & 0xff])
}

function u32(value: number): number[] {
  return [(value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff]
}
