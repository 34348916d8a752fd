import { zlibSync } from 'fflate'

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const RGBA = 6
const FILTER_UP = 2

/** A square of RGBA pixels as a PNG file; the same pixels give the same bytes. */
export function encodePng(image: Uint8Array, pixels: number): Uint8Array<ArrayBuffer> {
  const header = Uint8Array.of(...u32(pixels), ...u32(pixels), 8, RGBA, 0, 0, 0)
  const parts = [
    Uint8Array.from(SIGNATURE),
    chunk('IHDR', header),
    chunk('sRGB', Uint8Array.of(0)),
    chunk('IDAT', zlibSync(filtered(image, pixels * 4), { level: 6 })),
    chunk('IEND', new Uint8Array(0)),
  ]
  const file = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  parts.reduce((at, part) => {
    file.set(part, at)
    return at + part.length
  }, 0)
  return file
}

/** Each row as its difference from the one above, which packs flat areas into almost nothing. */
function filtered(image: Uint8Array, stride: number): Uint8Array {
  const rows = image.length / stride
  const out = new Uint8Array(rows * (stride + 1))
  for (let row = 0; row < rows; row++) {
    const to = row * (stride + 1)
    out[to] = FILTER_UP
    for (let byte = 0; byte < stride; byte++) {
      const at = row * stride + byte
      out[to + 1 + byte] = image[at]! - (row === 0 ? 0 : image[at - stride]!)
    }
  }
  return out
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const whole = new Uint8Array(data.length + 12)
  const body = whole.subarray(4, data.length + 8)
  body.set([...type].map((letter) => letter.charCodeAt(0)))
  body.set(data, 4)
  whole.set(u32(data.length))
  whole.set(u32(crc32(body)), data.length + 8)
  return whole
}

/** CRC-32 as PNG wants it (RFC 2083, appendix 15), bit by bit: the files are small. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return ~crc >>> 0
}

function u32(value: number): number[] {
  return [(value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff]
}
