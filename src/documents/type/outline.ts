/** A point of a quadratic outline as TrueType has it: on the curve, or pulling it. */
export type Point = { x: number; y: number; on: boolean }

/** A closed curve. Two pulling points in a row imply a point on the curve half-way between them. */
export type Contour = readonly Point[]

/** How one contour is drawn: a line to the point, or a quadratic curve to it pulled by `cx, cy`. */
export type Stroke =
  | { kind: 'move' | 'line'; x: number; y: number }
  | { kind: 'curve'; cx: number; cy: number; x: number; y: number }

/** The contour with every implied point written out, starting at a point on the curve. */
export function strokesOf(contour: Contour): Stroke[] {
  if (contour.length < 2) return []
  const start = startOf(contour)
  const strokes: Stroke[] = [{ kind: 'move', x: start.point.x, y: start.point.y }]
  let pull: Point | null = null
  for (const point of start.rest) {
    if (point.on) {
      strokes.push(reach(pull, point))
      pull = null
    } else {
      if (pull) strokes.push(reach(pull, halfway(pull, point)))
      pull = point
    }
  }
  if (pull) strokes.push(reach(pull, start.point))
  return strokes
}

function startOf(contour: Contour): { point: Point; rest: Point[] } {
  const first = contour.findIndex((point) => point.on)
  if (first === -1) return { point: halfway(contour.at(-1)!, contour[0]!), rest: [...contour] }
  return { point: contour[first]!, rest: [...contour.slice(first + 1), ...contour.slice(0, first)] }
}

function reach(pull: Point | null, { x, y }: Point): Stroke {
  return pull ? { kind: 'curve', cx: pull.x, cy: pull.y, x, y } : { kind: 'line', x, y }
}

function halfway(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, on: true }
}

/** The contour scaled by `a, d`, sheared by `b, c` and moved by `e, f`, as in SVG's `matrix(a b c d e f)`. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

export function transform(contour: Contour, [a, b, c, d, e, f]: Matrix): Contour {
  return contour.map(({ x, y, on }) => ({ x: a * x + c * y + e, y: b * x + d * y + f, on }))
}

export function polygon(corners: readonly (readonly [x: number, y: number])[]): Contour {
  return corners.map(([x, y]) => ({ x, y, on: true }))
}

/** Sixteen arcs: within a thirty-thousandth of the radius of a true circle. */
const ARCS = 16

export function circle(cx: number, cy: number, radius: number): Contour {
  const pulled = radius / Math.cos(Math.PI / ARCS)
  return Array.from({ length: ARCS * 2 }, (_, step) => {
    const angle = (step * Math.PI) / ARCS
    const on = step % 2 === 0
    const length = on ? radius : pulled
    return { x: cx + length * Math.cos(angle), y: cy + length * Math.sin(angle), on }
  })
}

/** A ring as two circles that run opposite ways, so that the hole stays open under the non-zero rule. */
export function ring(cx: number, cy: number, radius: number, width: number): Contour[] {
  return [circle(cx, cy, radius + width / 2), [...circle(cx, cy, radius - width / 2)].reverse()]
}

/** At most `places` decimals and no minus zero: the same number is always written the same way. */
export function rounded(value: number, places = 2): number {
  return Number(value.toFixed(places)) || 0
}

export function decimal(value: number, places = 2): string {
  return String(rounded(value, places))
}

export function svgPath(contours: readonly Contour[]): string {
  return contours.map((contour) => `${strokesOf(contour).map(svgStroke).join('')}Z`).join('')
}

function svgStroke(stroke: Stroke): string {
  const end = `${decimal(stroke.x)} ${decimal(stroke.y)}`
  if (stroke.kind === 'curve') return `Q${decimal(stroke.cx)} ${decimal(stroke.cy)} ${end}`
  return `${stroke.kind === 'move' ? 'M' : 'L'}${end}`
}
