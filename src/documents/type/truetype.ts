import { type Contour, type Matrix, type Point, transform } from './outline.ts'

/** What of a TrueType font is needed to draw it: outlines and the measures of its line. */
export type TrueType = {
  unitsPerEm: number
  ascender: number
  descender: number
  italicAngle: number
  capHeight: number
  outline(glyph: number): Contour[]
}

const COMPONENT = { words: 0x1, offsets: 0x2, scale: 0x8, more: 0x20, scaleXy: 0x40, matrix: 0x80 } as const

/**
 * Reads a static font with `glyf` outlines; anything else is a mistake in `src/assets/fonts`. The bytes are asked for
 * anew each time: they lie in memory that moves, and a second copy of a Chinese font would be 14 MB.
 */
export function readTrueType(bytes: () => Uint8Array): TrueType {
  const fresh = () => {
    const { buffer, byteOffset, byteLength } = bytes()
    return new DataView(buffer, byteOffset, byteLength)
  }
  const view = fresh()
  const tables = readDirectory(view)
  const at = (tag: string) => {
    const offset = tables.get(tag)
    if (offset === undefined) throw new Error(`The font has no ${tag} table`)
    return offset
  }
  const head = at('head')
  const hhea = at('hhea')
  const glyf = at('glyf')
  const loca = at('loca')
  const longOffsets = view.getInt16(head + 50) === 1

  const outline = (glyph: number): Contour[] => {
    const view = fresh()
    const startOf = (id: number) =>
      longOffsets ? view.getUint32(loca + id * 4) : view.getUint16(loca + id * 2) * 2
    const start = startOf(glyph)
    if (start === startOf(glyph + 1)) return []
    const contourCount = view.getInt16(glyf + start)
    return contourCount >= 0
      ? simpleOutline(view, glyf + start, contourCount)
      : compositeOutline(view, glyf + start + 10, outline)
  }

  return {
    unitsPerEm: view.getUint16(head + 18),
    ascender: view.getInt16(hhea + 4),
    descender: view.getInt16(hhea + 6),
    italicAngle: view.getInt32(at('post') + 4) / 0x10000,
    capHeight: view.getUint16(at('OS/2')) >= 2 ? view.getInt16(at('OS/2') + 88) : view.getInt16(hhea + 4),
    outline,
  }
}

function readDirectory(view: DataView): Map<string, number> {
  const tables = new Map<string, number>()
  for (let entry = 0; entry < view.getUint16(4); entry++) {
    const record = 12 + entry * 16
    const tag = [0, 1, 2, 3].map((byte) => String.fromCharCode(view.getUint8(record + byte))).join('')
    tables.set(tag, view.getUint32(record + 8))
  }
  return tables
}

function simpleOutline(view: DataView, start: number, contourCount: number): Contour[] {
  const ends = Array.from({ length: contourCount }, (_, index) => view.getUint16(start + 10 + index * 2))
  const pointCount = (ends.at(-1) ?? -1) + 1
  const instructions = start + 10 + contourCount * 2
  let at = instructions + 2 + view.getUint16(instructions)

  const flags: number[] = []
  while (flags.length < pointCount) {
    const flag = view.getUint8(at++)
    const repeats = flag & 0x8 ? view.getUint8(at++) : 0
    for (let copy = 0; copy <= repeats; copy++) flags.push(flag)
  }

  const coordinates = (short: number, same: number) => {
    let value = 0
    return flags.map((flag) => {
      if (flag & short) value += flag & same ? view.getUint8(at++) : -view.getUint8(at++)
      else if (!(flag & same)) {
        value += view.getInt16(at)
        at += 2
      }
      return value
    })
  }
  const xs = coordinates(0x2, 0x10)
  const ys = coordinates(0x4, 0x20)

  const points: Point[] = flags.map((flag, index) => ({
    x: xs[index]!,
    y: ys[index]!,
    on: (flag & 0x1) !== 0,
  }))
  return ends.map((end, index) => points.slice(index === 0 ? 0 : ends[index - 1]! + 1, end + 1))
}

function compositeOutline(view: DataView, start: number, outline: (glyph: number) => Contour[]): Contour[] {
  const contours: Contour[] = []
  let at = start
  let flags: number = COMPONENT.more
  const fraction = () => {
    at += 2
    return view.getInt16(at - 2) / 0x4000
  }
  while (flags & COMPONENT.more) {
    flags = view.getUint16(at)
    const glyph = view.getUint16(at + 2)
    if (!(flags & COMPONENT.offsets))
      throw new Error('The font joins parts of a glyph by points, not by offsets')
    const words = (flags & COMPONENT.words) !== 0
    const dx = words ? view.getInt16(at + 4) : view.getInt8(at + 4)
    const dy = words ? view.getInt16(at + 6) : view.getInt8(at + 5)
    at += words ? 8 : 6

    let matrix: Matrix = [1, 0, 0, 1, dx, dy]
    if (flags & COMPONENT.scale) {
      const scale = fraction()
      matrix = [scale, 0, 0, scale, dx, dy]
    } else if (flags & COMPONENT.scaleXy) matrix = [fraction(), 0, 0, fraction(), dx, dy]
    else if (flags & COMPONENT.matrix) matrix = [fraction(), fraction(), fraction(), fraction(), dx, dy]
    contours.push(...outline(glyph).map((contour) => transform(contour, matrix)))
  }
  return contours
}
