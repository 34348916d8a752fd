import { addMonths } from '../core/calendar-date.ts'
import { findCertification } from '../program/catalogue.ts'
import { selectsCertification } from '../program/selectors.ts'
import type { Account, Day } from './account.ts'

/**
 * Moves expiries as the program decreed on a day: of what is held and of what has expired, which is active again then.
 * Something earned again since is another award, and what is revoked stays so.
 */
export function extendOn({ holdings }: Account, { on, program }: Day) {
  for (const { id, on: decreedOn, expiresFrom, expiresUntil, months, renews } of program.renewal.extensions) {
    if (decreedOn !== on) continue
    for (const { certification, award } of holdings.values()) {
      const { expiresOn } = award
      if (expiresOn === null || expiresOn < expiresFrom || expiresOn > expiresUntil) continue
      const now = findCertification(program, certification.code) ?? certification
      if (award.revokedOn !== null || (renews && !selectsCertification(renews, now))) continue
      const later = addMonths(expiresOn, months)
      if (later <= expiresOn) continue
      award.expiresOn = later
      award.renewals.push({
        renewedOn: on,
        rule: id,
        extension: id,
        cascade: null,
        cascadeFrom: null,
        previousExpiresOn: expiresOn,
        expiresOn: award.expiresOn,
      })
    }
  }
}
