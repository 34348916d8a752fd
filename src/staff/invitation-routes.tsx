import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { AppEnv } from '../core/app-env.ts'
import { deviceOf } from '../core/device.ts'
import { readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { askingNetwork, limitRate } from '../core/rate-limit.ts'
import { render } from '../core/render.ts'
import { sha256Hex } from '../core/tokens.ts'
import { paths } from '../paths.ts'
import { openStaffSession } from './begin-session.ts'
import { acceptByApp, acceptByPasskey, findInvitation } from './invitation-queries.ts'
import { DeadInvitationPage, InvitationAcceptedPage, InvitationPage } from './invitation-views.tsx'
import { enrolledPasskey, enrolmentOptions } from './passkey-enrolment.ts'
import { freshOffer, readPasswordAndApp } from './password-and-app.ts'
import { staffChromeOf, usesAccess } from './staff-viewer.ts'

const INVITATION_PATH = '/staff/invitations/:token'
const PASSKEY_PATH = `${INVITATION_PATH}/passkey`

/** Where an invitation leads. Only a whole way to sign in uses it up: mail scanners open every link. */
export const staffInvitations = new Hono<AppEnv>()
  .get(INVITATION_PATH, async (c) => {
    // Access lets in whom it knows; there is nothing to set up here.
    if (usesAccess(c)) return c.redirect(paths.staff.home, 303)
    const { invited, program, chrome, token } = await invitationOf(c)
    if (!invited) return render(c, <DeadInvitationPage chrome={chrome} />, 404)
    const offer = await freshOffer({ env: c.env, program }, invited)
    return render(c, <InvitationPage {...{ chrome, token, invited, offer }} />)
  })

  .post(INVITATION_PATH, withinFormLimit, async (c) => {
    if (usesAccess(c)) return c.redirect(paths.staff.home, 303)
    await limitRate(c, c.env.SIGN_IN_LIMITER, [`network:${askingNetwork(c)}`])
    const { db, now, t } = c.var
    const fields = await readFormFields(c)
    const { invited, program, chrome, token, tokenHash } = await invitationOf(c)
    if (!invited) return render(c, <DeadInvitationPage chrome={chrome} />, 404)
    const given = await readPasswordAndApp({ env: c.env, program, now }, invited, fields)
    if (!given.ok) return render(c, <InvitationPage {...{ chrome, token, invited, ...given.refusal }} />, 422)

    const { staffId, name, role } = invited
    const accepted = await openStaffSession(c, { staffId, method: 'totp' }, (beginning) =>
      acceptByApp(db, { tokenHash, ...beginning }, given.value, now),
    )
    if (!accepted) return render(c, <DeadInvitationPage chrome={chrome} />, 404)
    const signedIn = staffChromeOf({
      var: { t, program, staff: { ...invited, name, role, authenticatedAt: now } },
    })
    return render(c, <InvitationAcceptedPage chrome={signedIn} codes={given.value.codes} />)
  })

  .post(`${PASSKEY_PATH}/challenge`, async (c) => {
    if (usesAccess(c)) throw new HTTPException(404)
    await limitRate(c, c.env.SIGN_IN_LIMITER, [`network:${askingNetwork(c)}`])
    const { invited, program } = await invitationOf(c)
    if (!invited) throw new HTTPException(404)
    return c.json(await enrolmentOptions(askedBy(c), program.name, invited, []))
  })

  .post(PASSKEY_PATH, withinFormLimit, async (c) => {
    if (usesAccess(c)) return c.redirect(paths.staff.home, 303)
    await limitRate(c, c.env.SIGN_IN_LIMITER, [`network:${askingNetwork(c)}`])
    const { db, now } = c.var
    const fields = await readFormFields(c)
    const { invited, program, chrome, token, tokenHash } = await invitationOf(c)
    if (!invited) return render(c, <DeadInvitationPage chrome={chrome} />, 404)
    const { staffId } = invited
    const passkey = await enrolledPasskey(askedBy(c), staffId, typedText(fields, 'passkey'))
    const accepted =
      passkey !== null &&
      (await openStaffSession(c, { staffId, method: 'passkey' }, (beginning) =>
        acceptByPasskey(db, { tokenHash, ...beginning }, { ...passkey, name: passkeyName(c) }, now),
      ))
    if (accepted) return c.redirect(paths.staff.home, 303)
    const offer = await freshOffer({ env: c.env, program }, invited)
    const errors = { passkey: ['staff.passkey.not-made'] }
    return render(c, <InvitationPage {...{ chrome, token, invited, offer, errors }} />, 422)
  })

/** Whom the link in the address invites, if it works, with a page frame that shows nobody's menu. */
async function invitationOf(c: Context<AppEnv>) {
  const token = c.req.param('token') ?? ''
  const tokenHash = await sha256Hex(token)
  const { invited, program } = await findInvitation(c.var.db, tokenHash, c.var.now)
  const chrome = staffChromeOf({ var: { t: c.var.t, program, staff: null } })
  return { token, tokenHash, invited, program, chrome }
}

function askedBy({ env, var: { db, now } }: Context<AppEnv>) {
  return { db, env, now }
}

function passkeyName(c: Context<AppEnv>): string {
  return deviceOf(c) || c.var.t('staff.passkey.unnamed')
}
