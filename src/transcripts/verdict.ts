import type { Standing } from '../certifications/standing.ts'

/** What an employer reads first. What the program has decided against comes before any count. */
export type Verdict = {
  tone: 'good' | 'warn' | 'bad'
  /** Codes of the revoked and the suspended. */
  revoked: string[]
  suspended: string[]
  active: number
  total: number
}

export function verdictOn(awards: readonly { code: string; standing: Standing }[]): Verdict {
  const codesOf = (standing: Standing) =>
    awards.filter((award) => award.standing === standing).map(({ code }) => code)
  const revoked = codesOf('revoked')
  const active = codesOf('active').length
  // Nothing to vouch for is not good news: an empty list must never look like a full house.
  const allActive = awards.length > 0 && active === awards.length
  return {
    tone: revoked.length > 0 ? 'bad' : allActive ? 'good' : 'warn',
    revoked,
    suspended: codesOf('suspended'),
    active,
    total: awards.length,
  }
}
