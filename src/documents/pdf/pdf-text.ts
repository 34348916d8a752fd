import {
  beginText,
  endText,
  type PDFContext,
  PDFHexString,
  PDFOperator,
  PDFOperatorNames,
  setFillingRgbColor,
  setFontAndSize,
  setTextMatrix,
} from '@cantoo/pdf-lib'
import type { Rgb } from '../colour.ts'
import { rounded } from '../type/outline.ts'
import type { Face, Line } from '../type/typesetter.ts'
import type { PdfFont } from './pdf-font.ts'

/** A line with its left end and baseline. */
export type PlacedLine = { line: Line; x: number; y: number; style: { size: number; colour: Rgb } }

/** The document's own font for a face, and the name that the page knows it by. */
export type FontOf = (face: Face) => { name: string; font: PdfFont }

/** Draws a line; every cluster stands exactly where shaping put it. */
export function textOperators(
  context: PDFContext,
  { line, x, y, style: { size, colour } }: PlacedLine,
  fontOf: FontOf,
): PDFOperator[] {
  const operators = [
    beginText(),
    setFillingRgbColor(...shares(colour)),
    setTextMatrix(1, 0, 0, 1, rounded(x), rounded(y)),
  ]
  let face: Face | null = null
  let shown: (PDFHexString | number)[] = []
  const show = () => {
    if (shown.length > 0)
      operators.push(PDFOperator.of(PDFOperatorNames.ShowTextAdjusted, [context.obj(shown)]))
    shown = []
  }
  for (const cluster of line.clusters) {
    const { name, font } = fontOf(cluster.face)
    if (cluster.face !== face) {
      show()
      operators.push(setFontAndSize(name, rounded(size)))
      face = cluster.face
    }
    const { code, width } = font.glyph(cluster)
    const kern = Math.round(width - (cluster.advance * 1000) / cluster.face.outlines.unitsPerEm)
    shown.push(PDFHexString.of(code), ...(kern === 0 ? [] : [kern]))
  }
  show()
  return [...operators, endText()]
}

/** PDF counts a colour's parts from 0 to 1. */
export function shares([red, green, blue]: Rgb): [number, number, number] {
  return [rounded(red / 255, 4), rounded(green / 255, 4), rounded(blue / 255, 4)]
}
