import type { CalendarDate } from '../core/calendar-date.ts'
import { revocationLeft } from './acts.ts'
import { type KeptAward, matchAwards, type Verdict } from './award-matching.ts'
import type { AwardAct, EvaluatedAward, Events, Renewal } from './evaluated-award.ts'

/** A renewal as it is stored. */
export type KeptRenewal = {
  renewedOn: CalendarDate
  rule: string
  /** One of them at most: what renewed is an exam, a course or an act of the staff, or the program's own decree. */
  resultId: number | null
  completionId: number | null
  actId: number | null
  previousExpiresOn: CalendarDate
  expiresOn: CalendarDate
  reason: string
}

/** A stored award with what it was given for, in the words that are kept of it. */
export type KeptHolding = KeptAward & {
  number: string
  emeritusOn: CalendarDate | null
  reason: string
  renewals: KeptRenewal[]
}

export type AwardChange = Pick<
  KeptHolding,
  'id' | 'awardedOn' | 'expiresOn' | 'emeritusOn' | 'reason' | 'suspendedOn' | 'revokedOn' | 'supersededBy'
>

/** What has to be written for one candidate; nothing where the record says already what the rules say. */
export type AwardChanges = {
  changed: AwardChange[]
  renewed: { number: string; renewals: KeptRenewal[] }[]
  created: EvaluatedAward[]
}

type Evaluated = EvaluatedAward & { passId: number | null }

export function awardChanges(
  evaluated: readonly EvaluatedAward[],
  kept: readonly KeptHolding[],
  { passes, acts }: Pick<Events, 'passes' | 'acts'>,
  today: CalendarDate,
): AwardChanges {
  const passIds = new Set(passes.map(({ resultId }) => resultId))
  const { verdicts, unkept } = matchAwards(
    evaluated.map((award) => ({ ...award, passId: award.reason.pass?.resultId ?? null })),
    kept,
    (passId) => passIds.has(passId),
  )
  const live = kept.filter(({ supersededBy }) => supersededBy === null)
  return {
    changed: verdicts.flatMap((verdict) => changeOf(verdict, live, acts, today) ?? []),
    renewed: verdicts.flatMap((verdict) => {
      if (verdict.fate !== 'stands') return []
      const renewals = keptRenewals(verdict.holding.renewals)
      return areSame(renewals, verdict.kept.renewals) ? [] : [{ number: verdict.kept.number, renewals }]
    }),
    created: unkept,
  }
}

/** In the shape in which they are read back. */
export function keptRenewals(renewals: readonly Renewal[]): KeptRenewal[] {
  return renewals.map(
    ({ renewedOn, rule, previousExpiresOn, expiresOn, cascade, cascadeFrom, ...by }): KeptRenewal => ({
      renewedOn,
      rule,
      resultId: 'pass' in by ? (by.pass?.resultId ?? null) : null,
      completionId: 'completion' in by ? by.completion.id : null,
      actId: 'act' in by ? by.act : null,
      previousExpiresOn,
      expiresOn,
      reason: JSON.stringify({ ...by, cascade, cascadeFrom }),
    }),
  )
}

/** Whether the record says the same in as many rows: in which order it gives those of one day is its own affair. */
export function areSame<Row extends object>(rows: readonly Row[], kept: readonly Row[]): boolean {
  return inOneOrder(rows) === inOneOrder(kept)
}

function inOneOrder(rows: readonly object[]): string {
  return rows
    .map((row) => JSON.stringify(row))
    .sort()
    .join()
}

function changeOf(
  verdict: Verdict<Evaluated, KeptHolding>,
  live: readonly KeptHolding[],
  acts: readonly AwardAct[],
  today: CalendarDate,
): AwardChange | null {
  const { id, awardedOn, expiresOn, emeritusOn, reason, suspendedOn, revokedOn, supersededBy } = verdict.kept
  const before = { id, awardedOn, expiresOn, emeritusOn, reason, suspendedOn, revokedOn, supersededBy }
  const after = { ...before, ...consequence(verdict, live, acts, today) }
  if (JSON.stringify(before) === JSON.stringify(after)) return null
  return after
}

/**
 * A lost basis suspends, and its return lifts the suspension, unless the staff suspended it: to revoke is a person's act.
 * What a person revoked stays in sight under its own code, and drags no other award with it. The rules know nothing of an
 * award without a basis; it is revoked and reinstated all the same.
 */
function consequence(
  verdict: Verdict<Evaluated, KeptHolding>,
  live: readonly KeptHolding[],
  acts: readonly AwardAct[],
  today: CalendarDate,
): Partial<AwardChange> {
  const { kept } = verdict
  switch (verdict.fate) {
    case 'stands': {
      const { awardedOn, expiresOn, emeritusOn, reason, suspendedOn, revokedOn } = verdict.holding
      return {
        awardedOn,
        expiresOn,
        emeritusOn,
        reason: JSON.stringify(reason),
        suspendedOn,
        revokedOn,
        supersededBy: null,
      }
    }
    case 'merged': {
      const isRevoked = kept.revokedOn !== null && revocationLeft(acts, kept, live) !== null
      if (isRevoked || verdict.holding.revokedOn !== null) return {}
      return { suspendedOn: null, revokedOn: null, supersededBy: verdict.into.id }
    }
    case 'baseless': {
      if (kept.supersededBy !== null) return {}
      const revokedOn = revocationLeft(acts, kept, live)
      if (revokedOn !== null) return { revokedOn }
      return { revokedOn, suspendedOn: kept.suspendedOn ?? today }
    }
  }
}
