import { sealOf } from '../certifications/seal-of.ts'
import type { Translate } from '../i18n/messages.ts'
import { paths } from '../paths.ts'
import { findCertification, findLevel } from '../program/catalogue.ts'
import type { Program } from '../program/program.ts'
import type { ECertificateFacts } from './ecertificate.ts'
import { ecertificateWords } from './ecertificate-words.ts'
import { holderLanguage } from './holder-language.ts'
import { logoFiles, logoUsage } from './logo-usage.ts'
import type { OwnAward } from './queries.ts'

/** Everything that an eCertificate says of an award, in the holder's language. */
export function printedFacts(
  t: Translate,
  program: Program,
  award: OwnAward,
  origin: string,
): ECertificateFacts {
  const { certification: code, holderName, awardedOn, expiresOn, number, verificationCode } = award
  const certification = findCertification(program, code)
  const facts = {
    holderName,
    certificationName: certification?.name ?? code,
    certificationCode: code,
    levelName: (certification && findLevel(program, certification.level)?.name) ?? '',
    awardedOn,
    expiresOn,
    number,
    verificationCode,
    verificationUrl: origin + paths.verifyCode(verificationCode),
  }
  return {
    ...facts,
    holderLanguage: holderLanguage(award.holderCountry),
    programName: program.name,
    origin,
    seal: labelledSeal(t, program, code),
    disclaimer: program.disclaimer,
    words: ecertificateWords(t, facts),
  }
}

/** What a logo pack holds: the seal, and the text that says how it may be used. */
export function logoPackFacts(t: Translate, program: Program, code: string) {
  const usage = logoUsage(t, {
    programName: program.name,
    certificationName: findCertification(program, code)?.name ?? code,
    disclaimer: program.disclaimer,
    files: logoFiles(code),
  })
  return { seal: labelledSeal(t, program, code), usage }
}

function labelledSeal(t: Translate, program: Program, code: string) {
  return sealOf(program, code, t('documents.seal.label', { certification: code }))
}
