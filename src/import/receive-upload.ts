import { createHash } from 'node:crypto'

/** Where an upload lies until it is a delivery. */
export type Upload = { objectKey: string; sha256: string }

/**
 * Streams a body of a known length into the bucket, and its digest on the way. Null when the body was shorter or
 * longer than was said; nothing is left then.
 */
export async function receiveUpload(
  bucket: R2Bucket,
  body: ReadableStream<Uint8Array>,
  bytes: number,
): Promise<Upload | null> {
  const objectKey = `uploads/${crypto.randomUUID()}`
  const hash = createHash('sha256')
  let seen = 0
  const hashing = new TransformStream<Uint8Array, Uint8Array>({
    transform(part, controller) {
      hash.update(part)
      seen += part.length
      controller.enqueue(part)
    },
  })
  const { readable, writable } = new FixedLengthStream(bytes)
  const [sent, stored] = await Promise.allSettled([
    body.pipeThrough(hashing).pipeTo(writable),
    bucket.put(objectKey, readable),
  ])
  if (seen !== bytes) return null
  for (const end of [sent, stored]) if (end.status === 'rejected') throw end.reason
  return { objectKey, sha256: hash.digest('hex') }
}
