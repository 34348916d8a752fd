import { createHash } from 'node:crypto'
import { type Encoding, encodingDetector } from './table-text.ts'

/** What was seen of a file's bytes while they passed by. `sha256` is null where nobody asked for it. */
export type Inspection = { encoding: Encoding; lines: number; sha256: string | null }

export type ByteInspector = { see(bytes: Uint8Array): void; inspection(): Inspection }

/** Looks at a file once, whatever its size: how it is encoded, how many of its lines are not blank, its digest. */
export function byteInspector(withDigest: boolean): ByteInspector {
  const detector = encodingDetector()
  const counter = lineCounter()
  const hash = withDigest ? createHash('sha256') : null
  return {
    see(bytes) {
      detector.see(bytes)
      counter.see(bytes)
      hash?.update(bytes)
    },
    inspection: () => ({
      encoding: detector.encoding(),
      lines: counter.lines(),
      sha256: hash?.digest('hex') ?? null,
    }),
  }
}

const [TAB, LF, CR, SPACE] = [9, 10, 13, 32]
const BLANKS = new Set([TAB, LF, CR, SPACE])

/** Lines with anything but blanks, however they end. */
function lineCounter() {
  let ended = 0
  let isBlank = true
  return {
    see(bytes: Uint8Array) {
      const nextEnd = ends(bytes)
      for (let at = 0; at < bytes.length; ) {
        if (isBlank) {
          isBlank = BLANKS.has(bytes[at]!)
          at += 1
        } else {
          at = nextEnd(at) + 1
          if (at > bytes.length) return
          ended += 1
          isBlank = true
        }
      }
    },
    lines: () => ended + (isBlank ? 0 : 1),
  }
}

/** Finds the next end of a line, or the end of the bytes: by searching, which is much quicker than looking at each byte. */
function ends(bytes: Uint8Array): (at: number) => number {
  let lf = -1
  let cr = -1
  return (at) => {
    if (lf < at) lf = indexOrEnd(bytes, LF, at)
    if (cr < at) cr = indexOrEnd(bytes, CR, at)
    return Math.min(lf, cr)
  }
}

function indexOrEnd(bytes: Uint8Array, byte: number, at: number): number {
  const index = bytes.indexOf(byte, at)
  return index === -1 ? bytes.length : index
}
