import type { Origin } from './origin.ts'
import type { Fault } from './row.ts'

export type Version = { rowHash: string; vendorTime: number }

export type Decision = { outcome: 'new' | 'changed' | 'unchanged' | 'superseded' } | { fault: Fault }

/**
 * News against what is stored: the vendor's clock decides, not the order of arrival. Of two versions with one
 * clock the later arrival counts.
 */
export function decideByTime(incoming: Version, stored: Version | null): Exclude<Decision, { fault: Fault }> {
  if (!stored) return { outcome: 'new' }
  if (incoming.rowHash === stored.rowHash) return { outcome: 'unchanged' }
  return { outcome: incoming.vendorTime < stored.vendorTime ? 'superseded' : 'changed' }
}

/**
 * The keys for which one file says different things, as known from the whole file or, where it was not compared before,
 * among these rows. Nobody can tell which is right, so all of them wait; the same said twice is merely said twice.
 */
export function contradictedKeys<Fields>(
  rows: readonly { fields: Fields }[],
  keyOf: (fields: Fields) => string,
  { contradicted: known, isCompared }: Pick<Origin, 'contradicted' | 'isCompared'>,
): ReadonlySet<string> {
  if (isCompared) return known
  const firsts = new Map<string, Fields>()
  const contradicted = new Set(known)
  for (const { fields } of rows) {
    const key = keyOf(fields)
    const first = firsts.get(key)
    if (first === undefined) firsts.set(key, fields)
    else if (JSON.stringify(first) !== JSON.stringify(fields)) contradicted.add(key)
  }
  return contradicted
}

export function contradiction(key: string): Fault {
  return {
    reason: 'duplicate_in_file',
    message: `${key} stands in this file more than once, with other values`,
  }
}
