import * as v from 'valibot'
import { paragraphs } from '../core/plain-text.ts'

export const TAKE_BACK_LIMIT = 2000

/** What is done about an approved course. The reason is written to the candidate. */
export const CourseStandingForm = v.variant(
  'act',
  [
    v.object({ act: v.literal('stand') }),
    v.object({
      act: v.literal('take-back'),
      reason: v.pipe(
        paragraphs(TAKE_BACK_LIMIT, 'requests.decide.reason.refused', 'requests.decide.reason.long'),
        v.nonEmpty('requests.decide.reason.missing'),
      ),
    }),
  ],
  'recertification.standing.missing',
)
