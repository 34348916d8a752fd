import type { CalendarDate } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import { formatDate } from '../layout/dates.tsx'
import { printedVerificationCode } from '../verification/verification-code.ts'

/** Every sentence printed on an eCertificate, in one language. */
export type ECertificateWords = {
  locale: string
  direction: 'ltr' | 'rtl'
  title: string
  heading: string
  records: string
  earned: string
  level: string
  /** Label and value, in the order printed. */
  facts: readonly (readonly [label: string, value: string])[]
  verify: string
  qr: string
  standing: string
}

export type WordedFacts = {
  holderName: string
  certificationName: string
  certificationCode: string
  levelName: string
  awardedOn: CalendarDate
  expiresOn: CalendarDate | null
  number: string
  verificationCode: string
  verificationUrl: string
}

export function ecertificateWords(t: Translate, facts: WordedFacts): ECertificateWords {
  const { certificationName: certification, certificationCode: code, levelName: level } = facts
  return {
    locale: t.locale,
    direction: t.direction,
    title: t('documents.ecertificate.title', { certification, holder: facts.holderName }),
    heading: t('documents.ecertificate.heading'),
    records: t('documents.ecertificate.records'),
    earned: t('documents.ecertificate.earned'),
    level: levelLine(t, certification === code ? '' : code, level),
    facts: [
      [t('documents.ecertificate.awarded-on'), formatDate(t, facts.awardedOn)],
      [
        t('documents.ecertificate.expires-on'),
        facts.expiresOn ? formatDate(t, facts.expiresOn) : t('documents.ecertificate.never-expires'),
      ],
      [t('documents.ecertificate.number'), facts.number],
      [t('documents.ecertificate.verification-code'), printedVerificationCode(facts.verificationCode)],
    ],
    verify: t('documents.ecertificate.verify'),
    qr: t('documents.ecertificate.qr', { url: facts.verificationUrl }),
    standing: t('documents.ecertificate.standing'),
  }
}

/** Level and code, as far as there are any that the certification's name does not already say. */
function levelLine(t: Translate, code: string, level: string): string {
  return code && level ? t('documents.ecertificate.level', { level, code }) : code || level
}
