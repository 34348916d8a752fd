import { Hono } from 'hono'
import { deviceOf } from '../core/device.ts'
import { render } from '../core/render.ts'
import { paths } from '../paths.ts'
import { takeBackSession } from '../sign-in/session.ts'
import { type CandidateEnv, chromeOf } from '../sign-in/viewer.ts'
import { GonePage } from './gone-page.tsx'
import { findSecurity } from './queries.ts'
import { sessionHandle } from './session-handle.ts'
import { endOtherSessions, endSession } from './session-queries.ts'
import { EndOthersPage, EndSessionPage } from './session-views.tsx'

const END_SESSION = `${paths.security}/sessions/:handle{[0-9a-f]{16}}/end`

export const sessionRoutes = new Hono<CandidateEnv>()
  .get(END_SESSION, async (c) => {
    const { sessions } = await findSecurity(c.var.db, c.var.viewer.candidateId, c.var.now)
    const session = sessions.find(({ idHash }) => sessionHandle(idHash) === c.req.param('handle'))
    if (!session) return render(c, <GonePage chrome={chromeOf(c)} />, 404)
    return render(c, <EndSessionPage chrome={chromeOf(c)} session={session} />)
  })

  .post(END_SESSION, async (c) => {
    const { db, viewer, now, sessionHash } = c.var
    const { candidateId } = viewer
    const handle = c.req.param('handle')!
    if (!(await endSession(db, { candidateId, handle, device: deviceOf(c) }, now)))
      return render(c, <GonePage chrome={chromeOf(c)} />, 404)
    if (handle !== sessionHandle(sessionHash)) return c.redirect(`${paths.security}?done=session-ended`, 303)
    takeBackSession(c)
    return c.redirect(`${paths.signIn}?signed-out`, 303)
  })

  .get(paths.endOtherSessions, (c) => render(c, <EndOthersPage chrome={chromeOf(c)} />))

  .post(paths.endOtherSessions, async (c) => {
    const { db, viewer, now, sessionHash } = c.var
    const { candidateId } = viewer
    await endOtherSessions(db, { candidateId, sessionHash, device: deviceOf(c) }, now)
    return c.redirect(`${paths.security}?done=others-ended`, 303)
  })
