import { fontsFor, type Setting } from './font-catalogue.ts'
import { openHarfBuzz, type ShapedGlyph, type ShapingFont } from './harfbuzz.ts'
import { type Contour, transform } from './outline.ts'
import { type BaseDirection, printable, type Run, runsOf, withDirectionMarks } from './runs.ts'
import { readTrueType, type TrueType } from './truetype.ts'

/** Where fonts and the shaping engine come from; see fonts.ts for the Worker's own. */
export type Fonts = {
  harfbuzz: WebAssembly.Module
  /** The bytes of a TrueType font, by its name without extension. */
  read(name: string): Promise<Uint8Array>
}

export type Face = { name: string; outlines: TrueType; shaping: ShapingFont }

/** What a reader selects as one: a letter with its marks, a ligature, a conjunct. Measures are in font units. */
export type Cluster = {
  face: Face
  text: string
  glyphs: readonly { id: number; x: number; y: number }[]
  advance: number
}

/** A line ready to be drawn, clusters from left to right; `width` is in ems. */
export type Line = { text: string; clusters: Cluster[]; width: number }

export type LineSetting = Setting & { direction?: BaseDirection }

export type Typesetter = { set(text: string, setting: LineSetting): Promise<Line> }

/** No font of ours has these characters; a document with holes in a name would be worse than none. */
export class UndrawableCharacters extends Error {
  readonly characters: string

  constructor(characters: string) {
    super(`No font draws ${[...characters].map(codePoint).join(' ')}`)
    this.characters = characters
  }
}

/** Opens fonts as the text needs them, each at most once. For one document: its memory goes when it goes. */
export async function openTypesetter(fonts: Fonts): Promise<Typesetter> {
  const harfbuzz = await openHarfBuzz(fonts.harfbuzz)
  const faces = new Map<string, Promise<Face>>()

  const openFace = async (name: string): Promise<Face> => {
    const shaping = harfbuzz.openFont(await fonts.read(name))
    return { name, outlines: readTrueType(shaping.bytes), shaping }
  }
  const face = (name: string) => {
    const opened = faces.get(name) ?? openFace(name)
    faces.set(name, opened)
    return opened
  }

  const faceOf = async (character: string, line: string, setting: Setting, before: Face | null) => {
    for (const name of fontsFor(character, line, setting, before?.name ?? null)) {
      const candidate = await face(name)
      if (covers(candidate, character)) return candidate
    }
    throw new UndrawableCharacters(character)
  }

  return {
    set: async (raw, { direction = 'auto', ...setting }) => {
      const text = withDirectionMarks(printable(raw), direction)
      const runs = await runsOf<Face>(text, direction, (character, before) =>
        faceOf(character, text, setting, before),
      )
      const clusters = runs.flatMap((run) => clustersOf(text, run, setting.language))
      return { text, clusters, width: clusters.reduce((sum, cluster) => sum + widthOf(cluster), 0) }
    },
  }
}

/** The drawn outlines of a cluster, its marks where shaping put them. */
export function outlinesOf({ face, glyphs }: Cluster): Contour[] {
  return glyphs.flatMap(({ id, x, y }) =>
    face.outlines.outline(id).map((contour) => transform(contour, [1, 0, 0, 1, x, y])),
  )
}

function widthOf({ face, advance }: Cluster): number {
  return advance / face.outlines.unitsPerEm
}

function covers({ shaping }: Face, character: string): boolean {
  const drawn = (text: string) =>
    [...text].every(
      (point) => /^\p{Default_Ignorable_Code_Point}$/u.test(point) || shaping.covers(point.codePointAt(0)!),
    )
  return drawn(character) || drawn(character.normalize('NFD'))
}

function clustersOf(text: string, run: Run<Face>, language: string | undefined): Cluster[] {
  const glyphs = run.face.shaping.shape(text, { ...run, language })
  const starts = [...new Set(glyphs.map((glyph) => glyph.cluster))].sort((a, b) => a - b)
  const textOf = (start: number) => text.slice(start, starts[starts.indexOf(start) + 1] ?? run.end)

  return starts
    .toSorted((a, b) => (run.rightToLeft ? b - a : a - b))
    .flatMap((start) => {
      const own = glyphs.filter((glyph) => glyph.cluster === start)
      if (own.some((glyph) => glyph.id === 0)) throw new UndrawableCharacters(textOf(start))
      const cluster = { face: run.face, text: textOf(start), ...placed(own) }
      return run.rightToLeft ? byCharacter(cluster) : [cluster]
    })
}

/**
 * A cluster that runs right to left as one part for each of its characters, the last drawing all of it. Readers turn
 * such text round character by character, but do not agree on what to do with several under one glyph.
 */
function byCharacter({ face, text, glyphs, advance }: Cluster): Cluster[] {
  const [first, ...others] = [...text]
  const share = Math.floor(advance / (others.length + 1))
  const before = share * others.length
  return [
    ...others.reverse().map((character) => ({ face, text: character, glyphs: [], advance: share })),
    {
      face,
      text: first!,
      glyphs: glyphs.map((glyph) => ({ ...glyph, x: glyph.x - before })),
      advance: advance - before,
    },
  ]
}

function placed(glyphs: readonly ShapedGlyph[]): Pick<Cluster, 'glyphs' | 'advance'> {
  let pen = 0
  const at = glyphs.map(({ id, advance, dx, dy }) => {
    const glyph = { id, x: pen + dx, y: dy }
    pen += advance
    return glyph
  })
  return { glyphs: at, advance: pen }
}

function codePoint(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`
}
