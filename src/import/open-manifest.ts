import { type Result, refuse } from '../core/result.ts'
import type { Delivery } from './delivery-queries.ts'
import { type Manifest, readManifest } from './manifest.ts'
import type { TableSource } from './open-table.ts'
import { inflateZipMember } from './zip-members.ts'

/** The manifest of a delivery, or what is wrong with it. `folder` is where in the ZIP it lies, with its files. */
export type OpenManifest = {
  number: number
  member: string
  bytes: number
  folder: string
  said: Result<Manifest, string>
}

/** More than 200 files take. */
const LONGEST_MANIFEST = 262_144

export async function openManifest(
  bucket: R2Bucket,
  { objectKey, bytes: zipBytes }: Delivery,
  { number, member, bytes }: TableSource,
): Promise<OpenManifest> {
  const folder = member.slice(0, member.lastIndexOf('/') + 1)
  const found = { number, member, bytes, folder }
  if (bytes > LONGEST_MANIFEST) return { ...found, said: refuse(`is longer than ${LONGEST_MANIFEST} bytes`) }

  const parts: Uint8Array[] = []
  const into = new WritableStream<Uint8Array>({
    write(part) {
      parts.push(part)
    },
  })
  const inflated = await inflateZipMember(bucket, objectKey, zipBytes, member, into)
  if (!inflated.ok) return { ...found, said: inflated }
  return { ...found, said: readText(await new Blob(parts).bytes()) }
}

function readText(bytes: Uint8Array): Result<Manifest, string> {
  try {
    return readManifest(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes))
  } catch {
    return refuse('is not in UTF-8')
  }
}
