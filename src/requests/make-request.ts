import type { Actor } from '../audit/actions.ts'
import type { Database } from '../core/database.ts'
import { readKeyring } from '../core/keyring.ts'
import { randomPublicId, sha256HexOf } from '../core/tokens.ts'
import { insertRequest, type NewFile } from './make-queries.ts'
import type { Photo } from './photo.ts'
import { encryptPhoto } from './photo-cipher.ts'
import { type ClaimFor, PHOTO_PREFIX } from './request.ts'

type Bindings = Pick<Env, 'BUCKET' | 'SEAL_KEY'>

/** `submission` is the form's own key: sent twice it makes one request. */
export type NewRequest = ClaimFor & {
  candidateId: string
  submission: string
  photo: Photo | null
  actor: Actor
}

/**
 * Keeps a request with its encrypted photo, and says so by mail. Null where nothing was made: one of that kind is open
 * already, or this form came twice; `findSameRequest` has that one.
 *
 * The object comes first and the rows after, so that no row ever points to nothing. An object that got no row is
 * deleted here, or, after a crash, by deleteOrphans.
 */
export async function makeRequest(
  env: Bindings,
  db: Database,
  { photo, ...request }: NewRequest,
  now: Date,
): Promise<{ id: number } | null> {
  const file = photo && (await storePhoto(env, photo))
  const made = await insertRequest(db, request, file, now)
  if (!made && file) await env.BUCKET.delete(file.objectKey)
  return made
}

export async function storePhoto(env: Bindings, { bytes, mediaType }: Photo): Promise<NewFile> {
  const objectKey = PHOTO_PREFIX + randomPublicId()
  const { ciphertext, sealedKey } = await encryptPhoto(readKeyring(env.SEAL_KEY), objectKey, bytes)
  await env.BUCKET.put(objectKey, ciphertext)
  return { objectKey, sealedKey, mediaType, bytes: bytes.length, sha256: await sha256HexOf(bytes) }
}
