import { Zip, ZipDeflate } from 'fflate'
import { type Blank, blanking } from './blanked-stream.ts'

/** An unpacked member, and what of it is to be blanked. */
export type BlankedMember = { name: string; objectKey: string; bytes: number; blanks: readonly Blank[] }

/** The earliest time that ZIP can say, by the clock of wherever this runs: the same members give the same bytes. */
const NO_TIME = new Date(1980, 0, 1)
/** All parts but the last must be of one size; this one is also as much as is held in memory. */
const PART_BYTES = 8 * 1024 * 1024
/** ZIP without its 64-bit extension ends here. */
const LONGEST_ZIP = 0xffffffff

/**
 * Packs the members anew, one after the other, and puts them in the place of the ZIP; answers how long it is. Members
 * that could not be read are left out: nobody can say who is named in them, and they were never imported.
 */
export async function rewriteZip(
  bucket: R2Bucket,
  { key, etag }: R2Object,
  members: readonly BlankedMember[],
): Promise<number> {
  if (members.reduce((sum, { bytes }) => sum + bytes, 0) > LONGEST_ZIP)
    throw new Error('more than 4 GB cannot be packed anew')
  const object = new PartedObject(bucket, key, etag)
  let failure: Error | null = null
  const zip = new Zip((error, part) => {
    if (error) failure = error
    else object.add(part)
  })
  try {
    for (const { name, objectKey, blanks } of members) {
      const member = new ZipDeflate(name, { level: 6 })
      member.mtime = NO_TIME
      zip.add(member)
      const unpacked = await bucket.get(objectKey)
      if (!unpacked) throw new Error(`${objectKey} is gone`)
      for await (const part of unpacked.body.pipeThrough(blanking(blanks))) {
        member.push(part)
        if (failure) throw failure
        await object.sendWholeParts()
      }
      member.push(new Uint8Array(), true)
    }
    zip.end()
    if (failure) throw failure
    return await object.finish()
  } catch (error) {
    await object.abort()
    throw error
  }
}

/** An object whose length is known when it ends: a small one is put at once, a large one in parts. */
class PartedObject {
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

  async abort(): Promise<void> {
    await this.#upload?.abort()
  }

  async #send(bytes: number): Promise<void> {
    this.#upload ??= await this.#bucket.createMultipartUpload(this.#key)
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
