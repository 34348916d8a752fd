import type { Rgb } from './colour.ts'
import { MIDDLE, PAGE, SIDE } from './ecertificate-ornaments.ts'
import type { PdfPage } from './pdf/pdf-page.ts'
import type { Role } from './pdf/structure.ts'
import { fitted, wrap } from './type/lines.ts'
import type { Line, LineSetting, Typesetter } from './type/typesetter.ts'

const MEASURE = PAGE.width - 2 * SIDE
const LEADING = 1.36
const INK: Rgb = [26, 31, 40]

/** Lines that are read as one; `y` is the baseline of a single line and the middle of several. */
export type Block = {
  role: Role
  lines: Line[]
  size: number
  colour: Rgb
  y: number
  align: Align
}
type Align = 'start' | 'middle' | 'end'

/** A direction is set for our own words only; the program's and the holder's go by their own letters. */
export type Wish = LineSetting & {
  size: number
  y: number
  colour?: Rgb
  align?: Align
  width?: number
  /** The smallest size for one line before the text is broken in two, and the size of the two. */
  twoLines?: { below: number; size: number }
}

export async function setBlock(typesetter: Typesetter, role: Role, text: string, wish: Wish): Promise<Block> {
  const { size, y, colour = INK, align = 'middle', width = MEASURE, twoLines, ...setting } = wish
  const fitting = { width, size, oneLineFrom: twoLines?.below ?? 0, twoLineSize: twoLines?.size ?? size }
  const set = await fitted((part) => typesetter.set(part, setting), text, fitting)
  return { role, ...set, colour, y, align }
}

export async function setParagraph(typesetter: Typesetter, text: string, wish: Wish): Promise<Block> {
  const { size, y, colour = INK, align = 'middle', width = MEASURE, ...setting } = wish
  const lines = await wrap((part) => typesetter.set(part, setting), text, width / size)
  return { role: 'P', lines, size, colour, y, align }
}

export function drawBlock(page: PdfPage, block: Block, across: (x: number, width: number) => number) {
  const { lines, size, colour, align } = block
  const top = block.y + ((lines.length - 1) * LEADING * size) / 2
  page.text(
    block.role,
    lines.map((line, index) => {
      const width = line.width * size
      const start = { start: SIDE, middle: MIDDLE - width / 2, end: PAGE.width - SIDE - width }[align]
      return { line, x: across(start, width), y: top - index * LEADING * size, style: { size, colour } }
    }),
  )
}
