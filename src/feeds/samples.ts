import { randomPublicId } from '../core/tokens.ts'
import type { StoredFile } from '../import/open-table.ts'

/** A file that staff lend to be looked at. It is nobody's delivery, and nothing of it reaches the record. */
export type Sample = StoredFile & { id: string }

/** Whose a sample is, and for what: for anybody and anything else it is not there. */
export type SampleOwner = { staffId: number; feed: string }

export const LARGEST_SAMPLE_BYTES = 5 * 1024 * 1024

const PREFIX = 'samples/'
const ID = /^[A-Za-z0-9_-]{22}$/
const KEPT_MS = 3_600_000
const LONGEST_NAME = 200

export async function keepSample(
  bucket: R2Bucket,
  file: File,
  { staffId, feed }: SampleOwner,
): Promise<Sample> {
  const id = randomPublicId()
  const name = baseNameOf(file.name).slice(0, LONGEST_NAME) || 'sample'
  const objectKey = `${PREFIX}${id}`
  const bytes = await file.arrayBuffer()
  const customMetadata = { staff: String(staffId), feed, name: encodeURIComponent(name.toWellFormed()) }
  await bucket.put(objectKey, bytes, { customMetadata })
  return { id, name, objectKey, bytes: bytes.byteLength }
}

/** A sample that was kept less than an hour ago, for the one who brought it. */
export async function findSample(
  bucket: R2Bucket,
  id: string,
  { staffId, feed }: SampleOwner,
  now: Date,
): Promise<Sample | null> {
  if (!ID.test(id)) return null
  const object = await bucket.head(`${PREFIX}${id}`)
  if (!object || now.getTime() - object.uploaded.getTime() > KEPT_MS) return null
  const { staff, feed: itsFeed, name = '' } = object.customMetadata ?? {}
  if (staff !== String(staffId) || itsFeed !== feed) return null
  return { id, name: decodeURIComponent(name), objectKey: object.key, bytes: object.size }
}

/** Takes a sample away, with what was unpacked of it. */
export async function deleteSample(bucket: R2Bucket, { objectKey }: Sample): Promise<void> {
  await deleteUnder(bucket, objectKey, () => true)
}

/** Takes away the samples that nobody came back to within an hour. */
export async function sweepSamples({ BUCKET }: Pick<Env, 'BUCKET'>, now: Date): Promise<void> {
  await deleteUnder(BUCKET, PREFIX, ({ uploaded }) => now.getTime() - uploaded.getTime() > KEPT_MS)
}

async function deleteUnder(bucket: R2Bucket, prefix: string, isOver: (object: R2Object) => boolean) {
  let cursor: string | undefined
  do {
    const page = await bucket.list({ prefix, ...(cursor !== undefined && { cursor }) })
    const keys = page.objects.filter(isOver).map(({ key }) => key)
    if (keys.length > 0) await bucket.delete(keys)
    cursor = page.truncated ? page.cursor : undefined
  } while (cursor !== undefined)
}

function baseNameOf(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1).trim()
}
