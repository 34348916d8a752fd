import {
  beginMarkedContent,
  endMarkedContent,
  fill,
  type PDFContext,
  type PDFDocument,
  PDFHexString,
  PDFName,
  PDFOperator,
  PDFOperatorNames,
  rectangle,
  setFillingRgbColor,
  setLineWidth,
  setStrokingRgbColor,
  stroke,
} from '@cantoo/pdf-lib'
import type { Rgb } from '../colour.ts'
import { type Contour, rounded } from '../type/outline.ts'
import type { Face } from '../type/typesetter.ts'
import { openPdfFont } from './pdf-font.ts'
import { pathOperators } from './pdf-path.ts'
import { type FontOf, type PlacedLine, shares, textOperators } from './pdf-text.ts'
import { type Element, type Role, spokenOtherwise, writeStructure } from './structure.ts'

type Box = readonly [x: number, y: number, width: number, height: number]

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
  const fonts = new Map<Face, ReturnType<FontOf>>()

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
