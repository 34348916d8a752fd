const latin = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))

function join(...parts: Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

function number(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}

const chunk = (name: string, data: Uint8Array) => join(number(data.length), latin(name), data, number(0))
const box = (name: string, data: Uint8Array) => join(number(data.length + 8), latin(name), data)

/** What the tests look for where it must not be. */
export const SECRET = 'IDENTITY-CARD-OF-ADA'

/** A JPEG as a phone writes it, in small: a comment, a frame and a scan. */
export function jpeg(tail = ''): Uint8Array<ArrayBuffer> {
  const comment = latin(`\xff\xfe\x00${String.fromCharCode(SECRET.length + 2)}${SECRET}`)
  const frame = latin('\xff\xc0\x00\x0b\x08\x00\x01\x00\x01\x01\x01\x11\x00')
  const scan = latin('\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x12\x34\xff\x00\x56')
  return join(
    latin('\xff\xd8'),
    comment,
    frame,
    scan,
    latin('\xff\xd9'),
    latin(tail),
  ) as Uint8Array<ArrayBuffer>
}

export function png(): Uint8Array {
  const header = chunk('IHDR', latin('\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00'))
  return join(latin('\x89PNG\r\n\x1a\n'), header, chunk('IDAT', latin(SECRET)), chunk('IEND', latin('')))
}

export function heic(brands = 'heic\x00\x00\x00\x00mif1heic'): Uint8Array {
  return join(box('ftyp', latin(brands)), box('meta', latin('\x00\x00\x00\x00')), box('mdat', latin(SECRET)))
}

export function pdf(): Uint8Array {
  return latin(`%PDF-1.7\n1 0 obj\n<< /Note (${SECRET}) >>\nendobj\nstartxref\n9\n%%EOF\n`)
}

export function fileOf(bytes: Uint8Array | string, name = 'id.jpg', type = 'image/jpeg'): File {
  return new File([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)], name, { type })
}
