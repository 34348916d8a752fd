import { type PDFDocument, PDFHexString, PDFName, ReadingDirection } from '@cantoo/pdf-lib'

export type Metadata = {
  title: string
  author: string
  /** Where the document was made: the origin of the record office. */
  creator: string
  language: string
  direction: 'ltr' | 'rtl'
  /** When it says it was made. A fact of the document, so that making it again makes the same one. */
  madeAt: Date
  /** Tells this document from every other: hexadecimal digits, an even number of them. */
  id: string
}

/** Writes what a reader, a file manager and an archive want to know, in the old form and in XMP. */
export function writeMetadata(pdf: PDFDocument, facts: Metadata) {
  const { context, catalog } = pdf
  pdf.setTitle(facts.title, { showInWindowTitleBar: true })
  pdf.setAuthor(facts.author)
  pdf.setCreator(facts.creator)
  pdf.setCreationDate(facts.madeAt)
  pdf.setModificationDate(facts.madeAt)
  pdf.setLanguage(facts.language)
  catalog
    .getOrCreateViewerPreferences()
    .setReadingDirection(facts.direction === 'rtl' ? ReadingDirection.R2L : ReadingDirection.L2R)
  const id = PDFHexString.of(facts.id)
  context.trailerInfo.ID = context.obj([id, id])
  // Unpacked, so that what knows no PDF finds it. The library writes XMP only as part of a claim to be PDF/A.
  const packet = context.stream(new TextEncoder().encode(xmp(facts)), { Type: 'Metadata', Subtype: 'XML' })
  catalog.set(PDFName.of('Metadata'), context.register(packet))
}

function xmp({ title, author, creator, language, madeAt }: Metadata): string {
  const instant = `${madeAt.toISOString().slice(0, 19)}Z`
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escaped(title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>${escaped(author)}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>${escaped(language)}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>${escaped(creator)}</xmp:CreatorTool>
<xmp:CreateDate>${instant}</xmp:CreateDate>
<xmp:ModifyDate>${instant}</xmp:ModifyDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`
}

function escaped(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
  return text.replace(/[&<>]/g, (character) => entities[character]!)
}
