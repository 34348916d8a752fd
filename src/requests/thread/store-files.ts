import type { NewFile } from '../make-queries.ts'
import { storePhoto } from '../make-request.ts'
import type { Photo } from '../photo.ts'

type Bindings = Pick<Env, 'BUCKET' | 'SEAL_KEY'>

/**
 * Keeps the files, encrypted, and then what they belong to. The objects come first and the rows after, so that no row
 * ever points to nothing; those that got no row are deleted here, or, after a crash, by deleteOrphanedPhotos.
 */
export async function withStoredFiles<Written>(
  env: Bindings,
  files: readonly Photo[],
  write: (stored: readonly NewFile[]) => Promise<Written | null>,
): Promise<Written | null> {
  const stored: NewFile[] = []
  for (const file of files) stored.push(await storePhoto(env, file))
  const written = await write(stored)
  if (written === null && stored.length > 0) await env.BUCKET.delete(stored.map(({ objectKey }) => objectKey))
  return written
}
