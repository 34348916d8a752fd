import { Hono } from 'hono'
import type { AppEnv } from '../core/app-env.ts'
import { deviceOf } from '../core/device.ts'
import { readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { logRefusal } from '../core/refusal.ts'
import { render } from '../core/render.ts'
import { paths } from '../paths.ts'
import { limitNetwork } from './attempt-limit.ts'
import { prepareSession } from './beginning.ts'
import { noteDelay } from './brake-queries.ts'
import { readCodeProof } from './code-proof.ts'
import { beginByCode, findPending, tryCode } from './code-queries.ts'
import { CodePage } from './code-views.tsx'
import { answerDelayed } from './delayed.tsx'
import { presentedBrowser } from './known-browser.ts'
import { presentedPending, takeBackPending } from './pending.ts'

const TOO_LATE = `${paths.signIn}?late`

/** The second of two factors. Without the first, in this browser and lately, the page leads back to it. */
export const signInCode = new Hono<AppEnv>()
  .get(paths.signInCode, async (c) => {
    const { db, t, now } = c.var
    const idHash = await presentedPending(c)
    if (idHash === null) return c.redirect(TOO_LATE, 303)
    const { pending, program } = await findPending(db, idHash, now)
    if (!pending) return c.redirect(TOO_LATE, 303)
    return render(c, <CodePage chrome={{ t, program, viewer: null }} />)
  })

  .post(paths.signInCode, withinFormLimit, async (c) => {
    const { db, t, now } = c.var
    const fields = await readFormFields(c)
    const field = 'recovery_code' in fields && !('code' in fields) ? 'recovery_code' : 'code'
    const typed = typedText(fields, field)
    const pendingHash = await presentedPending(c)
    if (pendingHash === null) return c.redirect(TOO_LATE, 303)
    await limitNetwork(c)

    if (typed.trim() === '') {
      const { pending, program } = await findPending(db, pendingHash, now)
      if (!pending) return c.redirect(TOO_LATE, 303)
      const errors = { [field]: [`sign-in.${field}.missing`] }
      return render(c, <CodePage chrome={{ t, program, viewer: null }} errors={errors} />, 422)
    }

    const browser = await presentedBrowser(c)
    const tried = { idHash: pendingHash, browserHash: browser?.tokenHash ?? null }
    const { attempt, pending, program } = await tryCode(db, tried, now)
    if (!pending || !attempt) {
      takeBackPending(c)
      return c.redirect(TOO_LATE, 303)
    }
    const chrome = { t, program, viewer: null }
    const { returnTo, candidateId } = pending
    if (!attempt.admitted) return answerDelayed(c, { chrome, until: attempt.until, returnTo })

    const proof = await readCodeProof(c.env.SEAL_KEY, pending, typed, now)
    if (proof) {
      const by = { method: proof.method, tryKey: attempt.key, browser }
      const { beginning, handOut } = await prepareSession(c, pending, by)
      if (await beginByCode(db, { ...beginning, pendingHash, proof }, now)) {
        takeBackPending(c)
        handOut()
        return c.redirect(returnTo, 303)
      }
    }
    logRefusal(c, 'code')
    await noteDelay(db, { candidateId, failures: attempt.failures, device: deviceOf(c) }, now)
    const errors = { [field]: [`sign-in.${field}.refused`] }
    return render(c, <CodePage chrome={chrome} errors={errors} />, 422)
  })
