/**
 * Stands for what a row says: two versions of one row with one hash are the same news. It is only ever compared
 * between versions of the same row, a million times in an import, so it is short and quick and no seal. A blank field
 * counts as one that is not there, so a new kind of field, added last, changes no hash of rows without it.
 */
export function rowHash(fields: object): string {
  // Two independent 32-bit halves, after bryc's cyrb53: each field's place and character is mixed in by multiplication.
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  let place = 0
  for (const value of Object.values(fields) as (string | number | boolean | null)[]) {
    place += 1
    if (value === null) continue
    const text = typeof value === 'string' ? value : String(value)
    high = Math.imul(high ^ place, 2_654_435_761)
    low = Math.imul(low ^ place, 1_597_334_677)
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index)
      high = Math.imul(high ^ code, 2_654_435_761)
      low = Math.imul(low ^ code, 1_597_334_677)
    }
  }
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909)
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909)
  return (high >>> 0).toString(36) + (low >>> 0).toString(36).padStart(7, '0')
}
