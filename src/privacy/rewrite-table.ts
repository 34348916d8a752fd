import { type Blank, blankedSize, blanking } from './blanked-stream.ts'

/** A table as it lies in the bucket, and what of it is to be blanked. */
export type BlankedMember = { name: string; objectKey: string; bytes: number; blanks: readonly Blank[] }

/** Stands on every object that was rewritten, so that a run that was killed right after it leaves word. */
export const REDACTED = { redacted: 'yes' }

export function isMarkedRedacted({ customMetadata }: R2Object): boolean {
  return customMetadata?.redacted === REDACTED.redacted
}

/**
 * Writes a table that is no member of a ZIP without its blanks, while it is read; it changes when all of it is there.
 * Answers how long it is then.
 */
export function rewriteTable(bucket: R2Bucket, { key, size, etag }: R2Object) {
  return async (members: readonly BlankedMember[]): Promise<number> => {
    const unchanged = { etagMatches: etag }
    const object = await bucket.get(key, { onlyIf: unchanged })
    if (!object || !('body' in object)) throw new Error('the object was changed meanwhile')
    const blanks = members.flatMap((table) => table.blanks)
    const bytes = blankedSize(size, blanks)
    const { readable, writable } = new FixedLengthStream(bytes)
    const [stored] = await Promise.all([
      bucket.put(key, readable, { onlyIf: unchanged, customMetadata: REDACTED }),
      object.body.pipeThrough(blanking(blanks)).pipeTo(writable),
    ])
    if (!stored) throw new Error('the object was changed meanwhile')
    return bytes
  }
}
