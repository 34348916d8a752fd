import { type Attempt, waitsAfterFail } from '../certifications/retakes.ts'
import type { CalendarDate } from '../core/calendar-date.ts'
import { findExam } from '../program/catalogue.ts'
import type { Program } from '../program/program.ts'
import { type ExamOutcome, isGraded, outcomeOfClosedRegistration, outcomeOfResult } from './exam-outcome.ts'
import type { HistoryRow, OpenRegistration } from './queries.ts'
import { expectResult, type ResultExpectation } from './result-expectation.ts'

export type AwaitedExam = OpenRegistration & { title: string; expectation: ResultExpectation }

export type SectionResult = {
  name: string
  percent: string | null
  score: string | null
  maxScore: string | null
}

export type PastExam = {
  registrationId: string
  title: string
  examCode: string
  onDate: CalendarDate | null
  outcome: ExamOutcome
  revoked: boolean
  attempt: number | null
  score: string | null
  passingScore: string | null
  sections: SectionResult[]
  /** The day from which a failed exam may be sat again, where that lies ahead and this was the last attempt. */
  againFrom: CalendarDate | null
  /** False for a booking that ended without a result. */
  isResult: boolean
}

/** The open bookings with what is to be expected of each, and those whose result is due apart. */
export function awaitedExams(program: Program, open: readonly OpenRegistration[], today: CalendarDate) {
  const awaited: AwaitedExam[] = open.map((registration) => ({
    ...registration,
    title: titleOf(program, registration),
    expectation: expectResult(program.settings, registration, today),
  }))
  const isDue = ({ expectation: { state } }: AwaitedExam) => state === 'expected' || state === 'late'
  return { upcoming: awaited.filter((one) => !isDue(one)), due: awaited.filter(isDue) }
}

/** What is over, with the wait after a fail where it still runs. */
export function pastExams(
  program: Program,
  rows: readonly HistoryRow[],
  attempts: readonly Attempt[],
  today: CalendarDate,
): PastExam[] {
  const waits = waitsAfterFail(program, attempts, today)
  return rows.map((row) => {
    const exam = pastExam(program, row)
    const wait = waits.get(row.exam)
    if (exam.outcome !== 'fail' || exam.revoked || !wait || wait.failedOn !== exam.onDate) return exam
    return { ...exam, againFrom: wait.from }
  })
}

/** Scores leave this function only with a result that is released. */
function pastExam(program: Program, row: HistoryRow): PastExam {
  const { registrationId, examCode, onDate } = row
  const isResult = row.kind === 'result'
  const line = { registrationId, title: titleOf(program, row), examCode, onDate, isResult, againFrom: null }
  const nothing = { revoked: false, attempt: null, score: null, passingScore: null, sections: [] }
  if (row.kind === 'registration') {
    return { ...line, ...nothing, outcome: outcomeOfClosedRegistration(row.state) }
  }

  const outcome = outcomeOfResult(row)
  const shown = { ...line, ...nothing, outcome, revoked: row.validity === 'revoked', attempt: row.attempt }
  if (!isGraded(outcome)) return shown
  const { score, passingScore } = row
  return { ...shown, score, passingScore, sections: JSON.parse(row.sections) as SectionResult[] }
}

function titleOf(program: Program, { exam, examCode }: { exam: string; examCode: string }): string {
  return findExam(program, exam)?.title ?? examCode
}
