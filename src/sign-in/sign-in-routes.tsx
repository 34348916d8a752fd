import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import { deviceOf } from '../core/device.ts'
import { fieldErrors } from '../core/form-errors.ts'
import { readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { render } from '../core/render.ts'
import { paths } from '../paths.ts'
import { loadProgram } from '../program/queries.ts'
import { accountNameField } from './account-name.ts'
import { findAccount } from './account-queries.ts'
import { limitAttempts } from './attempt-limit.ts'
import { isPassword } from './password.ts'
import { safeReturnTo } from './return-to.ts'
import { handOutSession, mintSession, presentedSession, takeBackSession } from './session.ts'
import { deleteSession, replaceSession } from './session-queries.ts'
import { NOTICES, SignInPage } from './sign-in-views.tsx'
import { chromeOf, loadViewer, type PageEnv } from './viewer.ts'

const SignInForm = v.object({
  account: accountNameField('sign-in.account.missing'),
  password: v.pipe(
    v.optional(v.string('sign-in.password.missing'), ''),
    v.nonEmpty('sign-in.password.missing'),
  ),
})

export const signInAndOut = new Hono<PageEnv>()
  .get(paths.signIn, loadViewer, async (c) => {
    const returnTo = safeReturnTo(c.req.query('return_to'))
    if (c.var.viewer) return c.redirect(returnTo, 303)
    const notice = NOTICES.find((name) => c.req.query(name) !== undefined) ?? null
    const { program } = c.var
    return render(c, <SignInPage chrome={chromeOf(c)} {...{ program, returnTo, notice }} />)
  })

  // Asks for the account, then for a new session: a wrong password and an unknown name both end after the first.
  .post(paths.signIn, withinFormLimit, async (c) => {
    const { db, t } = c.var
    const fields = await readFormFields(c)
    const returnTo = safeReturnTo(fields.return_to)
    const again = { returnTo, account: typedText(fields, 'account') }

    const form = v.safeParse(SignInForm, fields)
    if (!form.success) {
      const program = await loadProgram(db)
      const chrome = { t, program, viewer: null }
      const errors = fieldErrors(form.issues)
      return render(c, <SignInPage chrome={chrome} program={program} {...again} errors={errors} />, 422)
    }

    await limitAttempts(c, form.output.account)
    const { account, program } = await findAccount(db, form.output.account)
    const id = await openSession(c, account, form.output.password)
    if (id === null) {
      const chrome = { t, program, viewer: null }
      const errors = { account: ['sign-in.refused'] }
      return render(c, <SignInPage chrome={chrome} program={program} {...again} errors={errors} />, 422)
    }

    handOutSession(c, id)
    return c.redirect(returnTo, 303)
  })

  .post(paths.signOut, async (c) => {
    const idHash = await presentedSession(c)
    if (idHash !== null) await deleteSession(c.var.db, idHash)
    takeBackSession(c)
    return c.redirect(`${paths.signIn}?signed-out`, 303)
  })

/** The id of a new session; null for a wrong name and for a wrong password, after the same time. */
async function openSession(
  c: Context<PageEnv>,
  account: { candidateId: string; encoded: string | null } | null,
  password: string,
): Promise<string | null> {
  const encoded = account?.encoded ?? null
  const isTheirs = await isPassword(password, encoded)
  if (account === null || encoded === null || !isTheirs) return null

  const { id, idHash } = await mintSession(c.env.SESSION_KEY)
  const { candidateId } = account
  const session = { idHash, candidateId, encoded, method: 'password' as const, device: deviceOf(c) }
  return (await replaceSession(c.var.db, await presentedSession(c), session, c.var.now)) ? id : null
}
