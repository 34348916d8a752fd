import { createHash } from 'node:crypto'

/** Of each listed password its SHA-256 is kept, this much of it: one chosen freely is on the list by a chance of 1 in 400,000. */
export const LISTED_BYTES = 4

/** One spelling for all that differ only in case, width and spaces around. */
export function foldPassword(password: string): string {
  return password.normalize('NFKC').toLowerCase().trim()
}

/** Whether a folded password stands in a list as scripts/common-passwords.ts makes it: hashes in order, in base64. */
export function isListed(folded: string, packed: Buffer): boolean {
  const sought = createHash('sha256').update(folded).digest().subarray(0, LISTED_BYTES)
  let [low, high] = [0, packed.length / LISTED_BYTES]
  while (low < high) {
    const middle = (low + high) >>> 1
    const order = sought.compare(packed, middle * LISTED_BYTES, (middle + 1) * LISTED_BYTES)
    if (order === 0) return true
    if (order < 0) high = middle
    else low = middle + 1
  }
  return false
}
