import type { Context } from 'hono'
import type { AppEnv } from '../core/app-env.ts'
import { render } from '../core/render.ts'
import type { Chrome } from '../layout/page.tsx'
import { DelayedPage } from './delayed-views.tsx'

/** The answer to a try that came during the delay: nothing was looked at. */
export function answerDelayed<PageEnv extends AppEnv>(
  c: Context<PageEnv>,
  { chrome, until, returnTo }: { chrome: Chrome; until: Date; returnTo: string },
) {
  const wait = Math.max(1, Math.ceil((until.getTime() - c.var.now.getTime()) / 1000))
  c.header('retry-after', String(wait))
  return render(c, <DelayedPage {...{ chrome, until, wait, returnTo }} />, 429)
}
