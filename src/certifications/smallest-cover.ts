type Candidate = { kept: readonly string[] }

/** Up to so many are tried in every combination; of more, the one that keeps most of the rest is taken each time. */
const MOST_TOGETHER = 3

/** The first of the smallest selections that keep all of these, in the order of what is given. */
export function smallestCover<One extends Candidate>(
  candidates: readonly One[],
  codes: readonly string[],
): One[] {
  const isCover = (some: readonly One[]) =>
    codes.every((code) => some.some(({ kept }) => kept.includes(code)))
  for (let size = 0; size <= MOST_TOGETHER; size += 1)
    for (const some of selections(candidates, size)) if (isCover(some)) return some

  const chosen: One[] = []
  for (let left = codes; left.length > 0; ) {
    const gain = ({ kept }: One) => left.filter((code) => kept.includes(code)).length
    const best = candidates.reduce((one, other) => (gain(other) > gain(one) ? other : one))
    chosen.push(best)
    left = left.filter((code) => !best.kept.includes(code))
  }
  return chosen
}

function* selections<One>(all: readonly One[], size: number): Generator<One[]> {
  if (size === 0) {
    yield []
    return
  }
  for (const [index, one] of all.entries())
    for (const others of selections(all.slice(index + 1), size - 1)) yield [one, ...others]
}
