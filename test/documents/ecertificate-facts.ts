import type { ECertificateFacts } from '../../src/documents/ecertificate.ts'
import { ecertificateWords } from '../../src/documents/ecertificate-words.ts'
import { translator } from '../../src/i18n/messages.ts'

/** An eCertificate as the program in use prints it, for whatever is not given. */
export function ecertificateFacts(given: Partial<Omit<ECertificateFacts, 'words'>> = {}): ECertificateFacts {
  const facts = {
    programName: 'Networks Certification Program',
    holderName: 'Ada Lovelace',
    certificationName: 'Enterprise Routing and Switching, Specialist',
    certificationCode: 'NCIS-ENT',
    levelName: 'Specialist',
    awardedOn: '2025-03-18',
    expiresOn: '2028-03-18',
    number: 'NCIS-ENT-004211',
    verificationCode: '7KQ4M2XDP9RW5TBN',
    verificationUrl: 'https://records.example.org/verify/7KQ4M2XDP9RW5TBN',
    origin: 'https://records.example.org',
    seal: {
      code: 'NCIS-ENT',
      lines: ['NCIS', 'ENT'],
      hue: 155,
      rings: 2,
      label: 'Seal of NCIS-ENT',
    } as const,
    disclaimer: 'This record office is independent of the owners of the names that it shows.',
    ...given,
  }
  return { ...facts, words: ecertificateWords(translator('en'), facts) }
}
