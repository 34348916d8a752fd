import { Hono } from 'hono'
import { readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { askingNetwork, limitRate } from '../core/rate-limit.ts'
import { logRefusal } from '../core/refusal.ts'
import { render } from '../core/render.ts'
import { paths } from '../paths.ts'
import { isPassword } from '../sign-in/password.ts'
import { sessionIsFresh } from '../sign-in/session.ts'
import { AccessPage } from './access-views.tsx'
import { openStaffSession } from './begin-session.ts'
import { readCode } from './code-proof.ts'
import { safeStaffReturnTo } from './return-to.ts'
import { findOwnApp, finishByCode } from './sign-in-queries.ts'
import { StaffAgainPage } from './sign-in-views.tsx'
import { loadStaff, requireStaff, type StaffEnv, staffChromeOf, usesAccess } from './staff-viewer.ts'
import { tryKey } from './try-key.ts'
import { noteStaffDelay, takeTry } from './try-queries.ts'

/** Step-up: who is signed in proves it once more, and gets a new session id for it. */
export const staffAgain = new Hono<StaffEnv>()
  .use(paths.staff.signInAgain, loadStaff, requireStaff)

  .get(paths.staff.signInAgain, async (c) => {
    const { db, now, staff } = c.var
    const returnTo = safeStaffReturnTo(c.req.query('return_to'))
    if (sessionIsFresh(staff, now)) return c.redirect(returnTo, 303)
    if (usesAccess(c)) return render(c, <AccessPage chrome={staffChromeOf(c)} again />)
    const hasApp = (await findOwnApp(db, staff.staffId)) !== null
    return render(c, <StaffAgainPage chrome={staffChromeOf(c)} {...{ returnTo, hasApp }} />)
  })

  .post(paths.staff.signInAgain, withinFormLimit, async (c) => {
    const { db, now, staff } = c.var
    const { staffId } = staff
    if (usesAccess(c)) return c.redirect(paths.staff.signInAgain, 303)
    const fields = await readFormFields(c)
    const returnTo = safeStaffReturnTo(fields.return_to)
    await limitRate(c, c.env.SIGN_IN_LIMITER, [`network:${askingNetwork(c)}`])
    const app = await findOwnApp(db, staffId)
    const again = (error: string) => {
      const props = { returnTo, hasApp: app !== null, errors: { password: [error] } }
      return render(c, <StaffAgainPage chrome={staffChromeOf(c)} {...props} />, 422)
    }
    const key = await tryKey(c.env.SESSION_KEY, { staffId })
    const attempt = await takeTry(db, key, now)
    if (!attempt.admitted) return again('staff.sign-in.wait')

    const isTheirs = await isPassword(typedText(fields, 'password'), app?.password ?? null)
    const proof =
      app && isTheirs ? await readCode(c.env.SEAL_KEY, staffId, app, typedText(fields, 'code'), now) : null
    const begun =
      proof !== null &&
      (await openStaffSession(c, { staffId, method: proof.method }, (beginning) =>
        finishByCode(db, { ...beginning, tryKey: key }, { proof, pendingHash: null }, now),
      ))
    if (begun) return c.redirect(returnTo, 303)
    logRefusal(c, 'password')
    await noteStaffDelay(db, { ...attempt, staffId }, now)
    return again('staff.again.refused')
  })
