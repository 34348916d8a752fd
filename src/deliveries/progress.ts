import type { Counts } from '../import/row.ts'
import type { deliveryStates } from '../schema.ts'

/** What an import is doing. */
export type ImportStage = 'waiting' | 'opening' | 'staging' | 'applying' | 'settling' | 'ended'

export type Progress = {
  state: (typeof deliveryStates)[number]
  stagedBytes: number
  appliedBytes: number
  totalBytes: number
  /** Rows staged so far. */
  rows: number
  counts: Counts
}

export function stageOf({ state, stagedBytes, appliedBytes, totalBytes }: Progress): ImportStage {
  if (state === 'received') return 'waiting'
  if (state !== 'importing') return 'ended'
  if (totalBytes === 0) return 'opening'
  if (appliedBytes >= totalBytes) return 'settling'
  return appliedBytes > 0 || stagedBytes >= totalBytes ? 'applying' : 'staging'
}

/** Of both passes over the bytes. */
export function shareDone({ stagedBytes, appliedBytes, totalBytes }: Progress): number {
  return totalBytes === 0 ? 0 : Math.min(1, (stagedBytes + appliedBytes) / (2 * totalBytes))
}
