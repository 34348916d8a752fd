import { hexOf, mixed, type Rgb, rgbOf } from './colour.ts'
import {
  RING_OPACITY,
  SEAL_CENTRE,
  SEAL_COLOUR,
  SEAL_SIZE,
  type SealFacts,
  type SealLine,
  sealGeometry,
} from './seal-geometry.ts'
import { type Contour, polygon, ring, svgPath, transform } from './type/outline.ts'
import { outlinesOf, type Typesetter } from './type/typesetter.ts'

/** A filled outline on the seal's field of 100 by 100, from the top left. */
export type Shape = { contours: readonly Contour[]; colour: Rgb }

const WHITE: Rgb = [255, 255, 255]

/** The seal as plain shapes, text and all: it needs no font and looks the same everywhere. */
export async function sealShapes(seal: SealFacts, typesetter: Typesetter): Promise<Shape[]> {
  const { burst, rings, ringWidth, lines, room } = sealGeometry(seal)
  const ground = rgbOf({ ...SEAL_COLOUR, hue: seal.hue })
  const text = await Promise.all(lines.map((line) => lineOutlines(line, room(line), typesetter)))
  return [
    { contours: [polygon(burst)], colour: ground },
    {
      contours: rings.flatMap((radius) => ring(SEAL_CENTRE, SEAL_CENTRE, radius, ringWidth)),
      colour: mixed(WHITE, ground, RING_OPACITY),
    },
    { contours: text.flat(), colour: WHITE },
  ]
}

async function lineOutlines(line: SealLine, room: number, typesetter: Typesetter): Promise<Contour[]> {
  const { clusters, width } = await typesetter.set(line.text, { style: 'sans-semibold' })
  const size = Math.min(line.size, room / width)
  let pen = line.x - (width * size) / 2
  return clusters.flatMap((cluster) => {
    const scale = size / cluster.face.outlines.unitsPerEm
    const outlines = outlinesOf(cluster).map((contour) =>
      transform(contour, [scale, 0, 0, -scale, pen, line.baseline]),
    )
    pen += cluster.advance * scale
    return outlines
  })
}

/** The shapes as a file of their own, with nothing in it but outlines. */
export function sealSvg({ label, code }: SealFacts, shapes: readonly Shape[]): string {
  const paths = shapes.map(
    ({ contours, colour }) => `<path fill="${hexOf(colour)}" d="${svgPath(contours)}"/>`,
  )
  const field = `0 0 ${SEAL_SIZE} ${SEAL_SIZE}`
  const title = `<title>${escaped(label || code)}</title>`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${field}" width="512" height="512" role="img">${title}${paths.join('')}</svg>\n`
}

function escaped(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
  return text.replace(/[&<>]/g, (character) => entities[character]!)
}
