import type { Rgb } from './colour.ts'
import { type Contour, type Stroke, strokesOf } from './type/outline.ts'

type Corner = { x: number; y: number }

/** A curve becomes this many straight pieces: at 1,024 pixels none is off by a tenth of one. */
const PIECES_PER_CURVE = 8

/**
 * Paints shapes one over the other on a transparent square of `pixels`, each point of the drawing `scale` pixels wide.
 * Returns RGBA rows. How much of a pixel an outline covers is worked out exactly, not sampled.
 */
export function rasterise(
  shapes: readonly { contours: readonly Contour[]; colour: Rgb }[],
  scale: number,
  pixels: number,
): Uint8Array<ArrayBuffer> {
  const image = new Uint8Array(pixels * pixels * 4)
  for (const { contours, colour } of shapes) {
    const covered = coverage(contours, scale, pixels)
    for (let pixel = 0; pixel < covered.length; pixel++) {
      if (covered[pixel]! > 0) paint(image, pixel * 4, colour, covered[pixel]!)
    }
  }
  return image
}

/** Lays a colour over what is there (straight, not premultiplied, alpha). */
function paint(image: Uint8Array, at: number, colour: Rgb, opacity: number) {
  const below = (image[at + 3]! / 255) * (1 - opacity)
  const alpha = opacity + below
  for (let channel = 0; channel < 3; channel++) {
    image[at + channel] = Math.round((colour[channel]! * opacity + image[at + channel]! * below) / alpha)
  }
  image[at + 3] = Math.round(alpha * 255)
}

/**
 * The share of each pixel inside the contours. Every edge adds the signed area to its right, pixel by pixel; the
 * running sum along a row is then the cover. Outlines that run the other way cut holes.
 */
function coverage(contours: readonly Contour[], scale: number, pixels: number): Float32Array {
  const stride = pixels + 2
  const areas = new Float32Array(stride * pixels)
  for (const contour of contours) {
    const corners = cornersOf(strokesOf(contour), scale)
    for (const [index, corner] of corners.entries()) {
      addEdge(areas, stride, pixels, corner, corners[(index + 1) % corners.length]!)
    }
  }
  const covered = new Float32Array(pixels * pixels)
  for (let row = 0; row < pixels; row++) {
    let sum = 0
    for (let column = 0; column < pixels; column++) {
      sum += areas[row * stride + column]!
      // Below a thousandth it is the rounding of the sum, not an edge.
      const share = Math.min(1, Math.abs(sum))
      covered[row * pixels + column] = share < 1e-3 ? 0 : share
    }
  }
  return covered
}

function cornersOf(strokes: readonly Stroke[], scale: number): Corner[] {
  const corners: Corner[] = []
  for (const stroke of strokes) {
    const from = corners.at(-1)
    if (stroke.kind === 'curve' && from) {
      for (let piece = 1; piece <= PIECES_PER_CURVE; piece++) {
        const t = piece / PIECES_PER_CURVE
        const along = (start: number, pull: number, end: number) =>
          (1 - t) ** 2 * start + 2 * t * (1 - t) * pull * scale + t ** 2 * end * scale
        corners.push({ x: along(from.x, stroke.cx, stroke.x), y: along(from.y, stroke.cy, stroke.y) })
      }
    } else corners.push({ x: stroke.x * scale, y: stroke.y * scale })
  }
  return corners
}

function addEdge(areas: Float32Array, stride: number, pixels: number, from: Corner, to: Corner) {
  if (from.y === to.y) return
  const sign = from.y < to.y ? 1 : -1
  const [top, bottom] = sign === 1 ? [from, to] : [to, from]
  const slope = (bottom.x - top.x) / (bottom.y - top.y)
  for (let row = Math.max(0, Math.floor(top.y)); row < Math.min(pixels, Math.ceil(bottom.y)); row++) {
    const upper = Math.max(row, top.y)
    const lower = Math.min(row + 1, bottom.y)
    const x0 = top.x + (upper - top.y) * slope
    const x1 = top.x + (lower - top.y) * slope
    addSlice(areas, row * stride, sign * (lower - upper), Math.min(x0, x1), Math.max(x0, x1), pixels)
  }
}

/** An edge's part within one row: it crosses `left` to `right` while going down `height`. */
function addSlice(
  areas: Float32Array,
  row: number,
  height: number,
  left: number,
  right: number,
  pixels: number,
) {
  const clamp = (x: number) => Math.min(pixels, Math.max(0, x))
  const first = Math.floor(clamp(left))
  const last = Math.floor(clamp(right))
  const width = right - left
  let before = 0
  for (let column = first; column <= last; column++) {
    const start = Math.max(left, column)
    const end = Math.min(right, column + 1)
    const share = width === 0 ? 1 : Math.max(0, (end - start) / width)
    const area = height * share * (column + 1 - (start + end) / 2)
    areas[row + column]! += before + area
    before = height * share - area
  }
  areas[row + last + 1]! += before
}
