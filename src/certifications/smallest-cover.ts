type Candidate = { kept: readonly string[] }

/** Up to so many are tried in every combination; of more, the one that keeps most of the rest is taken each time. */
const MOST_TOGETHER = 3
/** As many as the bits of a whole number. */
const MOST_CODES = 30

/**
 * The first of the smallest selections that keep all of these, in the order of what is given. One that keeps nothing but
 * what an earlier or a larger one keeps is never needed.
 */
export function smallestCover<One extends Candidate>(
  candidates: readonly One[],
  codes: readonly string[],
): One[] {
  if (codes.length <= MOST_CODES) {
    const all = 2 ** codes.length - 1
    const masked = undominated(candidates.map((one) => ({ one, mask: maskOf(one, codes) })))
    for (let size = 0; size <= MOST_TOGETHER; size += 1) {
      const found = selection(masked, size, all)
      if (found) return found.map(({ one }) => one)
    }
  }

  const chosen: One[] = []
  for (let left = codes; left.length > 0; ) {
    const gain = ({ kept }: One) => left.filter((code) => kept.includes(code)).length
    const best = candidates.reduce((one, other) => (gain(other) > gain(one) ? other : one))
    chosen.push(best)
    left = left.filter((code) => !best.kept.includes(code))
  }
  return chosen
}

type Masked<One> = { one: One; mask: number }

function maskOf({ kept }: Candidate, codes: readonly string[]): number {
  return codes.reduce((mask, code, index) => (kept.includes(code) ? mask | (1 << index) : mask), 0)
}

function undominated<One>(all: readonly Masked<One>[]): Masked<One>[] {
  const first = all.filter(({ mask }, index) => all.findIndex((other) => other.mask === mask) === index)
  return first.filter(
    ({ mask }) => !first.some((other) => other.mask !== mask && (other.mask & mask) === mask),
  )
}

/** The first selection of so many that covers what is left. */
function selection<One>(all: readonly Masked<One>[], size: number, left: number): Masked<One>[] | null {
  if (size === 0) return left === 0 ? [] : null
  for (const [index, one] of all.entries()) {
    const others = selection(all.slice(index + 1), size - 1, left & ~one.mask)
    if (others) return [one, ...others]
  }
  return null
}
