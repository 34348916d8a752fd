import type { CalendarDate } from '../core/calendar-date.ts'
import type { Program } from '../program/program.ts'
import { type CheckedAward, checkAwards, type RecordedAward } from '../verification/checked-award.ts'
import { type Verdict, verdictOn } from './verdict.ts'

/** A transcript as its reader sees it at the instant of the check. */
export type PublishedTranscript = {
  holder: string
  remarks: string
  validThrough: CalendarDate
  awards: CheckedAward[]
  verdict: Verdict
  checkedAt: Date
}

type Kept = {
  transcript: { holder: string; remarks: string; validThrough: CalendarDate }
  awards: readonly RecordedAward[]
  program: Program
}

/** Null once the link is over: it works through its last day in the program's zone. */
export function readPublished(kept: Kept, today: CalendarDate, now: Date): PublishedTranscript | null {
  const { transcript, program } = kept
  if (transcript.validThrough < today) return null

  const awards = checkAwards(program, today, kept.awards)
  const { holder, remarks, validThrough } = transcript
  return { holder, remarks, validThrough, awards, verdict: verdictOn(awards), checkedAt: now }
}
