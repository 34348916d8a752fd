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

/** Lines with anything but blanks, however they end. */
function lineCounter() {
  let ended = 0
  let isBlank = true
  return {
    see(bytes: Uint8Array) {
      for (const byte of bytes) {
        if (byte === LF || byte === CR) {
          if (!isBlank) ended += 1
          isBlank = true
        } else if (isBlank && byte !== SPACE && byte !== TAB) isBlank = false
      }
    },
    lines: () => ended + (isBlank ? 0 : 1),
  }
}
