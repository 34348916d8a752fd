import type { AwardAct } from '../../src/certifications/evaluated-award.ts'

/** An act on the award of that date; a correction unless said otherwise. */
export function actOn(
  awardedOn: string,
  act: Partial<AwardAct> & Pick<AwardAct, 'certification' | 'on'>,
): AwardAct {
  return {
    id: 1,
    kind: 'correct',
    passId: null,
    awardedOn,
    toAwardedOn: null,
    toExpiresOn: null,
    ...act,
  }
}
