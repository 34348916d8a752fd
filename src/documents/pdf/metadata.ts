import { dictionary, type PdfFile, type Ref, textString } from './pdf-file.ts'

export type Metadata = {
  title: string
  author: string
  /** Where the document was made: the origin of the record office. */
  creator: string
  language: string
  /** When it says it was made. A fact of the document, so that making it again makes the same one. */
  madeAt: Date
}

/** Writes what a file manager and an archive want to know, in the old form and in XMP. */
export function writeMetadata(pdf: PdfFile, facts: Metadata): { info: Ref; metadata: Ref } {
  const instant = `${facts.madeAt.toISOString().slice(0, 19)}Z`
  const info = pdf.add(
    dictionary({
      Title: textString(facts.title),
      Author: textString(facts.author),
      Creator: textString(facts.creator),
      CreationDate: `(D:${instant.replace(/[-:TZ]/g, '')}Z)`,
    }),
  )
  const packet = new TextEncoder().encode(xmp(facts, instant))
  return { info, metadata: pdf.addStream({ Type: '/Metadata', Subtype: '/XML' }, packet) }
}

function xmp({ title, author, creator, language }: Metadata, instant: string): string {
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escaped(title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>${escaped(author)}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>${escaped(language)}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>${escaped(creator)}</xmp:CreatorTool>
<xmp:CreateDate>${instant}</xmp:CreateDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`
}

function escaped(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
  return text.replace(/[&<>]/g, (character) => entities[character]!)
}
