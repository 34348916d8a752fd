import { Hono } from 'hono'
import { deviceOf } from '../core/device.ts'
import { readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { render } from '../core/render.ts'
import { paths } from '../paths.ts'
import { limitAttempts } from '../sign-in/attempt-limit.ts'
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

  .post(paths.securityPassword, withinFormLimit, async (c) => {
    const { db, viewer, program, now, sessionHash } = c.var
    const { candidateId } = viewer
    const fields = await readFormFields(c)
    const typed = { current: typedText(fields, 'current'), wanted: typedText(fields, 'password') }

    await limitAttempts(c, { kind: 'candidate_id', id: candidateId })
    const { encoded: previous, names } = await findPassword(db, candidateId)
    const errors = await faultsOf(typed, previous, { names, program })
    if (errors !== null) {
      const page = { candidateId, hasPassword: previous !== null, errors }
      return render(c, <PasswordPage chrome={chromeOf(c)} {...page} />, 422)
    }

    const encoded = await encodePassword(typed.wanted)
    const { id, idHash: newSessionHash } = await mintSession(c.env.SESSION_KEY)
    const given = { candidateId, previous, encoded, sessionHash, newSessionHash, device: deviceOf(c) }
    // Who sent the form twice at once has changed it by the first, which holds the new session.
    if (await changePassword(db, given, now)) handOutSession(c, id)
    return c.redirect(`${paths.security}?done=password`, 303)
  })

/** What is wrong, by field; null for nothing. The current one is asked for even of who signed in just now (ASVS 6.2.3). */
async function faultsOf({ current, wanted }: Typed, kept: string | null, context: PasswordContext) {
  if (kept !== null) {
    if (current === '') return { current: ['security.password.current.missing'] }
    if (!(await isPassword(current, kept))) return { current: ['security.password.current.wrong'] }
    if (current === wanted) return { password: ['security.password.same'] }
  }
  const fault = passwordFault(wanted, context)
  return fault && { password: [fault] }
}
