import type { Context } from 'hono'
import type { AppEnv } from '../core/app-env.ts'
import { deviceOf } from '../core/device.ts'
import type { Beginning } from './begin-session-queries.ts'
import { type Browser, handOutBrowser, mintBrowser } from './known-browser.ts'
import { handOutSession, mintSession, presentedSession } from './session.ts'

type Known = { candidateId: string; isKnownBrowser: boolean; hasBegunBefore: boolean }

/** A session about to begin in the browser that asks, for the account that it has proved to hold. */
export async function prepareSession<PageEnv extends AppEnv>(
  c: Context<PageEnv>,
  { candidateId, isKnownBrowser, hasBegunBefore }: Known,
  given: Pick<Beginning, 'method' | 'tryKey'> & { browser: Browser | null },
) {
  const { id, idHash } = await mintSession(c.env.SESSION_KEY)
  const browser = isKnownBrowser && given.browser ? given.browser : await mintBrowser()
  const beginning: Beginning = {
    ...given,
    ...{ idHash, candidateId, browser, isKnownBrowser, hasBegunBefore },
    device: deviceOf(c),
    previousIdHash: await presentedSession(c),
  }
  /** Once the session has begun: gives the browser what it carries from now on. */
  const handOut = () => {
    handOutSession(c, id)
    handOutBrowser(c, browser)
  }
  return { beginning, handOut }
}
