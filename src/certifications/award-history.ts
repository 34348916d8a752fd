import * as v from 'valibot'
import type { CalendarDate } from '../core/calendar-date.ts'
import type { AwardRow } from './status-queries.ts'

const Pass = v.object({ exam: v.string(), passedOn: v.string(), seriesCode: v.string() })

const Completion = v.object({ course: v.string(), completedOn: v.string() })

const Reason = v.object({
  pass: Pass,
  completedBy: Pass,
  prerequisites: v.array(v.object({ certification: v.string(), awardedOn: v.string() })),
})

const StoredRenewal = v.object({
  renewedOn: v.string(),
  previousExpiresOn: v.string(),
  expiresOn: v.string(),
  reason: v.fallback(
    v.nullable(
      v.object({
        pass: v.optional(Pass),
        completion: v.optional(Completion),
        cascadeFrom: v.nullable(v.string()),
      }),
    ),
    null,
  ),
})

/** The exam behind an award or a renewal, as the record kept it. */
export type RecordedPass = v.InferOutput<typeof Pass>

/** The course behind a renewal. */
export type RecordedCompletion = v.InferOutput<typeof Completion>

export type AwardHistory = {
  earned: v.InferOutput<typeof Reason> | null
  renewals: {
    renewedOn: CalendarDate
    previousExpiresOn: CalendarDate
    expiresOn: CalendarDate
    pass: RecordedPass | null
    completion: RecordedCompletion | null
    cascadeFrom: string | null
  }[]
}

/** How an award came about and lasted. A reason that an older version wrote otherwise is left out, not guessed. */
export function awardHistory({ reason, renewals }: Pick<AwardRow, 'reason' | 'renewals'>): AwardHistory {
  const earned = v.safeParse(Reason, JSON.parse(reason))
  return {
    earned: earned.success ? earned.output : null,
    renewals: v.parse(v.array(StoredRenewal), JSON.parse(renewals)).map(({ reason, ...renewal }) => ({
      ...renewal,
      pass: reason?.pass ?? null,
      completion: reason?.completion ?? null,
      cascadeFrom: reason?.cascadeFrom ?? null,
    })),
  }
}
