import * as v from 'valibot'
import { paragraphs } from '../core/plain-text.ts'
import type { RecordName } from './name.ts'
import type { ClaimFor } from './request.ts'
import { Seen } from './thread/staff-message.ts'
import { isTypoFix } from './typo-fix.ts'

export const REASON_LIMIT = 2000

/**
 * What staff decide, and the last message that they had seen by then. A refusal says why: the candidate is written the
 * same words.
 */
export type Decision = ({ isApproved: true; isShown: boolean } | { isApproved: false; reason: string }) & {
  seen: number
}

const Ticked = v.pipe(
  v.optional(v.unknown(), false),
  v.transform((value) => value !== false),
)

export const DecisionForm = v.variant(
  'decision',
  [
    v.pipe(
      v.object({ decision: v.literal('approve'), shown: Ticked, seen: Seen }),
      v.transform(({ shown, seen }): Decision => ({ isApproved: true, isShown: shown, seen })),
    ),
    v.pipe(
      v.object({
        decision: v.literal('refuse'),
        reason: v.pipe(
          paragraphs(REASON_LIMIT, 'requests.decide.reason.refused', 'requests.decide.reason.long'),
          v.nonEmpty('requests.decide.reason.missing'),
        ),
        seen: Seen,
      }),
      v.transform(({ reason, seen }): Decision => ({ isApproved: false, reason, seen })),
    ),
  ],
  'requests.decide.missing',
)

/** What approving one asks of a reviewer: one click, a look at the document, or it cannot be done. */
export type Approval = 'click' | 'document' | 'impossible'

/**
 * A misprint in a name that nobody changed before is so near to the name on record that no document needs to be
 * seen: before, since by many small steps a name could become any other. Two records are compared, not documents.
 * Everything else needs the document, which may be destroyed by now.
 */
export function approvalOf(
  request: ClaimFor,
  onRecord: RecordName & { nameDecidedAt: Date | null },
  hasPhoto: boolean,
): Approval {
  if (request.kind === 'merge_conflict') return 'click'
  if (request.kind === 'name_change' && isSimpleFix(onRecord, request.details.to)) return 'click'
  return hasPhoto ? 'document' : 'impossible'
}

export function isSimpleFix(onRecord: RecordName & { nameDecidedAt: Date | null }, to: RecordName): boolean {
  return onRecord.nameDecidedAt === null && isTypoFix(onRecord, to)
}
