import { type PDFContext, type PDFRef, PDFString } from '@cantoo/pdf-lib'
import { type Cluster, type Face, outlinesOf } from '../type/typesetter.ts'
import { type DrawnGlyph, trueTypeFile } from './truetype-file.ts'

/**
 * A font of the document's own, one glyph for each cluster that it draws. What shaping decided (joined letters,
 * conjuncts, the place of every mark) is in the glyph itself, and each glyph says which characters it stands for:
 * so every reader draws and copies the text rightly, whatever it knows of scripts.
 */
export type PdfFont = {
  /** The code that draws the cluster, in hexadecimal, and the width that the font gives it (thousandths of the size). */
  glyph(cluster: Cluster): { code: string; width: number }
  write(context: PDFContext): PDFRef
}

type Entry = DrawnGlyph & { code: number; text: string }

/** `ToUnicode` lists at most a hundred codes at a time (ISO 32000-2, 9.10.3). */
const CODES_PER_BLOCK = 100

export function openPdfFont(face: Face): PdfFont {
  const entries = new Map<string, Entry>()
  const perMille = (units: number) => Math.round((units * 1000) / face.outlines.unitsPerEm)

  return {
    glyph: (cluster) => {
      const key = `${cluster.text} ${cluster.glyphs.map(({ id, x, y }) => `${id},${x},${y}`).join(' ')}`
      const entry = entries.get(key) ?? {
        code: entries.size + 1,
        text: cluster.text,
        contours: outlinesOf(cluster),
        advance: cluster.advance,
      }
      entries.set(key, entry)
      return { code: hexadecimal(entry.code), width: perMille(entry.advance) }
    },
    write: (context) => writeFont(context, face, [...entries.values()], perMille),
  }
}

function writeFont(
  context: PDFContext,
  face: Face,
  entries: readonly Entry[],
  perMille: (units: number) => number,
): PDFRef {
  const { outlines } = face
  const name = `${subsetTag(entries)}+${face.name}`
  const file = trueTypeFile(entries, outlines)
  const points = entries.flatMap(({ contours }) => contours.flat())
  const extent = (values: number[], pick: (...values: number[]) => number) => perMille(pick(0, ...values))
  const xs = points.map((point) => point.x)
  const ys = points.map((point) => point.y)

  const descriptor = context.obj({
    Type: 'FontDescriptor',
    FontName: name,
    Flags: 4,
    FontBBox: [extent(xs, Math.min), extent(ys, Math.min), extent(xs, Math.max), extent(ys, Math.max)],
    ItalicAngle: outlines.italicAngle,
    Ascent: perMille(outlines.ascender),
    Descent: perMille(outlines.descender),
    CapHeight: perMille(outlines.capHeight),
    StemV: 80,
    FontFile2: context.register(context.flateStream(file, { Length1: file.length })),
  })
  const descendant = context.obj({
    Type: 'Font',
    Subtype: 'CIDFontType2',
    BaseFont: name,
    CIDSystemInfo: { Registry: PDFString.of('Adobe'), Ordering: PDFString.of('Identity'), Supplement: 0 },
    FontDescriptor: context.register(descriptor),
    DW: 1000,
    W: [1, entries.map(({ advance }) => perMille(advance))],
    CIDToGIDMap: 'Identity',
  })
  const font = context.obj({
    Type: 'Font',
    Subtype: 'Type0',
    BaseFont: name,
    Encoding: 'Identity-H',
    DescendantFonts: [context.register(descendant)],
    ToUnicode: context.register(context.flateStream(toUnicode(entries))),
  })
  return context.register(font)
}

/** The library writes such a map for fonts that it reads itself, character by character; ours go by cluster. */
function toUnicode(entries: readonly Entry[]): string {
  const blocks: string[] = []
  for (let start = 0; start < entries.length; start += CODES_PER_BLOCK) {
    const block = entries.slice(start, start + CODES_PER_BLOCK)
    const lines = block.map(({ code, text }) => `<${hexadecimal(code)}> <${utf16(text)}>`)
    blocks.push(`${block.length} beginbfchar`, ...lines, 'endbfchar')
  }
  return [
    '/CIDInit /ProcSet findresource begin',
    '12 dict begin',
    'begincmap',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
    '/CMapName /Adobe-Identity-UCS def',
    '/CMapType 2 def',
    '1 begincodespacerange',
    '<0000> <ffff>',
    'endcodespacerange',
    ...blocks,
    'endcmap',
    'CMapName currentdict /CMap defineresource pop',
    'end',
    'end',
  ].join('\n')
}

function utf16(text: string): string {
  return text
    .split('')
    .map((unit) => hexadecimal(unit.charCodeAt(0)))
    .join('')
}

/** Sixteen bits as four digits. */
function hexadecimal(unit: number): string {
  return unit.toString(16).padStart(4, '0')
}

/** Six letters that differ between subsets of one font and are the same for the same subset (FNV-1a). */
function subsetTag(entries: readonly Entry[]): string {
  let hash = 0x811c9dc5
  for (const unit of entries.map(({ text }) => text).join(' '))
    hash = Math.imul(hash ^ unit.codePointAt(0)!, 0x01000193)
  let rest = hash >>> 0
  return Array.from({ length: 6 }, () => {
    const letter = String.fromCharCode(65 + (rest % 26))
    rest = Math.floor(rest / 26)
    return letter
  }).join('')
}
