import { Hono } from 'hono'
import { agreementAddress, owedAgreement } from '../agreement/agreement.ts'
import { calendarDateIn } from '../core/calendar-date.ts'
import { render } from '../core/render.ts'
import { paths } from '../paths.ts'
import { chromeOf, loadViewer, type PageEnv } from '../sign-in/viewer.ts'
import { homeSummary } from './attention.ts'
import { FrontPage } from './front-page.tsx'
import { loadHome } from './queries.ts'
import { HomePage } from './views.tsx'

/** For so long a result counts as new. */
const NEW_RESULT_DAYS = 30

export const home = new Hono<PageEnv>().get(paths.home, loadViewer, async (c) => {
  const { program, viewer, now, db } = c.var
  if (!viewer) return render(c, <FrontPage chrome={chromeOf(c)} program={program} />)

  if (owedAgreement(program, viewer, now)) return c.redirect(agreementAddress(c.req), 303)
  const { candidateId } = viewer
  const today = calendarDateIn(program.settings.timeZone, now)
  const newSince = new Date(now.getTime() - NEW_RESULT_DAYS * 86_400_000)
  const summary = homeSummary(program, await loadHome(db, { candidateId, today, newSince }), today, now)
  return render(
    c,
    <HomePage chrome={chromeOf(c)} program={program} today={today} candidate={viewer} summary={summary} />,
  )
})
