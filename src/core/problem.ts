import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

const TITLES: Partial<Record<ContentfulStatusCode, string>> = {
  400: 'Bad request',
  401: 'Not authorized',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  411: 'Length required',
  413: 'Content too large',
  415: 'Unsupported media type',
  422: 'Unprocessable content',
  429: 'Too many requests',
  500: 'Internal error',
}

/**
 * An RFC 9457 answer of the API. `detail` is only for the caller's own mistakes: never a stack, SQL or
 * somebody else's data. `errors` says where in a body which mistake is.
 */
export function problem(
  c: Context,
  status: ContentfulStatusCode,
  detail?: string,
  errors?: readonly { path: string; message: string }[],
): Response {
  const title = TITLES[status] ?? 'Error'
  const body = { type: 'about:blank', title, status, ...(detail && { detail }), ...(errors && { errors }) }
  return c.body(JSON.stringify(body), status, {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
  })
}
