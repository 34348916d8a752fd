import { appendBezierCurve, closePath, lineTo, moveTo, type PDFOperator } from '@cantoo/pdf-lib'
import { type Contour, rounded, strokesOf } from '../type/outline.ts'

/**
 * The outlines as a path. PDF has no quadratic curves, and what the library calls one is another curve: each becomes
 * the cubic that draws the same.
 */
export function pathOperators(contours: readonly Contour[]): PDFOperator[] {
  return contours.flatMap((contour) => [...strokeOperators(contour), closePath()])
}

function strokeOperators(contour: Contour): PDFOperator[] {
  let from = { x: 0, y: 0 }
  return strokesOf(contour).map((stroke) => {
    const { x, y } = stroke
    const last = from
    from = { x, y }
    if (stroke.kind !== 'curve') return (stroke.kind === 'move' ? moveTo : lineTo)(rounded(x), rounded(y))
    const near = (end: number, pull: number) => rounded(end + ((pull - end) * 2) / 3)
    return appendBezierCurve(
      near(last.x, stroke.cx),
      near(last.y, stroke.cy),
      near(x, stroke.cx),
      near(y, stroke.cy),
      rounded(x),
      rounded(y),
    )
  })
}
