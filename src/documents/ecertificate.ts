import { layOutECertificate } from './ecertificate-layout.ts'
import { PAGE } from './ecertificate-ornaments.ts'
import type { ECertificateWords, WordedFacts } from './ecertificate-words.ts'
import { writeMetadata } from './pdf/metadata.ts'
import { dictionary, openPdf, textString } from './pdf/pdf-file.ts'
import { writePage } from './pdf/pdf-page.ts'
import type { SealFacts } from './seal-geometry.ts'
import { type Fonts, openTypesetter } from './type/typesetter.ts'

/** Everything that an eCertificate says. */
export type ECertificateFacts = WordedFacts & {
  programName: string
  /** The language of the holder's name (BCP 47), where known. */
  holderLanguage?: string | undefined
  /** The record office's own address, e.g. `https://records.example.org`. */
  origin: string
  seal: SealFacts
  disclaimer: string
  words: ECertificateWords
}

/**
 * Draws the eCertificate, one A4 page: the same facts always give the same bytes. Throws `UndrawableCharacters`
 * for a name that none of our fonts can write whole.
 */
export async function drawECertificate(
  facts: ECertificateFacts,
  fonts: Fonts,
): Promise<Uint8Array<ArrayBuffer>> {
  const draw = await layOutECertificate(facts, await openTypesetter(fonts))
  const { words } = facts

  const pdf = openPdf()
  const { pages, structure } = writePage(pdf, { ...PAGE, language: words.locale }, draw)
  const { info, metadata } = writeMetadata(pdf, {
    title: words.title,
    author: facts.programName,
    creator: facts.origin,
    language: words.locale,
    madeAt: new Date(`${facts.awardedOn}T00:00:00Z`),
  })
  const catalogue = pdf.add(
    dictionary({
      Type: '/Catalog',
      Pages: pages,
      Lang: textString(words.locale),
      MarkInfo: '<< /Marked true >>',
      StructTreeRoot: structure,
      Metadata: metadata,
      ViewerPreferences: `<< /DisplayDocTitle true /Direction /${words.direction === 'rtl' ? 'R2L' : 'L2R'} >>`,
    }),
  )
  return pdf.finish({ Root: catalogue, Info: info })
}
