import type { Context } from 'hono'
import type { AppEnv } from '../core/app-env.ts'
import { readKeyring } from '../core/keyring.ts'
import { decryptPhoto } from './photo-cipher.ts'
import { isPicture, type PhotoType } from './photo-format.ts'

/** A file that somebody sent runs nothing, loads nothing and is framed by nobody, whatever is in it. */
const SANDBOX = "default-src 'none'; sandbox; base-uri 'none'; frame-ancestors 'none'"

type KeptFile = { objectKey: string; sealedKey: string; mediaType: PhotoType }

/** Answers with a file that somebody sent. Pictures may be shown; the others are for the disk. */
export async function sandboxedFile<Bindings extends AppEnv>(
  c: Context<Bindings>,
  { objectKey, sealedKey, mediaType }: KeptFile,
) {
  const stored = await c.env.BUCKET.get(objectKey)
  if (!stored) throw new Error('a file whose key is kept is not in the bucket')
  const ciphertext = new Uint8Array(await stored.arrayBuffer())
  const file = await decryptPhoto(readKeyring(c.env.SEAL_KEY), objectKey, sealedKey, ciphertext)
  return c.body(new Uint8Array(file), 200, {
    'content-type': mediaType,
    'content-length': String(file.length),
    'content-disposition': isPicture(mediaType) ? 'inline' : `attachment; filename="${nameOf(mediaType)}"`,
    'content-security-policy': SANDBOX,
    'cache-control': 'private, no-store',
  })
}

function nameOf(mediaType: PhotoType): string {
  return mediaType === 'application/pdf' ? 'document.pdf' : 'document.heic'
}
