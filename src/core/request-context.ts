import { getCookie, setCookie } from 'hono/cookie'
import { translator } from '../i18n/messages.ts'
import { factory } from './app-env.ts'
import { openDatabase, readBookmark } from './database.ts'

const BOOKMARK_COOKIE = '__Host-bookmark'
const BOOKMARK_TTL_S = 3600

/** What is shown to people other than the one whose browser carries the bookmark. */
const PUBLIC = /^\/(t|verify|api)(\/|$)/

/**
 * Gives every handler its clock, its words and its view of the database.
 *
 * A browser that wrote something carries the bookmark of that write, so that it reads its own writes from
 * whichever replica answers. Without one, and on every public page, we read from the primary: what an employer sees
 * must never be older than a revocation.
 */
export const requestContext = factory.createMiddleware(async function requestContext(c, next) {
  const carried = PUBLIC.test(c.req.path) ? null : readBookmark(getCookie(c, BOOKMARK_COOKIE))
  const session = c.env.DB.withSession(carried ?? 'first-primary')
  c.set('now', new Date())
  c.set('db', openDatabase(session))
  c.set('t', translator('en'))

  await next()

  const bookmark = session.getBookmark()
  if (c.req.method !== 'GET' && c.req.method !== 'HEAD' && bookmark && !c.req.path.startsWith('/api/')) {
    setCookie(c, BOOKMARK_COOKIE, bookmark, {
      path: '/',
      secure: true,
      httpOnly: true,
      sameSite: 'Lax',
      maxAge: BOOKMARK_TTL_S,
    })
  }
})
