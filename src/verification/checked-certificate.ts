import type { CalendarDate } from '../core/calendar-date.ts'
import type { Program } from '../program/program.ts'
import { type CheckedAward, checkAward, type RecordedAward } from './checked-award.ts'

/** Everything that is printed on an eCertificate, and how it stands at the instant of the check. */
export type CheckedCertificate = {
  award: CheckedAward
  holder: string
  number: string
  verificationCode: string
  /** The code on the paper, where that paper's award has since become another one. */
  mergedFrom: string | null
  checkedAt: Date
}

type Recorded = RecordedAward & { holder: string; number: string; verificationCode: string }

export function checkCertificate(
  program: Program,
  recorded: Recorded,
  asked: { code: string; today: CalendarDate; now: Date },
): CheckedCertificate {
  const { holder, number, verificationCode } = recorded
  return {
    award: checkAward(program, asked.today, recorded),
    holder,
    number,
    verificationCode,
    mergedFrom: asked.code === verificationCode ? null : asked.code,
    checkedAt: asked.now,
  }
}
