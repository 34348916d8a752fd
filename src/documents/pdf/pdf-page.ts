import {
  beginMarkedContent,
  beginText,
  endMarkedContent,
  endText,
  fill,
  type PDFContext,
  type PDFDocument,
  PDFHexString,
  PDFName,
  PDFOperator,
  PDFOperatorNames,
  rectangle,
  setFillingRgbColor,
  setFontAndSize,
  setLineWidth,
  setStrokingRgbColor,
  setTextMatrix,
  stroke,
} from '@cantoo/pdf-lib'
import type { Rgb } from '../colour.ts'
import { type Contour, rounded } from '../type/outline.ts'
import type { Face, Line } from '../type/typesetter.ts'
import { openPdfFont, type PdfFont } from './pdf-font.ts'
import { pathOperators } from './pdf-path.ts'
import { type Element, type Role, spokenOtherwise, writeStructure } from './structure.ts'

export type TextStyle = { size: number; colour: Rgb }

type Box = readonly [x: number, y: number, width: number, height: number]
type PlacedLine = { line: Line; x: number; y: number; style: TextStyle }
type FontOf = (face: Face) => { name: string; font: PdfFont }

/** One page, drawn from the bottom left in points. What is not named as text or a figure is decoration. */
export type PdfPage = {
  /** Draws lines that belong together, each with its left end and baseline, and says what they are. */
  text(role: Role, lines: readonly PlacedLine[]): void
  figure(alternative: string, draw: () => void): void
  decoration(draw: () => void): void
  fill(contours: readonly Contour[], colour: Rgb): void
  rectangles(boxes: readonly Box[], colour: Rgb): void
  frame(box: Box, width: number, colour: Rgb): void
  link(box: Box, url: string, label: string): void
}

export type PageFacts = { width: number; height: number; language: string }

/** Draws the only page of the document and tags what is on it. */
export function writePage(pdf: PDFDocument, facts: PageFacts, draw: (page: PdfPage) => void) {
  const { context } = pdf
  const page = pdf.addPage([facts.width, facts.height])
  const elements: Element[] = []
  const fonts = new Map<Face, { name: string; font: PdfFont }>()

  const fontOf: FontOf = (face) => {
    const known = fonts.get(face) ?? { name: `F${fonts.size + 1}`, font: openPdfFont(face) }
    fonts.set(face, known)
    return known
  }
  const marked = (element: Element, body: () => void) => {
    page.pushOperators(markedContent(context, element.role, elements.push(element) - 1))
    body()
    page.pushOperators(endMarkedContent())
  }

  draw({
    text: (role, lines) =>
      marked({ role, ...spokenOtherwise(lines.map(({ line }) => line)) }, () => {
        for (const line of lines) page.pushOperators(...textOperators(context, line, fontOf))
      }),
    figure: (alternative, body) => marked({ role: 'Figure', alternative }, body),
    decoration: (body) => {
      page.pushOperators(beginMarkedContent('Artifact'))
      body()
      page.pushOperators(endMarkedContent())
    },
    fill: (contours, colour) =>
      page.pushOperators(setFillingRgbColor(...shares(colour)), ...pathOperators(contours), fill()),
    rectangles: (boxes, colour) =>
      page.pushOperators(setFillingRgbColor(...shares(colour)), ...boxes.map(boxOperator), fill()),
    frame: (box, width, colour) =>
      page.pushOperators(
        setStrokingRgbColor(...shares(colour)),
        setLineWidth(width),
        boxOperator(box),
        stroke(),
      ),
    link: (box, url, label) => page.node.addAnnot(context.register(linkTo(context, box, url, label))),
  })

  for (const { name, font } of fonts.values())
    page.node.setFontDictionary(PDFName.of(name), font.write(context))
  page.node.set(PDFName.of('StructParents'), context.obj(0))
  page.node.set(PDFName.of('Tabs'), PDFName.of('S'))
  writeStructure(pdf, page, facts.language, elements)
}

function markedContent(context: PDFContext, role: string, id: number): PDFOperator {
  const properties = String(context.obj({ MCID: id }))
  return PDFOperator.of(PDFOperatorNames.BeginMarkedContentSequence, [PDFName.of(role), properties])
}

function textOperators(
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

function linkTo(context: PDFContext, [x, y, width, height]: Box, url: string, label: string) {
  return context.obj({
    Type: 'Annot',
    Subtype: 'Link',
    Rect: [x, y, x + width, y + height].map((side) => rounded(side)),
    Border: [0, 0, 0],
    F: 4,
    Contents: PDFHexString.fromText(label),
    A: { S: 'URI', URI: PDFHexString.fromBytes(new TextEncoder().encode(url)) },
  })
}

function boxOperator([x, y, width, height]: Box): PDFOperator {
  return rectangle(rounded(x, 3), rounded(y, 3), rounded(width, 3), rounded(height, 3))
}

/** PDF counts a colour's parts from 0 to 1. */
function shares([red, green, blue]: Rgb): [number, number, number] {
  return [rounded(red / 255, 4), rounded(green / 255, 4), rounded(blue / 255, 4)]
}
