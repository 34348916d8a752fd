import bidiFactory from 'bidi-js'

const bidi = bidiFactory()
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

export type BaseDirection = 'ltr' | 'rtl' | 'auto'

/** A stretch of a line with one font and one direction, from `start` to before `end`. */
export type Run<Face> = { start: number; end: number; face: Face; rightToLeft: boolean }

/** One line of plain text: composed (NFC), every kind of white space a single space, nothing that cannot be printed. */
export function printable(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\p{Cs}]/gu, '')
    .trim()
}

const LEFT_TO_RIGHT_MARK = '\u200e'
const RIGHT_TO_LEFT_MARK = '\u200f'

/**
 * The text with the marks of direction that a program needs to read it back out of a PDF, where it stands as it is
 * seen; they show nothing. One of the line's own direction parts what runs the other way from a bracket or space that
 * follows; one from right to left keeps a last vowel sign, which has no direction, with its letter.
 */
export function withDirectionMarks(text: string, direction: BaseDirection): string {
  const { levels, paragraphs } = bidi.getEmbeddingLevels(text, direction)
  const base = paragraphs[0]?.level ?? 0
  const typeAt = (index: number) => bidi.getBidiCharTypeName(text.charAt(index))
  let marked = ''
  for (let index = 0; index < text.length; index++) {
    marked += text[index]
    const [level, next] = [levels[index]!, levels[index + 1]]
    if (level % 2 === 1 && level !== next && typeAt(index) === 'NSM') marked += RIGHT_TO_LEFT_MARK
    const strong = ['L', 'R', 'AL'].includes(typeAt(index + 1))
    if (level > base && next === base && !strong)
      marked += base % 2 === 1 ? RIGHT_TO_LEFT_MARK : LEFT_TO_RIGHT_MARK
  }
  return marked
}

/**
 * The runs of a line from left to right as they stand on paper (UAX 9). `faceOf` is asked for each character as a
 * reader counts them, so that a letter and its marks never part.
 */
export async function runsOf<Face>(
  text: string,
  direction: BaseDirection,
  faceOf: (character: string, before: Face | null) => Promise<Face>,
): Promise<Run<Face>[]> {
  const { levels } = bidi.getEmbeddingLevels(text, direction)
  const runs: (Run<Face> & { level: number })[] = []
  for (const { segment, index } of graphemes.segment(text)) {
    const last = runs.at(-1)
    const face = await faceOf(segment, last?.face ?? null)
    const level = levels[index]!
    const end = index + segment.length
    if (last && last.face === face && last.level === level) last.end = end
    else runs.push({ start: index, end, face, level, rightToLeft: level % 2 === 1 })
  }
  return inVisualOrder(runs)
}

/** Rule L2: from the highest level down to the lowest odd one, turn round every stretch at that level or above. */
function inVisualOrder<Item extends { level: number }>(logical: readonly Item[]): Item[] {
  const items = [...logical]
  const highest = Math.max(0, ...items.map((item) => item.level))
  for (let level = highest; level >= 1; level--) {
    for (let start = 0; start < items.length; start++) {
      let end = start
      while (end < items.length && items[end]!.level >= level) end++
      if (end > start) items.splice(start, end - start, ...items.slice(start, end).reverse())
      start = end
    }
  }
  return items
}
