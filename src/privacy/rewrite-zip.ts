import { Zip, ZipDeflate } from 'fflate'
import { blanking } from './blanked-stream.ts'
import { PartedObject } from './parted-object.ts'
import type { BlankedMember } from './rewrite-table.ts'

/** The earliest time that ZIP can say, by the clock of wherever this runs: the same members give the same bytes. */
const NO_TIME = new Date(1980, 0, 1)
/** ZIP without its 64-bit extension ends here. */
const LONGEST_ZIP = 0xffffffff

/**
 * Packs the members anew, one after the other, and puts them in the place of the ZIP; answers how long it is. Members
 * that could not be read are left out: nobody can say who is named in them, and they were never imported.
 */
export function rewriteZip(bucket: R2Bucket, { key, etag }: R2Object) {
  return async (members: readonly BlankedMember[]): Promise<number> => {
    if (members.reduce((sum, { bytes }) => sum + bytes, 0) > LONGEST_ZIP)
      throw new Error('more than 4 GB cannot be packed anew')
    const object = new PartedObject(bucket, key, etag)
    try {
      await pack(bucket, members, object)
      return await object.finish()
    } catch (error) {
      await object.abort()
      throw error
    }
  }
}

async function pack(
  bucket: R2Bucket,
  members: readonly BlankedMember[],
  object: PartedObject,
): Promise<void> {
  let failure: Error | null = null
  const zip = new Zip((error, part) => {
    if (error) failure = error
    else object.add(part)
  })
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
}
