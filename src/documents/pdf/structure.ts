import { type PDFDocument, PDFHexString, PDFName, type PDFPage } from '@cantoo/pdf-lib'
import type { Line } from '../type/typesetter.ts'

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

/**
 * Tags the document with its reading order: every marked part of its page, in the order drawn (ISO 32000-2, 14.7).
 * Object by object: the library knows no structure tree.
 */
export function writeStructure(
  { context, catalog }: PDFDocument,
  page: PDFPage,
  language: string,
  elements: readonly Element[],
) {
  const root = context.nextRef()
  const document = context.nextRef()
  const kids = elements.map(({ role, alternative, spoken }, index) =>
    context.register(
      context.obj({
        Type: 'StructElem',
        S: role,
        P: document,
        Pg: page.ref,
        K: index,
        Alt: alternative ? PDFHexString.fromText(alternative) : undefined,
        ActualText: spoken ? PDFHexString.fromText(spoken) : undefined,
      }),
    ),
  )
  const Lang = PDFHexString.fromText(language)
  context.assign(document, context.obj({ Type: 'StructElem', S: 'Document', P: root, Lang, K: kids }))
  const ParentTree = context.register(context.obj({ Nums: [0, kids] }))
  context.assign(root, context.obj({ Type: 'StructTreeRoot', K: document, ParentTree, ParentTreeNextKey: 1 }))
  catalog.set(PDFName.of('StructTreeRoot'), root)
  catalog.set(PDFName.of('MarkInfo'), context.obj({ Marked: true }))
}
