import { factory } from '../core/app-env.ts'

/** Keeps pages and answers about a person out of search engines and their addresses to themselves, whatever their status. */
export const unlisted = factory.createMiddleware(async function unlisted(c, next) {
  await next()
  c.header('x-robots-tag', 'noindex, nofollow, noarchive')
  c.header('referrer-policy', 'no-referrer')
})
