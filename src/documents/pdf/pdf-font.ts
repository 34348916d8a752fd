import { type Cluster, type Face, outlinesOf } from '../type/typesetter.ts'
import { dictionary, hexadecimal, type PdfFile, type Ref, utf16 } from './pdf-file.ts'
import { type DrawnGlyph, trueTypeFile } from './truetype-file.ts'

/**
 * A font of the document's own, one glyph for each cluster that it draws. What shaping decided (joined letters,
 * conjuncts, the place of every mark) is in the glyph itself, and each glyph says which characters it stands for:
 * so every reader draws and copies the text rightly, whatever it knows of scripts.
 */
export type PdfFont = {
  /** The code that draws the cluster, and the width that the font gives it (thousandths of the size). */
  glyph(cluster: Cluster): { code: number; width: number }
  write(pdf: PdfFile, ref: Ref): void
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
      return { code: entry.code, width: perMille(entry.advance) }
    },
    write: (pdf, ref) => writeFont(pdf, ref, face, [...entries.values()], perMille),
  }
}

function writeFont(
  pdf: PdfFile,
  ref: Ref,
  face: Face,
  entries: Entry[],
  perMille: (units: number) => number,
) {
  const { outlines } = face
  const name = `/${subsetTag(entries)}+${face.name}`
  const file = trueTypeFile(entries, outlines)
  const points = entries.flatMap(({ contours }) => contours.flat())
  const extent = (values: number[], pick: (...values: number[]) => number) => perMille(pick(0, ...values))
  const xs = points.map((point) => point.x)
  const ys = points.map((point) => point.y)
  const box = [extent(xs, Math.min), extent(ys, Math.min), extent(xs, Math.max), extent(ys, Math.max)]

  const descriptor = pdf.add(
    dictionary({
      Type: '/FontDescriptor',
      FontName: name,
      Flags: 4,
      FontBBox: `[${box.join(' ')}]`,
      ItalicAngle: outlines.italicAngle,
      Ascent: perMille(outlines.ascender),
      Descent: perMille(outlines.descender),
      CapHeight: perMille(outlines.capHeight),
      StemV: 80,
      FontFile2: pdf.addStream({ Length1: file.length }, file),
    }),
  )
  const descendant = pdf.add(
    dictionary({
      Type: '/Font',
      Subtype: '/CIDFontType2',
      BaseFont: name,
      CIDSystemInfo: '<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>',
      FontDescriptor: descriptor,
      DW: 1000,
      W: `[1 [${entries.map(({ advance }) => perMille(advance)).join(' ')}]]`,
      CIDToGIDMap: '/Identity',
    }),
  )
  pdf.add(
    dictionary({
      Type: '/Font',
      Subtype: '/Type0',
      BaseFont: name,
      Encoding: '/Identity-H',
      DescendantFonts: `[${descendant}]`,
      ToUnicode: pdf.addStream({}, toUnicode(entries)),
    }),
    ref,
  )
}

function toUnicode(entries: readonly Entry[]): Uint8Array {
  const blocks: string[] = []
  for (let start = 0; start < entries.length; start += CODES_PER_BLOCK) {
    const block = entries.slice(start, start + CODES_PER_BLOCK)
    const lines = block.map(({ code, text }) => `<${codeHex(code)}> ${hexadecimal(utf16(text))}`)
    blocks.push(`${block.length} beginbfchar`, ...lines, 'endbfchar')
  }
  return new TextEncoder().encode(
    [
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
    ].join('\n'),
  )
}

export function codeHex(code: number): string {
  return code.toString(16).padStart(4, '0')
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
