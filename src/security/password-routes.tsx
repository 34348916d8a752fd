import { type Context, Hono } from 'hono'
import { deviceOf } from '../core/device.ts'
import { readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { logRefusal } from '../core/refusal.ts'
import { render } from '../core/render.ts'
import type { FieldErrors } from '../layout/form.tsx'
import { paths } from '../paths.ts'
import { tryOwnAccount } from '../sign-in/account-queries.ts'
import { limitNetwork } from '../sign-in/attempt-limit.ts'
import { noteDelay } from '../sign-in/brake-queries.ts'
import { answerDelayed } from '../sign-in/delayed.tsx'
import { presentedBrowser } from '../sign-in/known-browser.ts'
import { encodePassword, isPassword } from '../sign-in/password.ts'
import { type PasswordContext, passwordFault } from '../sign-in/password-fault.ts'
import { handOutSession, mintSession } from '../sign-in/session.ts'
import { type CandidateEnv, chromeOf } from '../sign-in/viewer.ts'
import { changePassword, findPassword } from './password-queries.ts'
import { PasswordPage } from './password-views.tsx'
import { findSecurity } from './queries.ts'

type Typed = { current: string; wanted: string }

/** Change password; or choose one, for who has none. */
export const passwordRoutes = new Hono<CandidateEnv>()
  .get(paths.securityPassword, async (c) => {
    const { db, viewer, now } = c.var
    const { passwordSetAt } = await findSecurity(db, viewer.candidateId, now)
    const { candidateId } = viewer
    return render(
      c,
      <PasswordPage chrome={chromeOf(c)} candidateId={candidateId} hasPassword={passwordSetAt !== null} />,
    )
  })

  // The new one is looked at first, and costs no try; the current one is a guess like any other.
  .post(paths.securityPassword, withinFormLimit, async (c) => {
    const { db, viewer, program, now, sessionHash } = c.var
    const { candidateId } = viewer
    const fields = await readFormFields(c)
    const typed = { current: typedText(fields, 'current'), wanted: typedText(fields, 'password') }
    await limitNetwork(c)

    const { setAt: previousSetAt, names } = await findPassword(db, candidateId)
    const hasPassword = previousSetAt !== null
    const errors = faultsOf(typed, hasPassword, { names, program })
    if (errors !== null) return refuse(c, hasPassword, errors)

    const browserHash = (await presentedBrowser(c))?.tokenHash ?? null
    if (hasPassword) {
      const { attempt, account } = await tryOwnAccount(db, { candidateId, browserHash }, now)
      const returnTo = paths.securityPassword
      if (!attempt.admitted) return answerDelayed(c, { chrome: chromeOf(c), until: attempt.until, returnTo })
      if (!(await isPassword(typed.current, account?.encoded ?? null))) {
        logRefusal(c, 'password')
        await noteDelay(db, { candidateId, failures: attempt.failures, device: deviceOf(c) }, now)
        return refuse(c, hasPassword, { current: ['security.password.current.wrong'] })
      }
    }

    const encoded = await encodePassword(typed.wanted)
    const { id, idHash: newSessionHash } = await mintSession(c.env.SESSION_KEY)
    const here = { sessionHash, newSessionHash, browserHash, device: deviceOf(c) }
    // Who sent the form twice at once has changed it by the first, which holds the new session.
    if (await changePassword(db, { candidateId, previousSetAt, encoded, ...here }, now)) handOutSession(c, id)
    return c.redirect(`${paths.security}?done=password`, 303)
  })

/** What can be said without looking at what is kept, by field; null for nothing. */
function faultsOf({ current, wanted }: Typed, hasPassword: boolean, context: PasswordContext) {
  // Asked for even of who signed in just now (ASVS 6.2.3).
  if (hasPassword && current === '') return { current: ['security.password.current.missing'] }
  if (hasPassword && current === wanted) return { password: ['security.password.same'] }
  const fault = passwordFault(wanted, context)
  return fault && { password: [fault] }
}

function refuse(c: Context<CandidateEnv>, hasPassword: boolean, errors: FieldErrors) {
  const { candidateId } = c.var.viewer
  return render(c, <PasswordPage chrome={chromeOf(c)} {...{ candidateId, hasPassword, errors }} />, 422)
}
