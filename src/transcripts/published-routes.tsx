import type { Context } from 'hono'
import { type AppEnv, factory } from '../core/app-env.ts'
import { calendarDateIn } from '../core/calendar-date.ts'
import { problem } from '../core/problem.ts'
import { render } from '../core/render.ts'
import { unlisted } from '../verification/unlisted.ts'
import { readPublished } from './published.ts'
import { publishedJson } from './published-json.ts'
import { findPublished } from './published-queries.ts'
import { PublishedPage, PublishedUnavailablePage } from './published-views.tsx'
import { readTranscriptToken, transcriptKeys } from './token.ts'

/** What anyone with a link sees. Whatever is wrong with one, the answer is the same. */
export const publishedTranscripts = factory
  .createApp()
  .get('/t/:token', unlisted, async (c) => {
    const found = await openLink(c, c.req.param('token'))
    if (!found) {
      const chrome = { t: c.var.t, program: null, viewer: null }
      return render(c, <PublishedUnavailablePage chrome={chrome} />, 404)
    }
    const { program, published } = found
    const chrome = { t: c.var.t, program, viewer: null }
    const { host } = new URL(c.env.PUBLIC_ORIGIN)
    return render(c, <PublishedPage chrome={chrome} program={program} transcript={published} host={host} />)
  })

  .get('/api/v1/transcripts/:token', unlisted, async (c) => {
    const found = await openLink(c, c.req.param('token'))
    if (!found) return problem(c, 404)
    return c.json(publishedJson(found.program, found.published), 200, {
      'cache-control': 'private, no-store',
    })
  })

/** No query for a token that we did not sign, one round trip for one that we did. */
async function openLink(c: Context<AppEnv>, token: string) {
  const publicId = await readTranscriptToken(token, await transcriptKeys(c.env.LINK_KEY))
  const kept = publicId === null ? null : await findPublished(c.var.db, publicId)
  if (!kept) return null

  const today = calendarDateIn(kept.program.settings.timeZone, c.var.now)
  const published = readPublished(kept, today, c.var.now)
  return published && { program: kept.program, published }
}
