import type { Reader } from '@zip.js/zip.js/lib/zip-core-reader.js'

/** More than the directory of any ZIP that we read. Whatever is longer is a member, and streamed. */
const LONGEST_READ = 4 * 1024 * 1024

/**
 * Lets the ZIP reader read ranges of an object in R2. Failures of the bucket are kept in `failure`, apart from
 * what may be wrong with the ZIP.
 */
export class ObjectReader {
  readonly size: number
  failure: Error | null = null
  readonly #bucket: R2Bucket
  readonly #key: string

  constructor(bucket: R2Bucket, key: string, size: number) {
    this.#bucket = bucket
    this.#key = key
    this.size = size
  }

  /** The reader-only build of the library takes any object with these methods, but exports no class to extend. */
  forZip(): Reader<R2Bucket> {
    return this as unknown as Reader<R2Bucket>
  }

  async readUint8Array(offset: number, length: number): Promise<Uint8Array> {
    if (length === 0) return new Uint8Array()
    if (length > LONGEST_READ) throw new RangeError(`a directory of ${length} bytes`)
    return new Uint8Array(await (await this.#range(offset, length)).arrayBuffer())
  }

  /** One request for a whole member, instead of one for each piece of it. */
  createReadable({ offset, size }: { offset: number; size: number }): ReadableStream<Uint8Array> {
    let reader: ReadableStreamDefaultReader<Uint8Array> | null = null
    return new ReadableStream({
      pull: async (controller) => {
        reader ??= (await this.#range(offset, size)).body.getReader()
        const { done, value } = await reader.read()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: (reason) => reader?.cancel(reason),
    })
  }

  async #range(offset: number, length: number): Promise<R2ObjectBody> {
    // The bucket would refuse it, too, but where a ZIP points to is the ZIP's own fault.
    if (offset < 0 || length <= 0 || offset >= this.size) throw new RangeError(`no bytes at ${offset}`)
    try {
      const object = await this.#bucket.get(this.#key, { range: { offset, length } })
      if (!object) throw new Error(`${this.#key} is gone`)
      return object
    } catch (error) {
      this.failure = error instanceof Error ? error : new Error(String(error))
      throw this.failure
    }
  }
}
