import { Hono } from 'hono'
import { authenticationOptions, relyingPartyOf } from '../authenticators/passkeys.ts'
import { insertChallenge } from '../authenticators/queries.ts'
import type { AppEnv } from '../core/app-env.ts'
import { readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { render } from '../core/render.ts'
import { paths } from '../paths.ts'
import { loadProgram } from '../program/queries.ts'
import { limitNetwork } from './attempt-limit.ts'
import { openByPasskey } from './passkey-proof.ts'
import { safeReturnTo } from './return-to.ts'
import { SignInPage } from './sign-in-views.tsx'

/** Signing in without a name or a password. */
export const signInPasskey = new Hono<AppEnv>()
  // A POST, although it answers with data: each challenge is kept, and csrf() must stand in front.
  .post(paths.signInPasskeyChallenge, withinFormLimit, async (c) => {
    await limitNetwork(c)
    const options = await authenticationOptions(relyingPartyOf(c.env.PUBLIC_ORIGIN, ''))
    const asked = { challenge: options.challenge, purpose: 'sign_in', holder: null } as const
    await insertChallenge(c.var.db, asked, c.var.now)
    return c.json(options)
  })

  .post(paths.signInPasskey, withinFormLimit, async (c) => {
    await limitNetwork(c)
    const fields = await readFormFields(c)
    const returnTo = safeReturnTo(fields.return_to)
    if (await openByPasskey(c, typedText(fields, 'passkey'))) return c.redirect(returnTo, 303)

    const program = await loadProgram(c.var.db)
    const chrome = { t: c.var.t, program, viewer: null }
    const errors = { passkey: ['sign-in.passkey.refused'] }
    return render(c, <SignInPage {...{ chrome, program, returnTo, errors }} />, 422)
  })
