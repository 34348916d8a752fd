import * as v from 'valibot'
import type { AwardRow } from './status-queries.ts'

const Pass = v.object({
  exam: v.string(),
  passedOn: v.string(),
  seriesCode: v.string(),
  resultId: v.optional(v.number()),
})
const Completion = v.object({ course: v.string(), completedOn: v.string() })
const Approval = v.object({ approval: v.string(), approvedOn: v.string() })

const Credit = v.union([
  v.object({ pass: Pass }),
  v.object({ completion: Completion }),
  v.object({ approval: Approval }),
])

const Reason = v.object({
  pass: v.nullable(Pass),
  others: v.optional(v.array(Credit), []),
  completedBy: v.nullable(Pass),
  completedOn: v.optional(v.string()),
  prerequisites: v.array(v.object({ certification: v.string(), awardedOn: v.string() })),
})

const StoredRenewal = v.object({
  renewedOn: v.string(),
  rule: v.string(),
  previousExpiresOn: v.string(),
  expiresOn: v.string(),
  reason: v.fallback(
    v.nullable(
      v.object({
        pass: v.optional(v.nullable(Pass)),
        completion: v.optional(Completion),
        act: v.optional(v.number()),
        extension: v.optional(v.string()),
        cascade: v.optional(v.nullable(v.string())),
        cascadeFrom: v.nullable(v.string()),
      }),
    ),
    null,
  ),
})

const StoredAct = v.object({
  kind: v.picklist(['revoke', 'suspend', 'reinstate', 'extend', 'correct']),
  on: v.string(),
  toAwardedOn: v.nullable(v.string()),
  toExpiresOn: v.nullable(v.string()),
  reason: v.string(),
})

/** The exam behind an award or a renewal, as the record kept it. */
export type RecordedPass = v.InferOutput<typeof Pass>

export type RecordedCredit = v.InferOutput<typeof Credit>
export type RecordedReason = v.InferOutput<typeof Reason>
export type RecordedAct = v.InferOutput<typeof StoredAct>

export type RecordedRenewal = Omit<v.InferOutput<typeof StoredRenewal>, 'reason'> &
  Partial<NonNullable<v.InferOutput<typeof StoredRenewal>['reason']>>

export type AwardHistory = {
  earned: RecordedReason | null
  renewals: RecordedRenewal[]
  acts: RecordedAct[]
}

/** How an award came about and lasted. A reason that an older version wrote otherwise is left out, not guessed. */
export function awardHistory({
  reason,
  renewals,
  acts,
}: Pick<AwardRow, 'reason' | 'renewals' | 'acts'>): AwardHistory {
  const earned = v.safeParse(Reason, JSON.parse(reason))
  return {
    earned: earned.success ? earned.output : null,
    renewals: v.parse(v.array(StoredRenewal), JSON.parse(renewals)).map(({ reason, ...renewal }) => ({
      ...renewal,
      ...reason,
    })),
    acts: v.parse(v.array(StoredAct), JSON.parse(acts)),
  }
}
