import { type FileEntry, ZipReader } from '@zip.js/zip.js/lib/zip-core-reader.js'
import { ok, type Result, refuse } from '../core/result.ts'
import { ObjectReader } from './object-reader.ts'
import { startsWithBytes } from './table-text.ts'

export type ZipMember = { name: string; bytes: number }

const MOST_MEMBERS = 200
const MOST_MEMBER_BYTES = 2 ** 31
/** Text shrinks to a tenth, repeated text to a hundredth; what shrinks more was made to harm. */
const HIGHEST_RATIO = 250
const READ_BYTES = 1_048_576

const OPTIONS = { useWebWorkers: false, useCompressionStream: true, checkSignature: true } as const

export function isZip(firstBytes: Uint8Array): boolean {
  return startsWithBytes(firstBytes, [0x50, 0x4b, 3, 4]) || startsWithBytes(firstBytes, [0x50, 0x4b, 5, 6])
}

/**
 * Lists the members by the central directory, of which only the needed ranges are read, and says of each why it
 * is better not unpacked, if so. A refusal is about the whole file.
 */
export async function listZipMembers(
  bucket: R2Bucket,
  objectKey: string,
  size: number,
): Promise<Result<{ member: ZipMember; refusal: string | null }[], string>> {
  const object = new ObjectReader(bucket, objectKey, size)
  try {
    const entries = await filesOf(object)
    if (entries.length === 0) return refuse('is an empty ZIP')
    if (entries.length > MOST_MEMBERS) return refuse(`is a ZIP of more than ${MOST_MEMBERS} files`)
    const names = entries.map(({ filename }) => filename)
    const twice = names.find((name, index) => names.indexOf(name) < index)
    if (twice !== undefined) return refuse(`is a ZIP with two files named ${twice}`)
    return ok(
      entries.map((entry) => ({
        member: { name: entry.filename, bytes: entry.uncompressedSize },
        refusal: refusalOf(entry),
      })),
    )
  } catch (error) {
    if (object.failure) throw object.failure
    return refuse(`is a damaged ZIP (${String(error)})`)
  }
}

/** Inflates a member into a stream and checks its sum; refuses when the ZIP is damaged there. */
export async function inflateZipMember(
  bucket: R2Bucket,
  objectKey: string,
  size: number,
  name: string,
  into: WritableStream<Uint8Array>,
): Promise<Result<null, string>> {
  const object = new ObjectReader(bucket, objectKey, size)
  try {
    const entry = (await filesOf(object)).find(({ filename }) => filename === name)!
    await entry.getData(into, OPTIONS)
    return ok(null)
  } catch (error) {
    if (object.failure) throw object.failure
    return refuse(`cannot be unpacked (${String(error)})`)
  }
}

/** The files by the central directory; of a ZIP that lists too many, one too many. */
async function filesOf(object: ObjectReader): Promise<FileEntry[]> {
  const zip = new ZipReader(object.forZip(), { ...OPTIONS, filenameValidation: 'tolerant' })
  const files: FileEntry[] = []
  for await (const entry of zip.getEntriesGenerator()) {
    if (!entry.directory) files.push(entry)
    if (files.length > MOST_MEMBERS) break
  }
  return files
}

function refusalOf({ filename, encrypted, compressedSize, uncompressedSize }: FileEntry): string | null {
  if (encrypted) return 'is encrypted'
  if (/^([/\\]|[A-Za-z]:)|\p{Cc}/u.test(filename) || filename.split(/[/\\]/).includes('..'))
    return 'has an unsafe name'
  if (/\.(zip|gz|7z|rar|tar|tgz)$/i.test(filename)) return 'is an archive within the ZIP'
  if (uncompressedSize > MOST_MEMBER_BYTES) return 'says that it is larger than 2 GB'
  if (uncompressedSize > READ_BYTES && uncompressedSize > compressedSize * HIGHEST_RATIO)
    return 'says that it grows beyond all measure'
  return null
}
