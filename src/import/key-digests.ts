import { Buffer } from 'node:buffer'

/**
 * A number of 53 bits that stands for a key. Two keys have one number once in some thousand imports of a million rows,
 * and then a few rows are looked at that need not be: nothing is decided by it.
 */
export function keyDigest(key: string): number {
  // After bryc's cyrb53.
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let index = 0; index < key.length; index += 1) {
    const code = key.charCodeAt(index)
    high = Math.imul(high ^ code, 2_654_435_761)
    low = Math.imul(low ^ code, 1_597_334_677)
  }
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909)
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909)
  return 2 ** 32 * (2_097_151 & low) + (high >>> 0)
}

/** Eight bytes each, in base64. */
export function writeDigests(digests: Float64Array): string {
  return Buffer.from(digests.buffer, digests.byteOffset, digests.byteLength).toString('base64')
}

export function readDigests(text: string): Float64Array {
  const bytes = Buffer.from(text, 'base64')
  // A buffer of its own: one from the pool need not begin at a multiple of eight.
  return new Float64Array(new Uint8Array(bytes).buffer)
}

/** Those that stand among them more than once, each once. Sorts what it is given. */
export function repeatedAmong(digests: Float64Array): number[] {
  digests.sort()
  const repeated: number[] = []
  for (let index = 1; index < digests.length; index += 1) {
    const digest = digests[index]!
    if (digest === digests[index - 1] && digest !== repeated.at(-1)) repeated.push(digest)
  }
  return repeated
}
