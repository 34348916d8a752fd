import type { Program } from '../program/program.ts'
import type { CheckedCertificate } from './checked-certificate.ts'

/** The same facts as on the page, for machines. */
export function certificateJson(program: Program, certificate: CheckedCertificate) {
  const { award, holder, number, verificationCode, mergedFrom, checkedAt } = certificate
  return {
    program: { name: program.name },
    checkedAt: checkedAt.toISOString(),
    standing: award.standing,
    standingSince: award.since,
    holder: { name: holder },
    certification: { code: award.code, name: award.name, level: award.level },
    number,
    awardedOn: award.awardedOn,
    expiresOn: award.expiresOn,
    verificationCode,
    mergedFrom,
  }
}
