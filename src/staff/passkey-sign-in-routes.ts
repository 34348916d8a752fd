import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import {
  authenticationOptions,
  readPasskeyAnswer,
  relyingPartyOf,
  verifyAuthentication,
} from '../authenticators/passkeys.ts'
import { findPasskey, insertChallenge, takeChallenge } from '../authenticators/queries.ts'
import { readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { askingNetwork, limitRate } from '../core/rate-limit.ts'
import { logRefusal } from '../core/refusal.ts'
import { paths } from '../paths.ts'
import { loadProgram } from '../program/queries.ts'
import { openStaffSession } from './begin-session.ts'
import { safeStaffReturnTo } from './return-to.ts'
import { finishByPasskey } from './sign-in-queries.ts'
import { type StaffPageEnv, usesAccess } from './staff-viewer.ts'

const PURPOSE = 'staff_sign_in'

/** Signing in, or proving oneself again, by a passkey of one of the staff. A candidate's opens nothing here. */
export const staffPasskeySignIn = new Hono<StaffPageEnv>()
  .post(paths.staff.signInPasskeyChallenge, async (c) => {
    if (usesAccess(c)) throw new HTTPException(404)
    const { db, now } = c.var
    await limitRate(c, c.env.SIGN_IN_LIMITER, [`network:${askingNetwork(c)}`])
    const { name } = await loadProgram(db)
    const options = await authenticationOptions(relyingPartyOf(c.env.PUBLIC_ORIGIN, name))
    await insertChallenge(db, { challenge: options.challenge, purpose: PURPOSE, holder: null }, now)
    return c.json(options)
  })

  .post(paths.staff.signInPasskey, withinFormLimit, async (c) => {
    if (usesAccess(c)) return c.redirect(paths.staff.signIn, 303)
    const { db, now } = c.var
    const fields = await readFormFields(c)
    const returnTo = safeStaffReturnTo(fields.return_to)
    await limitRate(c, c.env.SIGN_IN_LIMITER, [`network:${askingNetwork(c)}`])
    const answer = readPasskeyAnswer(typedText(fields, 'passkey'))
    const isOurs =
      answer !== null &&
      (await takeChallenge(db, { challenge: answer.challenge, purpose: PURPOSE, holder: null }, now))
    const passkey = isOurs ? await findPasskey(db, answer.credentialId) : null
    const staffId = passkey?.staffId ?? null
    if (answer && passkey && staffId !== null) {
      const counter = await verifyAuthentication(relyingPartyOf(c.env.PUBLIC_ORIGIN, ''), answer, passkey)
      const { credentialId } = passkey
      const begun =
        counter !== null &&
        (await openStaffSession(c, { staffId, method: 'passkey' }, (beginning) =>
          finishByPasskey(db, beginning, { credentialId, counter }, now),
        ))
      if (begun) return c.redirect(returnTo, 303)
    }
    logRefusal(c, 'passkey')
    const back = `${paths.staff.signIn}?passkey-refused&return_to=${encodeURIComponent(returnTo)}`
    return c.redirect(back, 303)
  })
