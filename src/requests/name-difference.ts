/** A word of a name, and whether the other name does not have it at this place. */
export type MarkedWord = { word: string; differs: boolean }

/** The words of `text`, those marked that do not belong to the longest row of words which both names have. */
export function markedWords(text: string, other: string): MarkedWord[] {
  const own = wordsOf(text)
  const others = wordsOf(other)
  const common = commonRows(own, others)
  let i = 0
  let j = 0
  return own.map((word) => {
    while (
      i < own.length &&
      j < others.length &&
      own[i] !== others[j] &&
      common[i]![j + 1]! >= common[i + 1]![j]!
    )
      j += 1
    const differs = own[i] !== others[j]
    if (!differs) j += 1
    i += 1
    return { word, differs }
  })
}

/** For each pair of places how many words the rests of both have in common, in order. */
function commonRows(a: readonly string[], b: readonly string[]): number[][] {
  const rows = Array.from({ length: a.length + 1 }, () => Array<number>(b.length + 1).fill(0))
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      rows[i]![j] = a[i] === b[j] ? rows[i + 1]![j + 1]! + 1 : Math.max(rows[i + 1]![j]!, rows[i]![j + 1]!)
  return rows
}

function wordsOf(text: string): string[] {
  return text.split(' ').filter((word) => word !== '')
}
