import { factory } from './app-env.ts'

/**
 * What does not say for how long it may be kept is not kept, not even a redirect: nearly every answer is
 * personal or must be as fresh as the last revocation.
 */
export const notStored = factory.createMiddleware(async function notStored(c, next) {
  await next()
  if (!c.res.headers.has('cache-control')) c.header('cache-control', 'private, no-store')
})
