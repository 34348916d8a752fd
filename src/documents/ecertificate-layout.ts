import { type Rgb, rgbOf } from './colour.ts'
import type { ECertificateFacts } from './ecertificate.ts'
import { drawFrame, drawQr, drawRule, drawSeal, MIDDLE, PAGE, SIDE } from './ecertificate-ornaments.ts'
import type { PdfPage } from './pdf/pdf-page.ts'
import type { Role } from './pdf/structure.ts'
import { sealShapes } from './seal-artwork.ts'
import { SEAL_COLOUR } from './seal-geometry.ts'
import { fitted, wrap } from './type/lines.ts'
import type { Line, LineSetting, Typesetter } from './type/typesetter.ts'

const MEASURE = PAGE.width - 2 * SIDE
const INK: Rgb = [26, 31, 40]
const SOFT: Rgb = [88, 95, 107]

/** Lines that are read as one; `y` is the baseline of a single line and the middle of several. */
type Block = {
  role: Role
  lines: Line[]
  size: number
  colour: Rgb
  y: number
  align: Align
  leading: number
}
type Align = 'start' | 'middle' | 'end'

/** A direction is set for our own words only; the program's and the holder's go by their own letters. */
type Wish = LineSetting & {
  size: number
  y: number
  colour?: Rgb
  align?: Align
  width?: number
  /** The smallest size for one line before the text is broken in two, and the size of the two. */
  twoLines?: { below: number; size: number }
}

/** Sets every line of the page and returns what draws them: setting may have to fetch fonts, drawing waits for nothing. */
export async function layOutECertificate(facts: ECertificateFacts, typesetter: Typesetter) {
  const { direction } = facts.words
  const accent = rgbOf({ ...SEAL_COLOUR, hue: facts.seal.hue })
  const [titles, record, check, foot, seal] = await Promise.all([
    titleBlocks(facts, typesetter, accent),
    recordBlocks(facts, typesetter),
    verificationBlocks(facts, typesetter),
    footBlocks(facts, typesetter),
    sealShapes(facts.seal, typesetter),
  ])

  return (page: PdfPage) => {
    const across = (x: number, width: number) => (direction === 'rtl' ? PAGE.width - x - width : x)
    const drawAll = (blocks: readonly Block[]) => {
      for (const block of blocks) drawBlock(page, block, across)
    }
    page.decoration(() => {
      drawFrame(page, accent)
      drawRule(page, accent)
    })
    drawAll(titles)
    drawAll(record)
    page.figure(facts.seal.label, () => drawSeal(page, seal))
    drawQr(page, facts.verificationUrl, facts.words.qr, across)
    drawAll(check)
    drawAll(foot)
  }
}

function titleBlocks(facts: ECertificateFacts, typesetter: Typesetter, accent: Rgb): Promise<Block[]> {
  const { words } = facts
  const { direction } = words
  const small = { style: 'serif-italic', size: 13, colour: SOFT, direction } as const
  return Promise.all([
    setBlock(typesetter, 'P', facts.programName, {
      style: 'serif-semibold',
      size: 15,
      y: 527,
      colour: accent,
    }),
    setBlock(typesetter, 'H1', words.heading, { style: 'serif', size: 25, y: 484, direction }),
    setBlock(typesetter, 'P', words.records, { ...small, y: 452 }),
    setBlock(typesetter, 'P', facts.holderName, {
      style: 'serif',
      language: facts.holderLanguage,
      size: 40,
      y: 402,
      twoLines: { below: 27, size: 29 },
    }),
    setBlock(typesetter, 'P', words.earned, { ...small, y: 355 }),
    setBlock(typesetter, 'P', facts.certificationName, {
      style: 'serif-semibold',
      size: 25,
      y: 320,
      twoLines: { below: 19, size: 17 },
    }),
    setBlock(typesetter, 'P', words.level, { style: 'serif', size: 12.5, y: 288, colour: accent }),
  ])
}

/** The facts one under the other, each label above its value. */
async function recordBlocks({ words }: ECertificateFacts, typesetter: Typesetter): Promise<Block[]> {
  const column = { align: 'start', width: 220 } as const
  const pairs = words.facts.map(async ([label, value], row) => {
    const y = 238 - row * 34
    return Promise.all([
      setBlock(typesetter, 'P', label, { ...column, style: 'serif-italic', size: 8.5, y, colour: SOFT }),
      setBlock(typesetter, 'P', value, { ...column, style: 'serif', size: 11.5, y: y - 14 }),
    ])
  })
  return (await Promise.all(pairs)).flat()
}

function verificationBlocks(
  { words, verificationUrl }: ECertificateFacts,
  typesetter: Typesetter,
): Promise<Block[]> {
  const column = { align: 'end', width: 230 } as const
  const address = verificationUrl.replace(/^https?:\/\//, '')
  return Promise.all([
    setBlock(typesetter, 'P', words.verify, {
      ...column,
      style: 'serif-italic',
      size: 8.5,
      y: 131,
      colour: SOFT,
    }),
    setBlock(typesetter, 'P', address, { ...column, style: 'serif', size: 8.5, y: 118, direction: 'ltr' }),
  ])
}

async function footBlocks(
  { words, disclaimer }: ECertificateFacts,
  typesetter: Typesetter,
): Promise<Block[]> {
  const { direction } = words
  return [
    await setParagraph(typesetter, words.standing, {
      style: 'serif-italic',
      size: 8,
      y: 82,
      colour: SOFT,
      direction,
    }),
    await setParagraph(typesetter, disclaimer, { style: 'serif', size: 6.8, y: 58, colour: SOFT }),
  ]
}

async function setBlock(typesetter: Typesetter, role: Role, text: string, wish: Wish): Promise<Block> {
  const { size, y, colour = INK, align = 'middle', width = MEASURE, twoLines, ...setting } = wish
  const fitting = { width, size, oneLineFrom: twoLines?.below ?? 0, twoLineSize: twoLines?.size ?? size }
  const set = await fitted((part) => typesetter.set(part, setting), text, fitting)
  return { role, ...set, colour, y, align, leading: 1.36 }
}

async function setParagraph(typesetter: Typesetter, text: string, wish: Wish): Promise<Block> {
  const { size, y, colour = INK, align = 'middle', width = MEASURE, ...setting } = wish
  const lines = await wrap((part) => typesetter.set(part, setting), text, width / size)
  return { role: 'P', lines, size, colour, y, align, leading: 1.36 }
}

function drawBlock(page: PdfPage, block: Block, across: (x: number, width: number) => number) {
  const { lines, size, colour, leading, align } = block
  const top = block.y + ((lines.length - 1) * leading * size) / 2
  page.text(
    block.role,
    lines.map((line, index) => {
      const width = line.width * size
      const start = { start: SIDE, middle: MIDDLE - width / 2, end: PAGE.width - SIDE - width }[align]
      return { line, x: across(start, width), y: top - index * leading * size, style: { size, colour } }
    }),
  )
}
