export type Encoding = 'utf-8' | 'windows-1252'

export const UTF8_BOM_BYTES = 3

/** Looks at a file's bytes as they pass by, and says at the end how they are to be read. */
export type EncodingDetector = { see(bytes: Uint8Array): void; encoding(): Encoding }

/**
 * Files never say how they are encoded. What is strictly UTF-8 is UTF-8; anything else is read as windows-1252,
 * which is what vendors mean by Latin-1.
 */
export function encodingDetector(): EncodingDetector {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let isUtf8 = true

  function decode(bytes?: Uint8Array) {
    if (!isUtf8) return
    try {
      decoder.decode(bytes, { stream: bytes !== undefined })
    } catch {
      isUtf8 = false
    }
  }

  return {
    see: decode,
    encoding() {
      decode()
      return isUtf8 ? 'utf-8' : 'windows-1252'
    },
  }
}

/** A character that is cut in two at the end is left out, unless nothing comes after it. */
export function decodeText(bytes: Uint8Array, encoding: Encoding, complete: boolean): string {
  return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes, { stream: !complete })
}

const encoder = new TextEncoder()

/** How many bytes of the file the text stood for. windows-1252 has one byte for each character. */
export function byteLengthOf(text: string, encoding: Encoding): number {
  return encoding === 'utf-8' ? encoder.encode(text).length : text.length
}

export function startsWithBytes(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte)
}
