import { PDFDocument } from '@cantoo/pdf-lib'
import { sha256Hex } from '../core/tokens.ts'
import { layOutECertificate } from './ecertificate-layout.ts'
import { PAGE } from './ecertificate-ornaments.ts'
import type { ECertificateWords, WordedFacts } from './ecertificate-words.ts'
import { writeMetadata } from './pdf/metadata.ts'
import { writePage } from './pdf/pdf-page.ts'
import type { SealFacts } from './seal-geometry.ts'
import { type Fonts, openTypesetter } from './type/typesetter.ts'

/** Everything that an eCertificate says. */
export type ECertificateFacts = WordedFacts & {
  programName: string
  /** The language in whose hand the holder's name is drawn (BCP 47), where known. */
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
export async function drawECertificate(facts: ECertificateFacts, fonts: Fonts): Promise<Uint8Array> {
  const draw = await layOutECertificate(facts, await openTypesetter(fonts))
  const { words } = facts

  // The library's own metadata would say when the file was made.
  const pdf = await PDFDocument.create({ updateMetadata: false })
  writeMetadata(pdf, {
    title: words.title,
    author: facts.programName,
    creator: facts.origin,
    language: words.locale,
    direction: words.direction,
    madeAt: new Date(`${facts.awardedOn}T00:00:00Z`),
    id: (await sha256Hex(JSON.stringify(facts))).slice(0, 32),
  })
  writePage(pdf, { ...PAGE, language: words.locale }, draw)
  return pdf.save({ objectsPerTick: Number.POSITIVE_INFINITY })
}
