import { zlibSync } from 'fflate'

/** A reference to an object of the file, as one is written: `7 0 R`. */
export type Ref = `${number} 0 R`

/** A value in PDF syntax. */
export type Syntax = string | number | boolean | Ref

export type PdfFile = {
  /** Takes a number for an object whose content comes later. */
  reserve(): Ref
  add(content: Syntax, ref?: Ref): Ref
  addStream(entries: Record<string, Syntax>, bytes: Uint8Array, ref?: Ref): Ref
  /** Writes the file. Nothing in it depends on when or where it is made. */
  finish(trailer: Record<'Root' | 'Info', Ref>): Promise<Uint8Array<ArrayBuffer>>
}

const encoder = new TextEncoder()

/** A PDF 1.7 file put together object by object. */
export function openPdf(): PdfFile {
  const objects: (Uint8Array | null)[] = []

  const reserve = (): Ref => `${objects.push(null)} 0 R`
  const put = (bytes: Uint8Array, ref = reserve()): Ref => {
    objects[Number.parseInt(ref, 10) - 1] = bytes
    return ref
  }

  return {
    reserve,
    add: (content, ref) => put(encoder.encode(String(content)), ref),
    addStream: (entries, bytes, ref) => {
      const packed = zlibSync(bytes, { level: 9 })
      const head = dictionary({ ...entries, Length: packed.length, Filter: '/FlateDecode' })
      return put(joined([encoder.encode(`${head}\nstream\n`), packed, encoder.encode('\nendstream')]), ref)
    },
    finish: (trailer) => finish(objects, trailer),
  }
}

async function finish(objects: readonly (Uint8Array | null)[], trailer: Record<string, Ref>) {
  // The comment's bytes above 127 tell transfer programs that the file is not text.
  const parts: Uint8Array[] = [encoder.encode('%PDF-1.7\n%'), Uint8Array.of(0xe2, 0xe3, 0xcf, 0xd3, 0x0a)]
  const offsets: number[] = []
  let length = parts[0]!.length + parts[1]!.length
  for (const [index, object] of objects.entries()) {
    if (!object) throw new Error(`PDF object ${index + 1} was reserved and never written`)
    const whole = joined([encoder.encode(`${index + 1} 0 obj\n`), object, encoder.encode('\nendobj\n')])
    offsets.push(length)
    length += whole.length
    parts.push(whole)
  }
  const id = hexadecimal(await digest(joined(parts)))
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`)
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries.join('')}`
  const end = dictionary({ Size: objects.length + 1, ...trailer, ID: `[${id} ${id}]` })
  parts.push(encoder.encode(`${table}trailer\n${end}\nstartxref\n${length}\n%%EOF\n`))
  return joined(parts)
}

async function digest(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).subarray(0, 16)
}

export function dictionary(entries: Record<string, Syntax>): string {
  return `<< ${Object.entries(entries)
    .map(([key, value]) => `/${key} ${value}`)
    .join(' ')} >>`
}

/** A text of the document's own (title, alternative text), in UTF-16 with a mark that says so. */
export function textString(text: string): string {
  return hexadecimal(utf16(`\ufeff${text}`))
}

export function utf16(text: string): Uint8Array {
  return Uint8Array.from(
    text.split('').flatMap((unit) => [unit.charCodeAt(0) >> 8, unit.charCodeAt(0) & 0xff]),
  )
}

export function hexadecimal(bytes: Uint8Array): string {
  return `<${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}>`
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
