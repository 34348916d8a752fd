import { type Context, Hono } from 'hono'
import { render } from '../core/render.ts'
import { sha256Hex, TOKEN_PATTERN } from '../core/tokens.ts'
import { type CandidateEnv, chromeOf } from '../sign-in/viewer.ts'
import { findLinkedCopy, takeCopy } from './copy-queries.ts'
import { DeadCopyPage, DownloadPage } from './download-views.tsx'

const COPY_LINK = '/profile/privacy/data/:token'

/** The link that the mail brings; routes.tsx lets only candidates in here, and each only to their own. */
export const downloads = new Hono<CandidateEnv>()
  .get(COPY_LINK, async (c) => {
    const found = await openLink(c, c.req.param('token'))
    if (!found) return renderDead(c)
    return render(c, <DownloadPage chrome={chromeOf(c)} token={c.req.param('token')} />)
  })

  .post(COPY_LINK, async (c) => {
    const { db, viewer, now } = c.var
    const found = await openLink(c, c.req.param('token'))
    if (!found) return renderDead(c)
    const { copy, tokenHash } = found
    // Opened before it is used up: what is not there uses nothing up.
    const object = await c.env.BUCKET.get(copy.objectKey!)
    if (!object) throw new Error('a copy that is ready is not in the bucket')
    const isTaken = await takeCopy(db, { id: copy.id, candidateId: viewer.candidateId, tokenHash }, now)
    if (!isTaken) {
      await object.body.cancel()
      return renderDead(c)
    }
    return c.body(object.body, 200, {
      'content-type': 'application/zip',
      'content-length': String(object.size),
      // Plain ASCII, so that RFC 6266's other form of the name is not needed.
      'content-disposition': 'attachment; filename="my-data.zip"',
      'cache-control': 'private, no-store',
    })
  })

/** The copy behind a link that still works for this candidate. */
async function openLink(c: Context<CandidateEnv>, token: string) {
  if (!TOKEN_PATTERN.test(token)) return null
  const { db, viewer, now } = c.var
  const tokenHash = await sha256Hex(token)
  const copy = await findLinkedCopy(db, { tokenHash, candidateId: viewer.candidateId })
  const works = copy?.readyAt && !copy.downloadedAt && !copy.goneAt && copy.expiresAt > now
  return works ? { copy, tokenHash } : null
}

/** The same for a link that was used, one that expired, somebody else's and none at all. */
function renderDead(c: Context<CandidateEnv>) {
  return render(c, <DeadCopyPage chrome={chromeOf(c)} />, 404)
}
