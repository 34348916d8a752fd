import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { readKeyring } from '../core/keyring.ts'
import { requirePermission, type StaffEnv } from '../staff/staff-viewer.ts'
import { decryptPhoto } from './photo-cipher.ts'
import { isPicture } from './photo-format.ts'
import { takePhotoKey } from './photo-key-queries.ts'

/** A file that somebody sent runs nothing, loads nothing and is framed by nobody, whatever is in it. */
const SANDBOX = "default-src 'none'; sandbox; base-uri 'none'; frame-ancestors 'none'"

const FILE = '/staff/requests/:id{[1-9][0-9]{0,14}}/files/:fileId{[1-9][0-9]{0,14}}'

/** The photo of an open request, for reviewers. Each look at it stands in the audit log before it is shown. */
export const requestFile = new Hono<StaffEnv>().get(
  FILE,
  requirePermission('requests.view-files'),
  async (c) => {
    const { db, staff, now } = c.var
    const { staffId } = staff
    const asked = { requestId: Number(c.req.param('id')), fileId: Number(c.req.param('fileId')), staffId }
    const file = await takePhotoKey(db, asked, now)
    if (!file) throw new HTTPException(404)

    const { objectKey, sealedKey, mediaType } = file
    const stored = await c.env.BUCKET.get(objectKey)
    if (!stored) throw new Error('a photo whose key is kept is not in the bucket')
    const ciphertext = new Uint8Array(await stored.arrayBuffer())
    const photo = await decryptPhoto(readKeyring(c.env.SEAL_KEY), objectKey, sealedKey, ciphertext)
    return c.body(new Uint8Array(photo), 200, {
      'content-type': mediaType,
      'content-length': String(photo.length),
      'content-disposition': isPicture(mediaType) ? 'inline' : `attachment; filename="${nameOf(mediaType)}"`,
      'content-security-policy': SANDBOX,
      'cache-control': 'private, no-store',
    })
  },
)

function nameOf(mediaType: string): string {
  return mediaType === 'application/pdf' ? 'document.pdf' : 'document.heic'
}
