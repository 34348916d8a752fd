import type { Action } from '../audit/actions.ts'
import type { AwardAct } from '../certifications/evaluated-award.ts'
import type { CalendarDate } from '../core/calendar-date.ts'
import { awardActKinds } from '../schema.ts'

export type ActKind = AwardAct['kind']

export const actKinds: readonly ActKind[] = awardActKinds

export const REASON_LIMIT = 2000

/** What one of the staff does to an award; the reason is told to the candidate. */
export type NewAct = Pick<AwardAct, 'kind' | 'on' | 'toAwardedOn' | 'toExpiresOn'> & { reason: string }

type Acted = {
  expiresOn: CalendarDate | null
  suspendedOn: CalendarDate | null
  revokedOn: CalendarDate | null
  supersededBy: number | null
}

/** What can be done to an award as it stands; nothing to one that another stands for. */
export function possibleActs({ expiresOn, suspendedOn, revokedOn, supersededBy }: Acted): ActKind[] {
  if (supersededBy !== null) return []
  if (revokedOn !== null) return ['reinstate']
  const isPossible: Record<ActKind, boolean> = {
    reinstate: suspendedOn !== null,
    suspend: suspendedOn === null,
    extend: expiresOn !== null,
    correct: true,
    revoke: true,
  }
  return (Object.keys(isPossible) as ActKind[]).filter((kind) => isPossible[kind])
}

const ACTIONS = {
  revoke: 'award.revoked',
  suspend: 'award.suspended',
  reinstate: 'award.reinstated',
  extend: 'award.extended',
  correct: 'award.corrected',
} as const satisfies Record<ActKind, Action>

export function actionOf(kind: ActKind) {
  return ACTIONS[kind]
}
