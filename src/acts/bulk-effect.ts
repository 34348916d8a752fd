import type { KeptHolding } from '../certifications/award-changes.ts'
import type { RecordedCandidate } from '../certifications/award-queries.ts'
import type { CalendarDate } from '../core/calendar-date.ts'
import type { Rules } from '../program/versions.ts'
import { type NewAct, possibleActs } from './act.ts'
import {
  type AwardEffect,
  type AwardFacts,
  changesNothing,
  type Effect,
  effectOf,
  withActs,
} from './act-effect.ts'
import { digestOf } from './effect-digest.ts'

/** Why an act is not done to an award: it cannot be, it would begin before the award, or it changes nothing. */
export const leftOutReasons = ['impossible', 'early', 'nothing'] as const
export type LeftOut = (typeof leftOutReasons)[number]

export type BulkRow = {
  award: KeptHolding
  candidate: { id: string; revision: number; hasAddress: boolean }
  leftOut: LeftOut | null
  /** As it stands, and as it would; the same for one that is left out. */
  before: AwardFacts
  after: AwardFacts
}

/** `others`: what changes beside the awards that were named. */
export type BulkEffect = { rows: BulkRow[]; others: (AwardEffect & { candidateId: string })[] }

/** What one act on many awards would change, candidate by candidate, by the rules that will decide it. */
export function bulkEffect(
  rules: Rules,
  candidates: readonly RecordedCandidate[],
  awardIds: readonly number[],
  act: NewAct,
  today: CalendarDate,
): BulkEffect {
  const named = new Set(awardIds)
  const all: BulkEffect = { rows: [], others: [] }
  for (const candidate of candidates) {
    const effectWith = (awards: readonly KeptHolding[]): Effect => {
      const acts = awards.map((award) => ({ ...award, ...act }))
      return effectOf(rules, candidate, withActs(candidate.events, acts), today)
    }
    const awards = candidate.kept.filter(({ id }) => named.has(id))
    const judged = awards.map((award) => ({ award, leftOut: leftOutOf(award, act, effectWith) }))
    const done = judged.filter(({ leftOut }) => leftOut === null).map(({ award }) => award)
    const effect = done.length === 0 ? null : effectWith(done)
    const of = (number: string) => effect?.awards.find((one) => one.number === number)
    for (const { award, leftOut } of judged) {
      const { before = award, after = award } = { ...of(award.number) }
      all.rows.push({ award, candidate, leftOut, before: before ?? award, after })
    }
    const numbers = awards.map(({ number }) => number)
    for (const other of effect?.awards ?? [])
      if (other.number === null || !numbers.includes(other.number))
        all.others.push({ ...other, candidateId: candidate.id })
  }
  const place = new Map(awardIds.map((id, index) => [id, index]))
  all.rows.sort((a, b) => place.get(a.award.id)! - place.get(b.award.id)!)
  return all
}

function leftOutOf(
  award: KeptHolding,
  act: NewAct,
  effectWith: (awards: readonly KeptHolding[]) => Effect,
): LeftOut | null {
  if (!possibleActs(award).includes(act.kind)) return 'impossible'
  if (act.on < award.awardedOn) return 'early'
  return changesNothing(effectWith([award])) ? 'nothing' : null
}

export function actedRows({ rows }: BulkEffect): BulkRow[] {
  return rows.filter(({ leftOut }) => leftOut === null)
}

/** By what a preview is known again: what is done to which awards, what is left out, and all that changes. */
export function bulkDigest({ rows, others }: BulkEffect): Promise<string> {
  const seen = rows.map(({ award, candidate: { id, revision }, leftOut, before, after }) =>
    leftOut ? [award.id, leftOut] : [award.id, id, revision, before, after],
  )
  return digestOf([seen, others])
}
