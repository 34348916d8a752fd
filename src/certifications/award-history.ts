import * as v from 'valibot'
import type { CalendarDate } from '../core/calendar-date.ts'
import type { AwardRow } from './status-queries.ts'

const Pass = v.object({ exam: v.string(), passedOn: v.string(), seriesCode: v.string() })

const Reason = v.object({
  pass: Pass,
  completedBy: Pass,
  prerequisites: v.array(v.object({ certification: v.string(), awardedOn: v.string() })),
})

const StoredRenewal = v.object({
  renewedOn: v.string(),
  previousExpiresOn: v.string(),
  expiresOn: v.string(),
  reason: v.fallback(v.nullable(v.object({ pass: Pass, cascadeFrom: v.nullable(v.string()) })), null),
})

/** The exam behind an award or a renewal, as the record kept it. */
export type RecordedPass = v.InferOutput<typeof Pass>

export type AwardHistory = {
  earned: v.InferOutput<typeof Reason> | null
  renewals: {
    renewedOn: CalendarDate
    previousExpiresOn: CalendarDate
    expiresOn: CalendarDate
    pass: RecordedPass | null
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
      cascadeFrom: reason?.cascadeFrom ?? null,
    })),
  }
}
