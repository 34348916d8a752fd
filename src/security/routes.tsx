import { Hono } from 'hono'
import { render } from '../core/render.ts'
import { paths } from '../paths.ts'
import { type CandidateEnv, chromeOf, loadViewer, requireCandidate, requireFresh } from '../sign-in/viewer.ts'
import { authenticatorRoutes } from './authenticator-routes.tsx'
import { authenticatorState } from './authenticator-setup.ts'
import { passkeyRoutes } from './passkey-routes.tsx'
import { passwordRoutes } from './password-routes.tsx'
import { findSecurity } from './queries.ts'
import { sessionRoutes } from './session-routes.tsx'
import { DONE, SecurityPage } from './views.tsx'

/** Profile → Sign-in and security. Everyone may look at their own; whoever changes something is asked who they are. */
export const security = new Hono<CandidateEnv>()
  .use(`${paths.security}/*`, loadViewer, requireCandidate)
  .use(`${paths.security}/:thing/*`, requireFresh)
  .route('/', passwordRoutes)
  .route('/', passkeyRoutes)
  .route('/', authenticatorRoutes)
  .route('/', sessionRoutes)

  .get(paths.security, async (c) => {
    const { db, viewer, now, sessionHash } = c.var
    const found = await findSecurity(db, viewer.candidateId, now)
    const { authenticator } = found
    const confirmedAt = authenticatorState(authenticator, now) === 'on' ? authenticator!.confirmedAt : null
    const done = DONE.find((name) => c.req.query('done') === name) ?? null
    return render(
      c,
      <SecurityPage
        chrome={chromeOf(c)}
        {...found}
        {...{ sessionHash, done }}
        authenticatorSince={confirmedAt}
      />,
    )
  })
