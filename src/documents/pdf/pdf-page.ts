import type { Rgb } from '../colour.ts'
import { type Contour, decimal, pdfPath } from '../type/outline.ts'
import type { Face, Line } from '../type/typesetter.ts'
import { dictionary, type PdfFile, type Ref, textString } from './pdf-file.ts'
import { codeHex, openPdfFont, type PdfFont } from './pdf-font.ts'
import { type Element, type Role, spokenOtherwise, writeStructure } from './structure.ts'

export type TextStyle = { size: number; colour: Rgb }

/** One page, drawn from the bottom left in points. What is not named as text or a figure is decoration. */
export type PdfPage = {
  /** Draws lines that belong together, each with its left end and baseline, and says what they are. */
  text(role: Role, lines: readonly { line: Line; x: number; y: number; style: TextStyle }[]): void
  figure(alternative: string, draw: () => void): void
  decoration(draw: () => void): void
  fill(contours: readonly Contour[], colour: Rgb): void
  rectangles(
    boxes: readonly (readonly [x: number, y: number, width: number, height: number])[],
    colour: Rgb,
  ): void
  frame(box: readonly [x: number, y: number, width: number, height: number], width: number, colour: Rgb): void
  link(box: readonly [x: number, y: number, width: number, height: number], url: string, label: string): void
}

export type PageFacts = { width: number; height: number; language: string }

/** Draws one page into the file and returns the references of its catalogue entries. */
export function writePage(
  pdf: PdfFile,
  facts: PageFacts,
  draw: (page: PdfPage) => void,
): { pages: Ref; structure: Ref } {
  const content: string[] = []
  const elements: Element[] = []
  const links: { box: readonly number[]; url: string; label: string }[] = []
  const fonts = new Map<Face, { name: string; font: PdfFont }>()

  const fontOf = (face: Face) => {
    const known = fonts.get(face) ?? { name: `F${fonts.size + 1}`, font: openPdfFont(face) }
    fonts.set(face, known)
    return known
  }
  const marked = (element: Element, body: () => void) => {
    content.push(`/${element.role} << /MCID ${elements.push(element) - 1} >> BDC`)
    body()
    content.push('EMC')
  }

  draw({
    text: (role, lines) =>
      marked({ role, ...spokenOtherwise(lines.map(({ line }) => line)) }, () => {
        for (const { line, x, y, style } of lines) content.push(textOperators(line, x, y, style, fontOf))
      }),
    figure: (alternative, body) => marked({ role: 'Figure', alternative }, body),
    decoration: (body) => {
      content.push('/Artifact BMC')
      body()
      content.push('EMC')
    },
    fill: (contours, colour) => content.push(`${rgb(colour)} rg`, pdfPath(contours), 'f'),
    rectangles: (boxes, colour) =>
      content.push(
        `${rgb(colour)} rg`,
        ...boxes.map((box) => `${box.map((side) => decimal(side, 3)).join(' ')} re`),
        'f',
      ),
    frame: (box, width, colour) =>
      content.push(`${rgb(colour)} RG ${width} w`, `${box.map((side) => decimal(side)).join(' ')} re`, 'S'),
    link: (box, url, label) => links.push({ box, url, label }),
  })

  const fontRefs = [...fonts.values()].map(({ name, font }) => {
    const ref = pdf.reserve()
    font.write(pdf, ref)
    return `/${name} ${ref}`
  })
  const annotations = links.map(({ box: [x, y, width, height], url, label }) =>
    pdf.add(
      dictionary({
        Type: '/Annot',
        Subtype: '/Link',
        Rect: `[${[x!, y!, x! + width!, y! + height!].map((side) => decimal(side)).join(' ')}]`,
        Border: '[0 0 0]',
        F: 4,
        Contents: textString(label),
        A: dictionary({ S: '/URI', URI: `(${escaped(url)})` }),
      }),
    ),
  )
  const pages = pdf.reserve()
  const page = pdf.add(
    dictionary({
      Type: '/Page',
      Parent: pages,
      MediaBox: `[0 0 ${facts.width} ${facts.height}]`,
      Resources: `<< /Font << ${fontRefs.join(' ')} >> >>`,
      Contents: pdf.addStream({}, new TextEncoder().encode(content.join('\n'))),
      StructParents: 0,
      Tabs: '/S',
      Annots: `[${annotations.join(' ')}]`,
    }),
  )
  pdf.add(dictionary({ Type: '/Pages', Kids: `[${page}]`, Count: 1 }), pages)
  return { pages, structure: writeStructure(pdf, page, facts.language, elements) }
}

function textOperators(
  line: Line,
  x: number,
  y: number,
  { size, colour }: TextStyle,
  fontOf: (face: Face) => { name: string; font: PdfFont },
): string {
  const operators = [`BT`, `${rgb(colour)} rg`, `1 0 0 1 ${decimal(x)} ${decimal(y)} Tm`]
  let face: Face | null = null
  let shown: string[] = []
  const show = () => {
    if (shown.length > 0) operators.push(`[${shown.join('')}] TJ`)
    shown = []
  }
  for (const cluster of line.clusters) {
    const { name, font } = fontOf(cluster.face)
    if (cluster.face !== face) {
      show()
      operators.push(`/${name} ${decimal(size)} Tf`)
      face = cluster.face
    }
    const { code, width } = font.glyph(cluster)
    const kern = width - (cluster.advance * 1000) / cluster.face.outlines.unitsPerEm
    shown.push(`<${codeHex(code)}>`, Math.round(kern) === 0 ? '' : ` ${Math.round(kern)} `)
  }
  show()
  return [...operators, 'ET'].join('\n')
}

function rgb(colour: Rgb): string {
  return colour.map((channel) => decimal(channel / 255, 4)).join(' ')
}

function escaped(text: string): string {
  return text.replace(/[\\()]/g, (character) => `\\${character}`)
}
