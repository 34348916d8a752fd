/** Bytes from `from` up to `to` that are replaced by `kept`, which is never longer. */
export type Blank = { from: number; to: number; kept: Uint8Array }

export function blankedSize(size: number, blanks: readonly Blank[]): number {
  return blanks.reduce((left, { from, to, kept }) => left - (to - from) + kept.length, size)
}

/** Passes bytes on without the blanks, which are in order and do not overlap. */
export function blanking(blanks: readonly Blank[]): TransformStream<Uint8Array, Uint8Array> {
  let at = 0
  let next = 0
  return new TransformStream({
    transform(part, controller) {
      const end = at + part.length
      let from = at
      while (next < blanks.length && blanks[next]!.from < end) {
        const blank = blanks[next]!
        if (blank.from >= from) {
          if (blank.from > from) controller.enqueue(part.subarray(from - at, blank.from - at))
          if (blank.kept.length > 0) controller.enqueue(blank.kept)
        }
        from = Math.min(blank.to, end)
        if (blank.to > end) break
        next += 1
      }
      if (from < end) controller.enqueue(part.subarray(from - at))
      at = end
    },
  })
}
