/** As much of a bucket as the import needs, at no cost: a fuzzer asks it tens of thousands of times. */
export function heldInMemory(): R2Bucket {
  const objects = new Map<string, Uint8Array<ArrayBuffer>>()
  return {
    async put(key: string, value: ReadableStream | Uint8Array<ArrayBuffer>) {
      objects.set(key, new Uint8Array(await new Response(value).arrayBuffer()))
      return { size: objects.get(key)!.length }
    },
    async get(key: string, { range }: { range?: { offset: number; length: number } } = {}) {
      const bytes = objects.get(key)
      if (!bytes) return null
      const { offset, length } = range ?? { offset: 0, length: bytes.length }
      // As R2 does, which refuses a range that begins behind the end.
      if (range && offset >= bytes.length)
        throw new Error('get: The requested range is not satisfiable (10039)')
      const part = bytes.slice(offset, offset + length)
      return {
        size: bytes.length,
        body: new Response(part).body,
        arrayBuffer: async () => part.buffer,
      }
    },
    async delete(key: string) {
      objects.delete(key)
    },
  } as unknown as R2Bucket
}
