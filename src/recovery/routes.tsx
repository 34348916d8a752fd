import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import { calendarDateIn } from '../core/calendar-date.ts'
import { afterAnswer } from '../core/failure.ts'
import { fieldErrors } from '../core/form-errors.ts'
import { readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { askingNetwork, limitRate } from '../core/rate-limit.ts'
import { render } from '../core/render.ts'
import { handOverOwedMail } from '../mail/hand-over.ts'
import { paths } from '../paths.ts'
import { loadProgram } from '../program/queries.ts'
import { askForm } from './ask-form.ts'
import { askRecovery } from './ask-queries.ts'
import { AskedPage, LostAddressPage } from './ask-views.tsx'
import { type RecoveryEnv, recoveryLinks } from './link-routes.tsx'

/** "I cannot reach my e-mail any more": the way back in for who lost every address. It tells nobody whose ID is real. */
export const recovery = new Hono<RecoveryEnv>()
  .get(paths.lostAddress, async (c) => {
    const program = await loadProgram(c.var.db)
    const chrome = { t: c.var.t, program, viewer: null }
    return c.req.query('sent') === undefined
      ? render(c, <LostAddressPage chrome={chrome} program={program} typed={{}} />)
      : render(c, <AskedPage chrome={chrome} />)
  })

  .post(paths.lostAddress, withinFormLimit, async (c) => {
    const { db, now, t } = c.var
    const fields = await readFormFields(c)
    const program = await loadProgram(db)
    const form = v.safeParse(askForm(calendarDateIn(program.settings.timeZone, now)), fields)
    if (!form.success) {
      const typed = {
        candidateId: typedText(fields, 'candidateId'),
        number: typedText(fields, 'number'),
        birthOn: typedText(fields, 'birthOn'),
        email: typedText(fields, 'email'),
      }
      const chrome = { t, program, viewer: null }
      const errors = fieldErrors(form.issues)
      return render(c, <LostAddressPage {...{ chrome, program, typed, errors }} />, 422)
    }

    await limitAsks(c)
    await askRecovery(db, form.output, now)
    afterAnswer(c, { name: 'send recovery mail', done: handOverOwedMail(c.env, now) })
    return c.redirect(`${paths.lostAddress}?sent`, 303)
  })

  .route('/', recoveryLinks)

/** A brake on guessing; queries count what a patient stranger does from many networks. */
async function limitAsks(c: Context<RecoveryEnv>) {
  await limitRate(c, c.env.SIGN_IN_LIMITER, [`network:${askingNetwork(c)}`])
}
