import { type Context, Hono } from 'hono'
import { deviceOf } from '../core/device.ts'
import { readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { logRefusal } from '../core/refusal.ts'
import { render } from '../core/render.ts'
import { paths } from '../paths.ts'
import { tryOwnAccount } from './account-queries.ts'
import { beginAgain, findOwnMethods, findTotp } from './again-queries.ts'
import { AgainPage } from './again-views.tsx'
import { limitNetwork } from './attempt-limit.ts'
import { prepareSession } from './beginning.ts'
import { noteDelay } from './brake-queries.ts'
import { readCodeProof } from './code-proof.ts'
import { answerDelayed } from './delayed.tsx'
import { presentedBrowser } from './known-browser.ts'
import { openByPasskey } from './passkey-proof.ts'
import { isPassword } from './password.ts'
import { safeReturnTo } from './return-to.ts'
import { type CandidateEnv, chromeOf, loadViewer, requireCandidate } from './viewer.ts'

/** Proving once more who one is, before what is sensitive. A new session takes the place of the one there is. */
export const signInAgain = new Hono<CandidateEnv>()
  .use(paths.signInAgain, loadViewer, requireCandidate)

  .get(paths.signInAgain, async (c) => {
    const returnTo = safeReturnTo(c.req.query('return_to'))
    const methods = await findOwnMethods(c.var.db, c.var.viewer.candidateId)
    return render(c, <AgainPage chrome={chromeOf(c)} {...{ methods, returnTo }} />)
  })

  .post(paths.signInAgain, withinFormLimit, async (c) => {
    const fields = await readFormFields(c)
    const returnTo = safeReturnTo(fields.return_to)
    await limitNetwork(c)

    const passkey = typedText(fields, 'passkey')
    if (passkey !== '') {
      if (await openByPasskey(c, passkey, c.var.viewer)) return c.redirect(returnTo, 303)
      return refused(c, returnTo, { passkey: ['sign-in.passkey.refused'] })
    }
    const password = typedText(fields, 'password')
    if (password === '') return refused(c, returnTo, { password: ['sign-in.password.missing'] })
    return withPassword(c, { password, code: typedText(fields, 'code'), returnTo })
  })

async function withPassword(
  c: Context<CandidateEnv>,
  { password, code, returnTo }: { password: string; code: string; returnTo: string },
) {
  const { db, now, viewer, sessionHash: previousIdHash } = c.var
  const { candidateId } = viewer
  const browser = await presentedBrowser(c)
  const tried = { candidateId, browserHash: browser?.tokenHash ?? null }
  const { attempt, account } = await tryOwnAccount(db, tried, now)
  if (!attempt.admitted) return answerDelayed(c, { chrome: chromeOf(c), until: attempt.until, returnTo })

  const isTheirs = await isPassword(password, account?.encoded ?? null)
  const totp = account?.hasTotp ? await findTotp(db, candidateId) : null
  const proof = totp && (await readCodeProof(c.env.SEAL_KEY, { candidateId, ...totp }, code, now))
  const setAt = account?.passwordSetAt ?? null
  if (account && setAt !== null && isTheirs && (!account.hasTotp || proof)) {
    const by = { method: proof?.method ?? 'password', tryKey: attempt.key, browser } as const
    const { beginning, handOut } = await prepareSession(c, account, by)
    if (await beginAgain(db, { ...beginning, previousIdHash, setAt, proof }, now)) {
      handOut()
      return c.redirect(returnTo, 303)
    }
  }
  logRefusal(c, 'password')
  await noteDelay(db, { candidateId, failures: attempt.failures, device: deviceOf(c) }, now)
  return refused(c, returnTo, { password: ['sign-in.again.refused'] })
}

async function refused(c: Context<CandidateEnv>, returnTo: string, errors: Record<string, string[]>) {
  const methods = await findOwnMethods(c.var.db, c.var.viewer.candidateId)
  return render(c, <AgainPage chrome={chromeOf(c)} {...{ methods, returnTo, errors }} />, 422)
}
