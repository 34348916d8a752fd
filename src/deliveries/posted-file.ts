import { ok, type Result, refuse } from '../core/result.ts'

/** A form whose last field is a file, as far as it is read: its other fields, and the file as it comes. */
export type PostedFile = {
  fields: Record<string, string>
  fileName: string
  bytes: number
  body: ReadableStream<Uint8Array>
}

/** What stands before the file's own bytes: the other fields, and its name. */
const LONGEST_HEAD = 32 * 1024

/**
 * Reads a form (RFC 7578) up to its file, and hands that on without ever holding it: a delivery may have most of the
 * memory that a Worker has. The file must be the last field, and how long it is follows from the length of the whole.
 */
export async function readPostedFile(request: Request): Promise<Result<PostedFile, 'not-a-form'>> {
  const boundary = /^multipart\/form-data;.*boundary="?([^";,]{1,70})"?/i.exec(
    request.headers.get('content-type') ?? '',
  )?.[1]
  const length = Number(request.headers.get('content-length') ?? Number.NaN)
  if (boundary === undefined || !Number.isSafeInteger(length) || !request.body) return refuse('not-a-form')

  const reader = request.body.getReader()
  const head = await readHead(reader, boundary)
  if (!head) {
    await reader.cancel()
    return refuse('not-a-form')
  }
  const { fields, fileName, rest, headBytes } = head
  const end = new TextEncoder().encode(`\r\n--${boundary}--\r\n`)
  const bytes = length - headBytes - end.length
  if (bytes < 0) {
    await reader.cancel()
    return refuse('not-a-form')
  }
  return ok({ fields, fileName, bytes, body: bodyOf(reader, rest, bytes, end) })
}

type BytesReader = ReadableStreamDefaultReader<Uint8Array>

async function readHead(reader: BytesReader, boundary: string) {
  let seen = new Uint8Array()
  while (seen.length <= LONGEST_HEAD) {
    const { done, value } = await reader.read()
    if (done) return null
    seen = concat(seen, value)
    // One byte, one character, so that places in the text are places in the bytes.
    const head = parseHead(new TextDecoder('latin1').decode(seen), seen, boundary)
    if (head) return { ...head, rest: seen.subarray(head.headBytes) }
  }
  return null
}

/** The fields before the file; null while its headers have not come to an end. */
function parseHead(text: string, bytes: Uint8Array, boundary: string) {
  const fields: Record<string, string> = {}
  let at = 0
  for (;;) {
    const start = text.indexOf(`--${boundary}\r\n`, at)
    const headersEnd = start === -1 ? -1 : text.indexOf('\r\n\r\n', start)
    if (headersEnd === -1) return null
    const valueStart = headersEnd + 4
    const headers = new TextDecoder().decode(bytes.subarray(start, headersEnd))
    const name = /;\s*name="([^"]*)"/i.exec(headers)?.[1] ?? ''
    const fileName = /;\s*filename="([^"]*)"/i.exec(headers)?.[1]
    if (fileName !== undefined) return { fields, fileName, headBytes: valueStart }
    const valueEnd = text.indexOf(`\r\n--${boundary}`, valueStart)
    if (valueEnd === -1) return null
    fields[name] = new TextDecoder().decode(bytes.subarray(valueStart, valueEnd))
    at = valueEnd + 2
  }
}

/** The file as it comes. Where the form does not end behind it, it is longer than it should be. */
function bodyOf(
  reader: BytesReader,
  first: Uint8Array,
  bytes: number,
  end: Uint8Array,
): ReadableStream<Uint8Array> {
  const parts = partsOf(reader, first, bytes, end)
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await parts.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: (reason) => reader.cancel(reason),
  })
}

async function* partsOf(reader: BytesReader, first: Uint8Array, bytes: number, end: Uint8Array) {
  let left = bytes
  let tail = new Uint8Array()
  for (let part: Uint8Array | undefined = first; part; part = (await reader.read()).value) {
    const ofFile = part.subarray(0, left)
    left -= ofFile.length
    if (ofFile.length > 0) yield ofFile
    tail = concat(tail, part.subarray(ofFile.length))
  }
  const isWhole = tail.length === end.length && tail.every((byte, index) => byte === end[index])
  if (!isWhole) yield end
}

function concat(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length)
  both.set(one)
  both.set(other, one.length)
  return both
}
