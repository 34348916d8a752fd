import { type Context, Hono } from 'hono'
import type { AppEnv } from '../core/app-env.ts'
import { deviceOf } from '../core/device.ts'
import { readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { render } from '../core/render.ts'
import { sha256Hex } from '../core/tokens.ts'
import { paths } from '../paths.ts'
import type { Program } from '../program/program.ts'
import { handOutBrowser, mintBrowser } from './known-browser.ts'
import { encodePassword } from './password.ts'
import { passwordFault } from './password-fault.ts'
import { findLink, usePasswordLink } from './password-link-queries.ts'
import { handOutPending, mintPending } from './pending.ts'
import { handOutSession, mintSession, presentedSession } from './session.ts'
import { DeadLinkPage, SetPasswordPage } from './set-password-views.tsx'

const SET_PASSWORD_PATH = '/set-password/:token'

/** Where the links in our mails lead. Only sending the form uses one up: mail scanners open every link. */
export const setPassword = new Hono<AppEnv>()
  .get(SET_PASSWORD_PATH, async (c) => {
    const token = c.req.param('token')
    const { link, program } = await findLink(c.var.db, await sha256Hex(token), c.var.now)
    const chrome = chromeFor(c, program)
    if (!link) return render(c, <DeadLinkPage chrome={chrome} />, 404)
    const { candidateId } = link
    return render(c, <SetPasswordPage chrome={chrome} token={token} candidateId={candidateId} />)
  })

  .post(SET_PASSWORD_PATH, withinFormLimit, async (c) => {
    const { db, now } = c.var
    const token = c.req.param('token')
    const tokenHash = await sha256Hex(token)
    const password = typedText(await readFormFields(c), 'password')
    const { link, program } = await findLink(db, tokenHash, now)
    const chrome = chromeFor(c, program)
    if (!link) return render(c, <DeadLinkPage chrome={chrome} />, 404)

    const { candidateId, sentTo, names } = link
    const fault = passwordFault(password, { names, program })
    if (fault !== null) {
      const errors = { password: [fault] }
      return render(c, <SetPasswordPage chrome={chrome} {...{ token, candidateId, errors }} />, 422)
    }

    const encoded = await encodePassword(password)
    const [session, pending, browser, previousIdHash] = await Promise.all([
      mintSession(c.env.SESSION_KEY),
      mintPending(),
      mintBrowser(),
      presentedSession(c),
    ])
    const { idHash } = session
    const beginning = { idHash, previousIdHash, candidateId, browser, device: deviceOf(c) }
    const use = { tokenHash, sentTo, encoded, pendingHash: pending.idHash, ...beginning }
    const opened = await usePasswordLink(db, use, now)
    if (opened === 'dead') return render(c, <DeadLinkPage chrome={chrome} />, 404)
    if (opened === 'code') {
      handOutPending(c, pending.token)
      return c.redirect(paths.signInCode, 303)
    }
    handOutSession(c, session.id)
    handOutBrowser(c, browser)
    return c.redirect(paths.home, 303)
  })

/** Without the menu of whoever is signed in here: the link may be somebody else's. */
function chromeFor(c: Context<AppEnv>, program: Program) {
  return { t: c.var.t, program, viewer: null }
}
