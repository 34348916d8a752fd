import type { Line } from '../type/typesetter.ts'
import { dictionary, type PdfFile, type Ref, textString } from './pdf-file.ts'

/** What a part of the page is to someone who has it read aloud. */
export type Role = 'H1' | 'P'

/** A marked part of the page: what it is, what a picture says, and the text where it is not read as drawn. */
export type Element = { role: Role | 'Figure'; alternative?: string; spoken?: string }

/** What is drawn from left to right is not always read so: then the text goes along in the order of reading. */
export function spokenOtherwise(lines: readonly Line[]): { spoken?: string } {
  const drawn = lines.map(({ clusters }) => clusters.map((cluster) => cluster.text).join('')).join(' ')
  const spoken = lines.map(({ text }) => text).join(' ')
  return drawn === spoken ? {} : { spoken }
}

/** The reading order: every marked part of the page, in the order drawn (ISO 32000-2, 14.7). */
export function writeStructure(pdf: PdfFile, page: Ref, language: string, elements: readonly Element[]): Ref {
  const root = pdf.reserve()
  const document = pdf.reserve()
  const kids = elements.map(({ role, alternative, spoken }, index) =>
    pdf.add(
      dictionary({
        Type: '/StructElem',
        S: `/${role}`,
        P: document,
        Pg: page,
        K: index,
        ...(alternative && { Alt: textString(alternative) }),
        ...(spoken && { ActualText: textString(spoken) }),
      }),
    ),
  )
  pdf.add(
    dictionary({
      Type: '/StructElem',
      S: '/Document',
      P: root,
      Lang: textString(language),
      K: `[${kids.join(' ')}]`,
    }),
    document,
  )
  const parents = pdf.add(dictionary({ Nums: `[0 [${kids.join(' ')}]]` }))
  return pdf.add(
    dictionary({ Type: '/StructTreeRoot', K: document, ParentTree: parents, ParentTreeNextKey: 1 }),
    root,
  )
}
