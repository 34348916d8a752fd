/** What a certification's seal shows. */
export type SealFacts = {
  /** The certification's code, which names the seal's files. */
  code: string
  /** The code in two lines; the second may be empty. */
  lines: readonly [string, string]
  /** The track's hue in degrees of `oklch`. */
  hue: number
  /** The rank of the level: one ring for the first. */
  rings: number
  /** What the picture says in words; empty where the words stand beside it. */
  label: string
}

/** A line of the seal: centred at `x`, squeezed to `fit` where it would otherwise cross the innermost ring. */
export type SealLine = { text: string; x: number; baseline: number; size: number; fit: number | null }

/** The seal on a field of 100 by 100, from the top left. */
export type SealGeometry = {
  burst: (readonly [x: number, y: number])[]
  rings: number[]
  ringWidth: number
  lines: SealLine[]
  /** How wide a line may be at its size. */
  room: (line: SealLine) => number
}

export const SEAL_SIZE = 100
export const SEAL_CENTRE = 50
export const SEAL_COLOUR = { lightness: 0.43, chroma: 0.1 } as const
export const MUTED_COLOUR = { lightness: 0.5, chroma: 0 } as const
export const RING_OPACITY = 0.85

const TIP_RADIUS = 47
const NOTCH_RADIUS = 45
const OUTER_RING = 40
const RING_STEP = 3.4
const MOST_RINGS = 6
const LARGEST_TEXT = 16.5
const SMALLEST_TEXT = 5.5
const CAPITAL_HEIGHT = 0.72
const HALF_GAP = 2.4

export function sealGeometry({ lines, rings }: Pick<SealFacts, 'lines' | 'rings'>): SealGeometry {
  const count = Math.min(MOST_RINGS, Math.max(1, Math.round(rings)))
  const radii = Array.from({ length: count }, (_, index) => OUTER_RING - index * RING_STEP)
  const inside = radii.at(-1)! - 2
  const room = (line: SealLine) => roomAt(inside, line)
  return { burst: burst(count), rings: radii, ringWidth: 1.1, lines: placed(lines, room), room }
}

/** More teeth for a higher level, so that seals differ in outline too. */
function burst(rings: number): (readonly [number, number])[] {
  const teeth = 32 + rings * 8
  return Array.from({ length: teeth * 2 }, (_, index) => {
    const radius = index % 2 === 0 ? TIP_RADIUS : NOTCH_RADIUS
    const angle = (index * Math.PI) / teeth
    return [SEAL_CENTRE + radius * Math.cos(angle), SEAL_CENTRE + radius * Math.sin(angle)] as const
  })
}

/** The second line is never larger than the first: it says less. */
function placed([first, second]: readonly [string, string], room: (line: SealLine) => number): SealLine[] {
  if (second === '')
    return [sized(first, LARGEST_TEXT, room, (size) => SEAL_CENTRE + (size * CAPITAL_HEIGHT) / 2)]
  const upper = sized(first, LARGEST_TEXT, room, () => SEAL_CENTRE - HALF_GAP)
  return [upper, sized(second, upper.size, room, (size) => SEAL_CENTRE + HALF_GAP + size * CAPITAL_HEIGHT)]
}

function sized(
  text: string,
  largest: number,
  room: (line: SealLine) => number,
  baselineAt: (size: number) => number,
): SealLine {
  const natural = widthInEms(text)
  const at = (size: number): SealLine => ({
    text,
    x: SEAL_CENTRE,
    baseline: baselineAt(size),
    size,
    fit: null,
  })
  const size = Math.max(SMALLEST_TEXT, Math.min(largest, room(at(largest)) / natural))
  const line = at(size)
  // The reader's own font is not known: anything near the ring is held to the room there is.
  return natural * size > room(line) * 0.9 ? { ...line, fit: room(line) } : line
}

/** The chord of the innermost ring at the edge of the line that lies farther from the middle. */
function roomAt(radius: number, { baseline, size }: SealLine): number {
  const farthest = Math.max(
    Math.abs(baseline - SEAL_CENTRE),
    Math.abs(baseline - size * CAPITAL_HEIGHT - SEAL_CENTRE),
  )
  return 2 * Math.sqrt(radius ** 2 - farthest ** 2)
}

/** About how wide a semi-bold sans-serif sets the text; for a font that is not at hand. */
function widthInEms(text: string): number {
  return [...text].reduce((sum, character) => sum + widthOf(character), 0)
}

function widthOf(character: string): number {
  if (/[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}]/u.test(character)) return 1
  if (/[MWmw@%]/.test(character)) return 0.92
  if (/[Iijlft.,:;'|!()/-]/.test(character)) return 0.36
  if (/\p{Lu}/u.test(character)) return 0.68
  return 0.59
}
