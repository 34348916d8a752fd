import { type Rgb, rgbOf } from './colour.ts'
import type { ECertificateFacts } from './ecertificate.ts'
import { type Block, drawBlock, setBlock, setParagraph } from './ecertificate-blocks.ts'
import { drawFrame, drawQr, drawRule, drawSeal, PAGE } from './ecertificate-ornaments.ts'
import type { PdfPage } from './pdf/pdf-page.ts'
import { sealShapes } from './seal-artwork.ts'
import { SEAL_COLOUR } from './seal-geometry.ts'
import type { Typesetter } from './type/typesetter.ts'

const SOFT: Rgb = [88, 95, 107]

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
