import { type Context, Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import { deviceOf } from '../core/device.ts'
import { optionalLine } from '../core/plain-text.ts'
import { readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { render } from '../core/render.ts'
import { paths } from '../paths.ts'
import { AccessSecurityPage } from './access-views.tsx'
import { findOwnMethods } from './method-queries.ts'
import { addPasskey, removePasskey } from './own-method-queries.ts'
import { OwnSessionsPage } from './own-sessions-views.tsx'
import { enrolledPasskey, enrolmentOptions } from './passkey-enrolment.ts'
import { staffPasswordAndApp } from './password-routes.tsx'
import { AddPasskeyPage, ConfirmChangePage } from './security-form-views.tsx'
import { SECURITY_NOTICES, StaffSecurityPage } from './security-views.tsx'
import { endOtherSessions, endSession, listOwnSessions } from './staff-session-queries.ts'
import {
  loadStaff,
  requireFreshStaff,
  requireStaff,
  type StaffEnv,
  staffChromeOf,
  usesAccess,
} from './staff-viewer.ts'

const PASSKEY_PATH = '/staff/security/passkeys/:id{[A-Za-z0-9_-]{1,1400}}'
const PasskeyName = optionalLine(100, 'staff.security.passkey-name-refused')

/** Where Cloudflare Access signs staff in, they have no ways in of their own to change. */
const requireOwnMethods = createMiddleware<StaffEnv>(async function requireOwnMethods(c, next) {
  if (!usesAccess(c)) return next()
  return c.redirect(paths.staff.security, 303)
})

/** One's own ways in. At least one strong one always stays. */
export const staffSecurity = new Hono<StaffEnv>()
  .use(`${paths.staff.security}/*`, loadStaff, requireStaff)
  .use(`${paths.staff.security}/:method/*`, requireOwnMethods, requireFreshStaff)
  .route('/', staffPasswordAndApp)

  .get(paths.staff.security, async (c) => {
    if (usesAccess(c)) return render(c, <AccessSecurityPage chrome={staffChromeOf(c)} />)
    const own = await findOwnMethods(c.var.db, c.var.staff.staffId)
    const notice = SECURITY_NOTICES.find((name) => c.req.query(name) !== undefined) ?? null
    return render(c, <StaffSecurityPage chrome={staffChromeOf(c)} own={own} notice={notice} />)
  })

  .get(paths.staff.ownPasskeys, (c) =>
    render(c, <AddPasskeyPage chrome={staffChromeOf(c)} device={deviceOf(c)} />),
  )

  .post(paths.staff.ownPasskeyChallenge, async (c) => {
    const { db, program, staff } = c.var
    const { passkeys } = await findOwnMethods(db, staff.staffId)
    return c.json(await enrolmentOptions(askedBy(c), program.name, staff, passkeys))
  })

  .post(paths.staff.ownPasskeys, withinFormLimit, async (c) => {
    const { db, now, staff, t } = c.var
    const fields = await readFormFields(c)
    const typed = typedText(fields, 'name')
    const again = (errors: Record<string, string[]>) =>
      render(c, <AddPasskeyPage chrome={staffChromeOf(c)} device={typed} errors={errors} />, 422)
    const name = v.safeParse(PasskeyName, typed)
    if (!name.success) return again({ name: ['staff.security.passkey-name-refused'] })
    const passkey = await enrolledPasskey(askedBy(c), staff.staffId, typedText(fields, 'passkey'))
    const named = passkey && { ...passkey, name: name.output ?? t('staff.passkey.unnamed') }
    if (!named || !(await addPasskey(db, staff.staffId, named, now)))
      return again({ name: ['staff.passkey.not-made'] })
    return c.redirect(`${paths.staff.security}?passkey-added`, 303)
  })

  .get(PASSKEY_PATH, async (c) => {
    const passkey = await requireOwnPasskey(c)
    return render(c, <RemovePasskeyPage c={c} passkey={passkey} />)
  })

  .post(PASSKEY_PATH, async (c) => {
    const passkey = await requireOwnPasskey(c)
    const { db, now, staff } = c.var
    if (await removePasskey(db, staff.staffId, passkey.credentialId, now))
      return c.redirect(`${paths.staff.security}?passkey-removed`, 303)
    const errors = { change: ['staff.security.last-way'] }
    return render(c, <RemovePasskeyPage c={c} passkey={passkey} errors={errors} />, 422)
  })

  .get(paths.staff.ownSessions, async (c) => {
    const { db, now, staff, staffSessionHash } = c.var
    const sessions = await listOwnSessions(db, staff.staffId, now)
    const shown = sessions.map((session) => ({ ...session, isThis: session.idHash === staffSessionHash }))
    return render(c, <OwnSessionsPage chrome={staffChromeOf(c)} sessions={shown} />)
  })

  .post(paths.staff.ownSessions, withinFormLimit, async (c) => {
    const { db, now, staff, staffSessionHash } = c.var
    const session = typedText(await readFormFields(c), 'session')
    if (session !== '') await endSession(db, staff.staffId, session, now)
    else if (staffSessionHash) await endOtherSessions(db, staff.staffId, staffSessionHash, now)
    return c.redirect(`${paths.staff.security}?sessions-ended`, 303)
  })

function askedBy({ env, var: { db, now } }: Context<StaffEnv>) {
  return { db, env, now }
}

async function requireOwnPasskey(c: Context<StaffEnv>) {
  const { passkeys } = await findOwnMethods(c.var.db, c.var.staff.staffId)
  const passkey = passkeys.find(({ credentialId }) => credentialId === c.req.param('id'))
  if (!passkey) throw new HTTPException(404)
  return passkey
}

type RemovePasskeyProps = {
  c: Context<StaffEnv>
  passkey: { credentialId: string; name: string }
  errors?: Record<string, string[]>
}

function RemovePasskeyPage({ c, passkey, errors }: RemovePasskeyProps) {
  const { t } = c.var
  return (
    <ConfirmChangePage
      chrome={staffChromeOf(c)}
      title={t('staff.security.remove-passkey', { name: passkey.name })}
      text={t('staff.security.remove-passkey-text')}
      action={paths.staff.ownPasskey(passkey.credentialId)}
      submit={t('staff.security.remove-passkey-submit')}
      {...(errors && { errors })}
    />
  )
}
