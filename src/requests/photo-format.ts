import type { photoTypes } from '../schema.ts'

export type PhotoType = (typeof photoTypes)[number]

/** Brands of HEIF files whose pictures are HEVC (ISO/IEC 23008-12, annex B), and those that only say HEIF. */
const HEVC_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs']
const HEIF_BRANDS = ['mif1', 'msf1', 'mif2']

const PNG_SIGNATURE = '\x89PNG\r\n\x1a\n'
/** The comment of a ZIP is at most this long, and its end record stands before it (APPNOTE 4.3.16). */
const ZIP_TAIL_BYTES = 65_535 + 22

/**
 * What the bytes are, told by the bytes alone: the start says the format, and the structure must hold to its end, so
 * that half an upload is none. Null for everything else, and for a picture that is a ZIP as well.
 */
export function photoTypeOf(bytes: Uint8Array): PhotoType | null {
  if (isAlsoZip(bytes)) return null
  if (isJpeg(bytes)) return 'image/jpeg'
  if (isPng(bytes)) return 'image/png'
  if (isHeic(bytes)) return 'image/heic'
  if (isPdf(bytes)) return 'application/pdf'
  return null
}

/** Segments up to a scan, with a frame before it, and an end of image behind it (ITU-T T.81, annex B). */
function isJpeg(bytes: Uint8Array): boolean {
  if (latin(bytes, 0, 3) !== '\xff\xd8\xff') return false
  let at = 2
  let hasFrame = false
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1]!
    if (marker === 0xff) {
      at += 1
      continue
    }
    const length = (bytes[at + 2]! << 8) | bytes[at + 3]!
    if (length < 2 || at + 2 + length > bytes.length) return false
    if (isFrame(marker)) hasFrame = true
    // Within a scan FF D9 stands for the end only. What phones put behind it (a depth map, a film) may stay.
    if (marker === 0xda) return hasFrame && bufferOf(bytes).includes('\xff\xd9', at + 2 + length, 'latin1')
    at += 2 + length
  }
  return false
}

/** SOF0 to SOF15 without DHT, JPG and DAC, which share their range. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
}

/** IHDR first, pixels, and IEND (PNG third edition, 5.6). */
function isPng(bytes: Uint8Array): boolean {
  if (latin(bytes, 0, 8) !== PNG_SIGNATURE || latin(bytes, 12, 16) !== 'IHDR') return false
  let at = 8
  let hasPixels = false
  while (at + 12 <= bytes.length) {
    const name = latin(bytes, at + 4, at + 8)
    const next = at + 12 + number(bytes, at)
    if (next > bytes.length) return false
    if (name === 'IDAT') hasPixels = true
    if (name === 'IEND') return hasPixels
    at = next
  }
  return false
}

/** Boxes that fill the file, of an HEVC brand, with the picture's description among them (ISO/IEC 14496-12, 4.2). */
function isHeic(bytes: Uint8Array): boolean {
  if (latin(bytes, 4, 8) !== 'ftyp' || !hasHeicBrand(bytes)) return false
  const boxes = new Set<string>()
  let at = 0
  while (at < bytes.length) {
    if (at + 8 > bytes.length) return false
    const size = number(bytes, at)
    boxes.add(latin(bytes, at + 4, at + 8))
    if (size === 0) break
    if (size === 1 && at + 16 > bytes.length) return false
    const whole = size === 1 ? number(bytes, at + 8) * 2 ** 32 + number(bytes, at + 12) : size
    if (whole < 8 || at + whole > bytes.length) return false
    at += whole
  }
  return boxes.has('meta') || boxes.has('moov')
}

function hasHeicBrand(bytes: Uint8Array): boolean {
  const size = number(bytes, 0)
  if (size < 16 || size > 256 || size % 4 !== 0 || size > bytes.length) return false
  const [major, , ...compatible] = (latin(bytes, 8, size).match(/.{4}/gs) ?? []) as string[]
  if (HEVC_BRANDS.includes(major!)) return true
  return HEIF_BRANDS.includes(major!) && compatible.some((brand) => HEVC_BRANDS.includes(brand))
}

/** A header at the very start, and a trailer within the last kilobyte (ISO 32000-2, 7.5.2 and 7.5.5). */
function isPdf(bytes: Uint8Array): boolean {
  if (!/^%PDF-[12]\.\d[\r\n \t]/.test(latin(bytes, 0, 9))) return false
  return /startxref\s+\d+\s+%%EOF/.test(latin(bytes, Math.max(0, bytes.length - 1024)))
}

/** An end record whose comment runs exactly to the end: ZIP readers begin there, whatever the start says. */
function isAlsoZip(bytes: Uint8Array): boolean {
  const tail = bytes.subarray(Math.max(0, bytes.length - ZIP_TAIL_BYTES))
  const text = latin(tail, 0)
  for (let at = text.indexOf('PK\x05\x06'); at !== -1; at = text.indexOf('PK\x05\x06', at + 1)) {
    if (at + 22 + (tail[at + 20]! | (tail[at + 21]! << 8)) === tail.length) return true
  }
  return false
}

/** Four bytes, the highest first. */
function number(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(at)
}

/** Bytes as text of one character each. `windows-1252` would change some. */
function latin(bytes: Uint8Array, from: number, to = bytes.length): string {
  return bufferOf(bytes).toString('latin1', from, to)
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}

/** True for what every browser shows as a picture. */
export function isPicture(type: PhotoType): boolean {
  return type === 'image/jpeg' || type === 'image/png'
}
