import { addDays, addMonths } from '../../../src/core/calendar-date.ts'
import type { Certification } from '../../../src/program/program.ts'
import { type Day, describedOn, lowestFirst } from './days.ts'
import { latest, noteLateCourses, type Renewing, whatRenewsDirectly } from './direct-renewals.ts'
import {
  type CandidateRecord,
  isActive,
  isExpired,
  latestAward,
  latestAwards,
  type NaiveAward,
  withRenewal,
} from './record.ts'
import { carries } from './selections.ts'

type Direct = { certification: Certification; renewing: Renewing }

/** Step 5: every award that may be renewed and that something renews gets its new expiry, if that is later. */
export function renew(day: Day, record: CandidateRecord): CandidateRecord {
  const certifications = renewable(day, record)
  const direct = certifications.flatMap((certification) => {
    const renewing = whatRenewsDirectly(day, record, certification)
    return renewing ? [{ certification, renewing }] : []
  })
  return certifications.reduce((before, certification) => {
    const award = latestAward(before, certification.code)!
    const renewing = whatRenews(day, direct, certification)
    const expiresOn = renewing && addMonths(renewing.from, day.program.renewal.months)
    if (!renewing || !expiresOn || award.expiresOn === null || expiresOn <= award.expiresOn) return before
    const { from, ...why } = renewing
    return withRenewal(before, award, { ...why, renewedOn: from, expiresOn })
  }, record)
}

/** Which courses of the day come too late for what may be renewed. */
export function noteLate(day: Day, record: CandidateRecord): CandidateRecord {
  return noteLateCourses(day, record, renewable(day, record))
}

/** The certifications in grace that the day's passes and courses alone would renew. */
export function keptInGrace(day: Day, record: CandidateRecord): string[] {
  const after = renew(day, { ...record, givenToday: [] })
  return renewable(day, record)
    .map(({ code }) => code)
    .filter((code) => !isActive(record, code, day.on))
    .filter((code) => latestAward(after, code)!.expiresOn !== latestAward(record, code)!.expiresOn)
}

function renewable(day: Day, record: CandidateRecord): Certification[] {
  const certifications = latestAwards(record)
    .filter((award) => isActive(record, award.certification, day.on) || isInGrace(day, award))
    .map((award) => describedOn(day, award))
  return lowestFirst(day.program, certifications)
}

function isInGrace({ on, program }: Day, award: NaiveAward): boolean {
  if (award.revokedOn !== null || !isExpired(award, on)) return false
  return on <= addDays(award.expiresOn!, program.renewal.graceDays)
}

/** The renewal that counts from the latest date: its own, else the cascade from the lowest. */
function whatRenews({ program }: Day, direct: Direct[], certification: Certification): Renewing | null {
  const own = direct.filter((one) => one.certification.code === certification.code)
  const carried = direct
    .filter((one) => !own.includes(one))
    .flatMap(({ certification: from, renewing }) => {
      const cascade = program.renewal.cascades.find((one) => carries(one, program, from, certification))
      return cascade ? [{ ...renewing, cascade: cascade.id, cascadeFrom: from.code }] : []
    })
  return latest([...own.map(({ renewing }) => renewing), ...carried])
}
