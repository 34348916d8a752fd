import type { Context } from 'hono'
import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** Answers with a whole page. Pages are personal or must be fresh, so none is stored by anyone. */
export function render(
  c: Context,
  page: HtmlEscapedString | Promise<HtmlEscapedString>,
  status: ContentfulStatusCode = 200,
) {
  c.header('cache-control', 'private, no-store')
  return c.html(html`<!doctype html>${page}`, status)
}
