import type { Line } from './typesetter.ts'

type SetLine = (text: string) => Promise<Line>

/** Scripts that put no space between words; a line may end between any two of their words. */
const UNSPACED =
  /^[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]/u

/** The text cut wherever a line may end; joined, the pieces are the text again. */
export function piecesOf(text: string, language?: string): string[] {
  const words = [...new Intl.Segmenter(language, { granularity: 'word' }).segment(text)].map(
    ({ segment }) => segment,
  )
  const pieces: string[] = []
  for (const word of words) {
    const last = pieces.at(-1)
    const opens = last === undefined || (word.trim() !== '' && (last.endsWith(' ') || parts(last, word)))
    if (opens) pieces.push(word)
    else pieces[pieces.length - 1] += word
  }
  return pieces
}

function parts(before: string, after: string): boolean {
  return UNSPACED.test([...before].at(-1)!) && UNSPACED.test(after) && !/^\p{P}/u.test(after)
}

/** Fills lines one after the other, each at most `width` ems; a piece longer than that stands alone. */
export async function wrap(set: SetLine, text: string, width: number): Promise<Line[]> {
  const lines: Line[] = []
  let current: Line | null = null
  let written = ''
  for (const piece of piecesOf(text)) {
    const longer = await set(written + piece)
    if (current && longer.width > width) {
      lines.push(current)
      written = piece
      current = await set(piece)
    } else {
      written += piece
      current = longer
    }
  }
  return current ? [...lines, current] : lines
}

export type Fit = {
  width: number
  /** The size wished for, and the smallest at which one line is better than two. */
  size: number
  oneLineFrom: number
  /** The size wished for when there are two lines. */
  twoLineSize: number
}

/** One line as large as wished, a smaller one, or two; in the end always something that fits. */
export async function fitted(set: SetLine, text: string, fit: Fit): Promise<{ lines: Line[]; size: number }> {
  const line = await set(text)
  const oneLine = Math.min(fit.size, fit.width / line.width)
  const two = oneLine < fit.oneLineFrom ? await halves(set, text) : null
  const twoLines = two ? Math.min(fit.twoLineSize, fit.width / Math.max(two[0].width, two[1].width)) : 0
  return two && twoLines > oneLine ? { lines: [...two], size: twoLines } : { lines: [line], size: oneLine }
}

/** Broken where the longer half is shortest; null when there is nowhere to break. */
async function halves(set: SetLine, text: string): Promise<[Line, Line] | null> {
  const pieces = piecesOf(text)
  let best: [Line, Line] | null = null
  for (let cut = 1; cut < pieces.length; cut++) {
    const first = await set(pieces.slice(0, cut).join(''))
    const second = await set(pieces.slice(cut).join(''))
    const widest = Math.max(first.width, second.width)
    if (!best || widest < Math.max(best[0].width, best[1].width)) best = [first, second]
  }
  return best
}
