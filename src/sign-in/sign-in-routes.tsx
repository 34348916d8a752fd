import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import { openDatabase } from '../core/database.ts'
import { deviceOf } from '../core/device.ts'
import { afterAnswer } from '../core/failure.ts'
import { fieldErrors } from '../core/form-errors.ts'
import { readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { logRefusal } from '../core/refusal.ts'
import { render } from '../core/render.ts'
import { paths } from '../paths.ts'
import { loadProgram } from '../program/queries.ts'
import { accountNameField } from './account-name.ts'
import { type Account, renewEncoding, tryAccount } from './account-queries.ts'
import { limitAttempts, nameKey } from './attempt-limit.ts'
import { prepareSession } from './beginning.ts'
import { noteDelay } from './brake-queries.ts'
import { answerDelayed } from './delayed.tsx'
import { type Browser, presentedBrowser } from './known-browser.ts'
import { encodePassword, isOutdated, isPassword } from './password.ts'
import { awaitCode, beginByPassword } from './password-session-queries.ts'
import { handOutPending, mintPending } from './pending.ts'
import { safeReturnTo } from './return-to.ts'
import { takeBackSession } from './session.ts'
import { endSession } from './session-queries.ts'
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

  // Counts the try and asks for the account, then opens a session: a wrong password and an unknown name both end
  // after the first.
  .post(paths.signIn, withinFormLimit, async (c) => {
    const { db, t, now } = c.var
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

    const { account: name, password } = form.output
    await limitAttempts(c, name)
    const browser = await presentedBrowser(c)
    const key = await nameKey(c.env.SESSION_KEY, name)
    const tried = { name, nameKey: key, browserHash: browser?.tokenHash ?? null }
    const { attempt, account, program } = await tryAccount(db, tried, now)
    const chrome = { t, program, viewer: null }
    if (!attempt.admitted) return answerDelayed(c, { chrome, until: attempt.until, returnTo })

    const isTheirs = await isPassword(password, account?.encoded ?? null)
    if (account && isTheirs) {
      const onward = await open(c, account, { browser, returnTo, password, tried: attempt })
      if (onward !== null) return c.redirect(onward, 303)
    }
    logRefusal(c, 'password')
    const { failures } = attempt
    await noteDelay(db, { candidateId: account?.candidateId ?? null, failures, device: deviceOf(c) }, now)
    const errors = { account: ['sign-in.refused'] }
    return render(c, <SignInPage chrome={chrome} program={program} {...again} errors={errors} />, 422)
  })

  .post(paths.signOut, loadViewer, async (c) => {
    const { db, viewer, sessionHash, now } = c.var
    if (viewer && sessionHash)
      await endSession(db, { idHash: sessionHash, candidateId: viewer.candidateId }, now)
    takeBackSession(c)
    return c.redirect(`${paths.signIn}?signed-out`, 303)
  })

type Opening = {
  browser: Browser | null
  returnTo: string
  password: string
  tried: { key: string; failures: number }
}

/** Where a right password leads: on, or to the page for the code. Null if it was replaced while it was checked. */
async function open(
  c: Context<PageEnv>,
  account: Account,
  { browser, returnTo, password, tried }: Opening,
): Promise<string | null> {
  const { db, now } = c.var
  const { candidateId, encoded, passwordSetAt: setAt } = account
  if (encoded === null || setAt === null) return null
  if (isOutdated(encoded)) {
    const done = encodePassword(password).then((to) =>
      renewEncoding(openDatabase(c.env.DB), { candidateId, from: encoded, to }),
    )
    afterAnswer(c, { name: 'renew the encoding of a password', done })
  }
  if (account.hasTotp) {
    const { token, idHash } = await mintPending()
    if (!(await awaitCode(db, { idHash, candidateId, setAt, returnTo, tried }, now))) return null
    handOutPending(c, token)
    return paths.signInCode
  }
  const by = { method: 'password', tryKey: tried.key, browser } as const
  const { beginning, handOut } = await prepareSession(c, account, by)
  if (!(await beginByPassword(db, { ...beginning, setAt }, now))) return null
  handOut()
  return returnTo
}
