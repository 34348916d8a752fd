import { type Context, Hono } from 'hono'
import { mintRecoveryCodes } from '../authenticators/recovery-codes.ts'
import { readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { logRefusal } from '../core/refusal.ts'
import { render } from '../core/render.ts'
import { paths } from '../paths.ts'
import { encodePassword, isPassword } from '../sign-in/password.ts'
import { passwordFault } from '../sign-in/password-fault.ts'
import {
  changePassword,
  removePasswordAndApp,
  renewRecoveryCodes,
  setPasswordAndApp,
} from './own-method-queries.ts'
import { freshOffer, readPasswordAndApp } from './password-and-app.ts'
import { ChangePasswordPage, ConfirmChangePage, NewCodesPage, SetAppPage } from './security-form-views.tsx'
import { findOwnApp } from './sign-in-queries.ts'
import { type StaffEnv, staffChromeOf } from './staff-viewer.ts'
import { tryKey } from './try-key.ts'
import { noteStaffDelay, takeTry } from './try-queries.ts'

/** Password, authenticator app and recovery codes, which belong together. Mounted behind the guards of security-routes. */
export const staffPasswordAndApp = new Hono<StaffEnv>()
  .get(paths.staff.ownApp, async (c) => {
    const { program, staff } = c.var
    const offer = await freshOffer({ env: c.env, program }, staff)
    return render(c, <SetAppPage chrome={staffChromeOf(c)} email={staff.email} offer={offer} />)
  })

  .post(paths.staff.ownApp, withinFormLimit, async (c) => {
    const { db, now, program, staff } = c.var
    const given = await readPasswordAndApp({ env: c.env, program, now }, staff, await readFormFields(c))
    if (!given.ok) {
      const props = { chrome: staffChromeOf(c), email: staff.email, ...given.refusal }
      return render(c, <SetAppPage {...props} />, 422)
    }
    await setPasswordAndApp(db, ownSession(c), given.value, now)
    return render(c, <NewCodesPage chrome={staffChromeOf(c)} codes={given.value.codes} />)
  })

  .get(paths.staff.ownAppRemoval, (c) => render(c, <RemoveAppPage c={c} />))

  .post(paths.staff.ownAppRemoval, async (c) => {
    const { db, now, staff } = c.var
    if (await removePasswordAndApp(db, staff.staffId, now))
      return c.redirect(`${paths.staff.security}?app-removed`, 303)
    return render(c, <RemoveAppPage c={c} errors={{ change: ['staff.security.last-way'] }} />, 422)
  })

  .get(paths.staff.ownPassword, (c) => render(c, <ChangePasswordPage chrome={staffChromeOf(c)} />))

  .post(paths.staff.ownPassword, withinFormLimit, async (c) => {
    const { db, now, program, staff } = c.var
    const fields = await readFormFields(c)
    const again = (errors: Record<string, string[]>) =>
      render(c, <ChangePasswordPage chrome={staffChromeOf(c)} errors={errors} />, 422)
    const wanted = typedText(fields, 'password')
    const fault = passwordFault(wanted, { names: [staff.email, staff.name], program })
    if (fault !== null) return again({ password: [fault] })

    const attempt = await takeTry(db, await tryKey(c.env.SESSION_KEY, { staffId: staff.staffId }), now)
    if (!attempt.admitted) return again({ current: ['staff.sign-in.wait'] })
    const from = (await findOwnApp(db, staff.staffId))?.password ?? null
    const isTheirs = await isPassword(typedText(fields, 'current'), from)
    const change = from !== null && isTheirs && { from, encoded: await encodePassword(wanted) }
    if (!change || !(await changePassword(db, ownSession(c), { ...change, tryKey: attempt.key }, now))) {
      logRefusal(c, 'password')
      await noteStaffDelay(db, { ...attempt, staffId: staff.staffId }, now)
      return again({ current: ['staff.security.current-refused'] })
    }
    return c.redirect(`${paths.staff.security}?password-changed`, 303)
  })

  .get(paths.staff.ownRecoveryCodes, (c) => {
    const { t } = c.var
    const page = {
      title: t('staff.security.new-codes'),
      text: t('staff.security.new-codes-text'),
      action: paths.staff.ownRecoveryCodes,
      submit: t('staff.security.new-codes-submit'),
    }
    return render(c, <ConfirmChangePage chrome={staffChromeOf(c)} {...page} />)
  })

  .post(paths.staff.ownRecoveryCodes, async (c) => {
    const { codes, hashes } = await mintRecoveryCodes()
    const made = await renewRecoveryCodes(c.var.db, c.var.staff.staffId, hashes, c.var.now)
    if (!made) return c.redirect(paths.staff.ownApp, 303)
    return render(c, <NewCodesPage chrome={staffChromeOf(c)} codes={codes} />)
  })

/** Own methods are changed in a session of ours only; there is always one. */
function ownSession(c: Context<StaffEnv>) {
  return { staffId: c.var.staff.staffId, keptIdHash: c.var.staffSessionHash ?? '' }
}

function RemoveAppPage({ c, errors }: { c: Context<StaffEnv>; errors?: Record<string, string[]> }) {
  const { t } = c.var
  return (
    <ConfirmChangePage
      chrome={staffChromeOf(c)}
      title={t('staff.security.remove-app')}
      text={t('staff.security.remove-app-text')}
      action={paths.staff.ownAppRemoval}
      submit={t('staff.security.remove-app-submit')}
      {...(errors && { errors })}
    />
  )
}
