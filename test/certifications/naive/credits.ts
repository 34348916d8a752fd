import type { Credit } from '../../../src/certifications/evaluated-award.ts'
import type { Requirement } from '../../../src/program/program-document.ts'
import { type Day, dayOfCredit } from './days.ts'
import { type CandidateRecord, isActive } from './record.ts'
import { keptInGrace } from './renewals.ts'

/** What is done to earn a certification, rather than held. */
type Thing = Pick<Requirement, 'exam' | 'course' | 'approval'>

/** Step 3: what was done today is kept for all that asks for it and is neither active nor renewed by it in grace. */
export function keepCredits(day: Day, record: CandidateRecord): CandidateRecord {
  const inGrace = keptInGrace(day, record)
  const credits: Credit[] = [
    ...day.passes.map((pass) => ({ pass })),
    ...day.completions.map((completion) => ({ completion })),
    ...day.approvals.map((approval) => ({ approval })),
  ]
  const kept = day.program.certifications
    .filter(({ code }) => !isActive(record, code, day.on) && !inGrace.includes(code))
    .flatMap(({ code, requires }) =>
      credits.filter((credit) => names(requires, credit)).map((credit) => ({ certification: code, credit })),
    )
  return { ...record, kept: [...record.kept, ...kept] }
}

function names({ all, any, ...thing }: Requirement, credit: Credit): boolean {
  const parts = all ?? any
  return parts ? parts.some((part) => names(part, credit)) : isOf(thing, credit)
}

function isOf({ exam, course, approval }: Thing, credit: Credit): boolean {
  if ('pass' in credit) return credit.pass.exam === exam
  if ('completion' in credit) return credit.completion.course === course
  return credit.approval.approval === approval
}

/** Of the same exam, course or approval the latest day counts, and of one day the first. */
export function creditThatCounts(
  { kept }: CandidateRecord,
  certification: string,
  thing: Thing,
): Credit | undefined {
  const credits = kept
    .filter((one) => one.certification === certification && isOf(thing, one.credit))
    .map(({ credit }) => credit)
  const latestDay = credits.map(dayOfCredit).sort().at(-1)
  return credits.find((credit) => dayOfCredit(credit) === latestDay)
}

/** Whether nothing of the same kind counts instead. */
export function counts(record: CandidateRecord, certification: string, credit: Credit): boolean {
  const thing: Thing =
    'pass' in credit
      ? { exam: credit.pass.exam }
      : 'completion' in credit
        ? { course: credit.completion.course }
        : { approval: credit.approval.approval }
  return creditThatCounts(record, certification, thing) === credit
}
