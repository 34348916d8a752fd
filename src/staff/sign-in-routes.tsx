import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import { fieldErrors } from '../core/form-errors.ts'
import { readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { askingNetwork, limitRate } from '../core/rate-limit.ts'
import { logRefusal } from '../core/refusal.ts'
import { render } from '../core/render.ts'
import type { FieldErrors } from '../layout/form.tsx'
import { paths } from '../paths.ts'
import type { Program } from '../program/program.ts'
import { loadProgram } from '../program/queries.ts'
import { isPassword } from '../sign-in/password.ts'
import { AccessPage } from './access-views.tsx'
import { openStaffSession } from './begin-session.ts'
import { readCode } from './code-proof.ts'
import { handOutPending, mintPending, presentedPending, takeBackPending } from './pending-sign-in.ts'
import { safeStaffReturnTo } from './return-to.ts'
import { findPending, findStaffAccount, finishByCode, insertPending } from './sign-in-queries.ts'
import { STAFF_NOTICES, StaffCodePage, StaffSignInPage } from './sign-in-views.tsx'
import { emailField } from './staff-form.ts'
import { presentedStaffSession, takeBackStaffSession } from './staff-session.ts'
import { signOut } from './staff-session-queries.ts'
import { loadStaff, type StaffPageEnv, staffChromeOf, usesAccess } from './staff-viewer.ts'
import { tryKey } from './try-key.ts'
import { noteStaffDelay, takeTry } from './try-queries.ts'

const SignInForm = v.object({
  email: emailField,
  password: v.pipe(v.optional(v.string('staff.password.missing'), ''), v.nonEmpty('staff.password.missing')),
})

/** The console's own way in: the password first, which opens nothing, then a code. */
export const staffSignIn = new Hono<StaffPageEnv>()
  .get(paths.staff.signIn, loadStaff, (c) => {
    const returnTo = safeStaffReturnTo(c.req.query('return_to'))
    if (c.var.staff) return c.redirect(returnTo, 303)
    if (usesAccess(c)) return render(c, <AccessPage chrome={staffChromeOf(c)} again={false} />)
    const notice = STAFF_NOTICES.find((name) => c.req.query(name) !== undefined) ?? null
    return render(c, <StaffSignInPage chrome={staffChromeOf(c)} returnTo={returnTo} notice={notice} />)
  })

  // Known and unknown names are looked up, checked against a password and counted alike.
  .post(paths.staff.signIn, withinFormLimit, async (c) => {
    if (usesAccess(c)) return c.redirect(paths.staff.signIn, 303)
    const { db, now } = c.var
    const fields = await readFormFields(c)
    const returnTo = safeStaffReturnTo(fields.return_to)
    const email = typedText(fields, 'email')
    const again = (program: Program, errors: FieldErrors) => {
      const chrome = staffChromeOf({ var: { t: c.var.t, program, staff: null } })
      return render(c, <StaffSignInPage chrome={chrome} {...{ returnTo, email, errors }} />, 422)
    }
    const form = v.safeParse(SignInForm, fields)
    if (!form.success) return again(await loadProgram(db), fieldErrors(form.issues))

    const network = askingNetwork(c)
    const normalized = form.output.email
    // By network alone: a name would let a stranger use up the tries of its holder.
    await limitRate(c, c.env.SIGN_IN_LIMITER, [`network:${network}`])
    const key = await tryKey(c.env.SESSION_KEY, { email: normalized, network })
    const { account, attempt, program } = await findStaffAccount(db, normalized, key, now)
    if (!attempt.admitted) return again(program, { email: ['staff.sign-in.wait'] })

    const password = account?.password ?? null
    const isTheirs = await isPassword(form.output.password, password)
    const { id, idHash } = await mintPending(c.env.SESSION_KEY)
    const waits =
      isTheirs &&
      account !== null &&
      password !== null &&
      (await insertPending(db, { idHash, staffId: account.staffId, password, returnTo }, attempt, now))
    if (!waits) {
      logRefusal(c, 'password')
      await noteStaffDelay(db, { ...attempt, staffId: account?.staffId ?? null }, now)
      return again(program, { email: ['staff.sign-in.refused'] })
    }
    handOutPending(c, id)
    return c.redirect(paths.staff.signInCode, 303)
  })

  .get(paths.staff.signInCode, async (c) => {
    const waiting = await waitingSignIn(c)
    if (!waiting) return c.redirect(`${paths.staff.signIn}?expired`, 303)
    return render(c, <StaffCodePage chrome={waiting.chrome} />)
  })

  .post(paths.staff.signInCode, withinFormLimit, async (c) => {
    const { db, now } = c.var
    const code = typedText(await readFormFields(c), 'code')
    await limitRate(c, c.env.SIGN_IN_LIMITER, [`network:${askingNetwork(c)}`])
    const waiting = await waitingSignIn(c)
    if (!waiting) return c.redirect(`${paths.staff.signIn}?expired`, 303)

    const { pendingHash, staffId, returnTo, chrome, sealed, lastStep } = waiting
    const again = (error: string) =>
      render(c, <StaffCodePage chrome={chrome} errors={{ code: [error] }} />, 422)
    const key = await tryKey(c.env.SESSION_KEY, { staffId })
    const attempt = await takeTry(db, key, now)
    if (!attempt.admitted) return again('staff.sign-in.wait')

    const proof = await readCode(c.env.SEAL_KEY, staffId, { sealed, lastStep }, code, now)
    const begun =
      proof !== null &&
      (await openStaffSession(c, { staffId, method: proof.method }, (beginning) =>
        finishByCode(db, { ...beginning, tryKey: key }, { proof, pendingHash }, now),
      ))
    if (!begun) {
      logRefusal(c, 'code')
      await noteStaffDelay(db, { ...attempt, staffId }, now)
      return again('staff.code.refused')
    }
    takeBackPending(c)
    return c.redirect(returnTo, 303)
  })

  .post(paths.staff.signOut, async (c) => {
    const idHash = await presentedStaffSession(c)
    if (idHash !== null) await signOut(c.var.db, idHash, c.var.now)
    takeBackStaffSession(c)
    return c.redirect(`${paths.staff.signIn}?signed-out`, 303)
  })

/** The half sign-in that this browser began, if it may still be finished. */
async function waitingSignIn(c: Context<StaffPageEnv>) {
  const pendingHash = usesAccess(c) ? null : await presentedPending(c)
  if (pendingHash === null) return null
  const { pending, program } = await findPending(c.var.db, pendingHash, c.var.now)
  if (!pending) return null
  const chrome = staffChromeOf({ var: { t: c.var.t, program, staff: null } })
  return { ...pending, pendingHash, returnTo: safeStaffReturnTo(pending.returnTo), chrome }
}
