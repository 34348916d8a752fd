import { REDACTED } from './rewrite-table.ts'

/** All parts but the last must be of one size; this one is also as much as is held in memory. */
const PART_BYTES = 8 * 1024 * 1024

/** An object whose length is known when it ends: a small one is put at once, a large one in parts. */
export class PartedObject {
  readonly #bucket: R2Bucket
  readonly #key: string
  readonly #etag: string
  #waiting: Uint8Array[] = []
  #waitingBytes = 0
  #sentBytes = 0
  #upload: R2MultipartUpload | null = null
  #parts: R2UploadedPart[] = []

  /** `etag`: of the object that it takes the place of, which must not have changed when it does. */
  constructor(bucket: R2Bucket, key: string, etag: string) {
    this.#bucket = bucket
    this.#key = key
    this.#etag = etag
  }

  add(part: Uint8Array): void {
    this.#waiting.push(part)
    this.#waitingBytes += part.length
  }

  async sendWholeParts(): Promise<void> {
    while (this.#waitingBytes > PART_BYTES) await this.#send(PART_BYTES)
  }

  async finish(): Promise<number> {
    await this.sendWholeParts()
    const bytes = this.#sentBytes + this.#waitingBytes
    if (this.#upload === null) {
      const put = await this.#bucket.put(this.#key, this.#take(this.#waitingBytes), {
        onlyIf: { etagMatches: this.#etag },
        customMetadata: REDACTED,
      })
      if (!put) throw new Error('the object was changed meanwhile')
      return bytes
    }
    await this.#send(this.#waitingBytes)
    const current = await this.#bucket.head(this.#key)
    if (current?.etag !== this.#etag) throw new Error('the object was changed meanwhile')
    await this.#upload.complete(this.#parts)
    return bytes
  }

  /** What became of the upload matters no more: R2 itself takes away what is never completed. */
  async abort(): Promise<void> {
    await this.#upload?.abort().catch(() => {})
  }

  async #send(bytes: number): Promise<void> {
    this.#upload ??= await this.#bucket.createMultipartUpload(this.#key, { customMetadata: REDACTED })
    const part = this.#take(bytes)
    this.#parts.push(await this.#upload.uploadPart(this.#parts.length + 1, part))
    this.#sentBytes += bytes
  }

  #take(bytes: number): Uint8Array {
    const all = new Uint8Array(this.#waitingBytes)
    let at = 0
    for (const part of this.#waiting) {
      all.set(part, at)
      at += part.length
    }
    this.#waiting = [all.subarray(bytes)]
    this.#waitingBytes = all.length - bytes
    return all.subarray(0, bytes)
  }
}
