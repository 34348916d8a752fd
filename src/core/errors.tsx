import type { Context, ErrorHandler, NotFoundHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { routePath } from 'hono/route'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { translator } from '../i18n/messages.ts'
import { ErrorPage, type ErrorPageKind } from '../layout/error-page.tsx'
import type { AppEnv } from './app-env.ts'
import { causeOf } from './failure.ts'
import { problem } from './problem.ts'
import { render } from './render.ts'

const PAGE_KINDS: Partial<Record<number, ErrorPageKind>> = {
  400: 'bad-request',
  403: 'forbidden',
  404: 'not-found',
  405: 'not-found',
  413: 'bad-request',
  429: 'too-many',
}

const NOTED = new Set([401, 403, 413, 429])

export const onNotFound: NotFoundHandler<AppEnv> = (c) => failure(c, 404)

/** The path is one of ours, but nothing is done there by that method. */
export function onMethodNotAllowed(c: Context<AppEnv>, methods: string[]) {
  c.header('allow', methods.join(', '))
  return failure(c, 405)
}

/**
 * The one place where a stop or a surprise becomes an answer, also one of the framework's own. Only the
 * route's pattern is logged, since a path may carry a token.
 */
export const onError: ErrorHandler<AppEnv> = (error, c) => {
  const route = routePath(c, -1)
  if (error instanceof HTTPException) {
    // Forged forms, floods and oversized bodies: what an attack looks like from here (ASVS 16.3.3).
    if (NOTED.has(error.status)) console.warn({ message: 'request refused', route, status: error.status })
    return failure(c, error.status as ContentfulStatusCode)
  }
  console.error({ message: 'unhandled error', route, error: error.name, cause: causeOf(error) })
  return failure(c, 500)
}

/** Answered without asking the database, which may be what failed. */
function failure(c: Context<AppEnv>, status: ContentfulStatusCode) {
  if (c.req.path.startsWith('/api/')) return problem(c, status)
  const chrome = { t: c.var.t ?? translator('en'), program: null, viewer: null }
  return render(c, <ErrorPage chrome={chrome} kind={PAGE_KINDS[status] ?? 'unexpected'} />, status)
}
