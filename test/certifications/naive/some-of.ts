import fc from 'fast-check'

/** At most so many, each with a code of its own: R1, R2. */
export function someOf<One extends object>(
  one: fc.Arbitrary<One>,
  letter: string,
  most: number,
  key = 'id',
): fc.Arbitrary<(One & Record<string, unknown>)[]> {
  return fc
    .array(one, { maxLength: most })
    .map((list) => list.map((part, index) => ({ [key]: `${letter}${index + 1}`, ...part })))
}
