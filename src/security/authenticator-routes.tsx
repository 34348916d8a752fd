import { type Context, Hono } from 'hono'
import { mintRecoveryCodes } from '../authenticators/recovery-codes.ts'
import { acceptedTotpStep, mintTotpSecret, openTotpSecret, totpAddress } from '../authenticators/totp.ts'
import { deviceOf } from '../core/device.ts'
import { readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { render } from '../core/render.ts'
import type { FieldErrors } from '../layout/form.tsx'
import { paths } from '../paths.ts'
import { type CandidateEnv, chromeOf } from '../sign-in/viewer.ts'
import { confirmSecret, deleteSecret, insertSecret, replaceCodes } from './authenticator-queries.ts'
import { authenticatorState } from './authenticator-setup.ts'
import { AuthenticatorStartPage, ConfirmAuthenticatorPage, TurnOffPage } from './authenticator-views.tsx'
import { findSecurity } from './queries.ts'
import { CodesShownPage, RecoveryCodesPage } from './recovery-code-views.tsx'

/** The authenticator app, and the recovery codes that come and go with it. */
export const authenticatorRoutes = new Hono<CandidateEnv>()
  .get(paths.securityAuthenticator, async (c) => {
    const { state, secret } = await findAuthenticator(c)
    if (state === 'on') return c.redirect(paths.security, 303)
    if (state === 'off') return render(c, <AuthenticatorStartPage chrome={chromeOf(c)} />)
    return renderSetup(c, await openTotpSecret(c.env.SEAL_KEY, holderOf(c), secret!.sealed))
  })

  .post(paths.securityAuthenticator, async (c) => {
    const { candidateId } = c.var.viewer
    const { sealed } = await mintTotpSecret(c.env.SEAL_KEY, holderOf(c))
    await insertSecret(c.var.db, { candidateId, sealed }, c.var.now)
    return c.redirect(paths.securityAuthenticator, 303)
  })

  // Whoever comes here by the back button or after signing in again goes on where they were.
  .get(paths.confirmAuthenticator, (c) => c.redirect(paths.securityAuthenticator, 303))

  .post(paths.confirmAuthenticator, withinFormLimit, async (c) => {
    const { db, viewer, now } = c.var
    const { candidateId } = viewer
    const code = typedText(await readFormFields(c), 'code')
    const { state, secret } = await findAuthenticator(c)
    // Sent twice, or from an old tab. Who missed the recovery codes can have new ones.
    if (state === 'on') return c.redirect(paths.recoveryCodes, 303)
    if (state === 'off') return c.redirect(paths.securityAuthenticator, 303)

    const { sealed, lastStep } = secret!
    const base32 = await openTotpSecret(c.env.SEAL_KEY, holderOf(c), sealed)
    const step = acceptedTotpStep(base32, code, lastStep, now)
    if (step === null) {
      const fault = code.trim() === '' ? 'missing' : 'wrong'
      return renderSetup(c, base32, { code: [`security.authenticator.code.${fault}`] })
    }

    const { codes, hashes } = await mintRecoveryCodes()
    const given = { candidateId, device: deviceOf(c), sealed, step, hashes }
    if (!(await confirmSecret(db, given, now))) return c.redirect(paths.recoveryCodes, 303)
    return render(c, <CodesShownPage chrome={chromeOf(c)} {...{ candidateId, codes }} isNew />)
  })

  .get(paths.removeAuthenticator, async (c) => {
    const { state } = await findAuthenticator(c)
    if (state !== 'on') return c.redirect(paths.security, 303)
    return render(c, <TurnOffPage chrome={chromeOf(c)} />)
  })

  .post(paths.removeAuthenticator, async (c) => {
    const { candidateId } = c.var.viewer
    await deleteSecret(c.var.db, { candidateId, device: deviceOf(c) }, c.var.now)
    return c.redirect(`${paths.security}?done=authenticator-off`, 303)
  })

  .get(paths.recoveryCodes, async (c) => {
    const { state, codesLeft } = await findAuthenticator(c)
    if (state !== 'on') return c.redirect(paths.securityAuthenticator, 303)
    return render(c, <RecoveryCodesPage chrome={chromeOf(c)} left={codesLeft} />)
  })

  // Answered with the page itself: the codes are kept as hashes only, so no other request could show them.
  .post(paths.recoveryCodes, async (c) => {
    const { candidateId } = c.var.viewer
    const { codes, hashes } = await mintRecoveryCodes()
    const made = await replaceCodes(c.var.db, { candidateId, device: deviceOf(c), hashes }, c.var.now)
    if (!made) return c.redirect(paths.securityAuthenticator, 303)
    return render(c, <CodesShownPage chrome={chromeOf(c)} {...{ candidateId, codes }} />)
  })

async function findAuthenticator(c: Context<CandidateEnv>) {
  const { db, viewer, now } = c.var
  const { authenticator, recoveryCodesLeft } = await findSecurity(db, viewer.candidateId, now)
  return {
    state: authenticatorState(authenticator, now),
    secret: authenticator,
    codesLeft: recoveryCodesLeft,
  }
}

function holderOf(c: Context<CandidateEnv>) {
  return { candidateId: c.var.viewer.candidateId }
}

function renderSetup(c: Context<CandidateEnv>, base32: string, errors?: FieldErrors) {
  const issuer = c.var.program.name
  const label = c.var.viewer.candidateId
  const setup = { base32, label, address: totpAddress(base32, { issuer, label }) }
  const page = <ConfirmAuthenticatorPage chrome={chromeOf(c)} setup={setup} {...(errors && { errors })} />
  return render(c, page, errors ? 422 : 200)
}
