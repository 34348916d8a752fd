import * as v from 'valibot'
import { addDays, addMonths, type CalendarDate, isCalendarDate } from '../core/calendar-date.ts'
import { paragraphs } from '../core/plain-text.ts'

const DEFAULT_VALID_DAYS = 90
const LONGEST_VALID_MONTHS = 120
export const REMARKS_LIMIT = 2000
/** More certifications than any program has. */
const AWARDS_LIMIT = 200

export function defaultValidThrough(today: CalendarDate): CalendarDate {
  return addDays(today, DEFAULT_VALID_DAYS)
}

export function latestValidThrough(today: CalendarDate): CalendarDate {
  return addMonths(today, LONGEST_VALID_MONTHS)
}

const Remarks = paragraphs(REMARKS_LIMIT, 'transcripts.remarks.unprintable', 'transcripts.remarks.long')

const AwardId = v.pipe(
  v.string('transcripts.award.foreign'),
  v.regex(/^[1-9]\d{0,14}$/, 'transcripts.award.foreign'),
  v.transform(Number),
)

/** One ticked box arrives as a text, several as a list, none not at all. */
const Awards = v.pipe(
  v.optional(v.union([v.string(), v.array(v.string())], 'transcripts.award.foreign'), []),
  v.transform((value) => [...new Set([value].flat())]),
  v.minLength(1, 'transcripts.award.none'),
  v.maxLength(AWARDS_LIMIT, 'transcripts.award.foreign'),
  v.array(AwardId),
)

/** What a candidate fills in; `today` bounds how long the link may work. */
export function transcriptForm(today: CalendarDate) {
  return v.object({
    validThrough: v.pipe(
      v.optional(v.string('transcripts.valid-through.invalid'), ''),
      v.nonEmpty('transcripts.valid-through.missing'),
      v.check((text) => text === '' || isCalendarDate(text), 'transcripts.valid-through.invalid'),
      v.check((text) => !isCalendarDate(text) || text >= today, 'transcripts.valid-through.past'),
      v.check(
        (text) => !isCalendarDate(text) || text <= latestValidThrough(today),
        'transcripts.valid-through.far',
      ),
    ),
    remarks: Remarks,
    award: Awards,
  })
}

export type TranscriptForm = v.InferOutput<ReturnType<typeof transcriptForm>>

/** The key of one filling-in of the form: the same sent twice is one transcript. */
export const Submission = v.object({ submission: v.pipe(v.string(), v.uuid()) })
