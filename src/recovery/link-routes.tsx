import { type Context, Hono } from 'hono'
import type { AppEnv } from '../core/app-env.ts'
import { openDatabase } from '../core/database.ts'
import { afterAnswer } from '../core/failure.ts'
import { readFormFields } from '../core/posted-form.ts'
import { render } from '../core/render.ts'
import { sha256Hex } from '../core/tokens.ts'
import type { FieldErrors } from '../layout/form.tsx'
import { handOverOwedMail } from '../mail/hand-over.ts'
import { paths } from '../paths.ts'
import type { Program } from '../program/program.ts'
import { makeRequest } from '../requests/make-request.ts'
import { readPhoto } from '../requests/photo.ts'
import { withinPhotoFormLimit } from '../requests/photo-form.ts'
import { confirmRecovery, findRecovery } from './link-queries.ts'
import { RecoveryPage, StopRecoveryPage } from './link-views.tsx'
import { type FoundRecovery, recoveryState, stopState } from './recovery-state.ts'
import { findStop, stopRecoveries } from './stop-queries.ts'

export type RecoveryEnv = AppEnv

const RECOVERY_PATH = '/lost-address/:token'
const PHOTO_PATH = '/lost-address/:token/photo'
const STOP_PATH = '/lost-address/stop/:token'

/** The key of one filling-in of the form: the same sent twice is one request. */

/** Where the links in mails about recoveries lead. Only buttons do anything: mail scanners open every link. */
export const recoveryLinks = new Hono<RecoveryEnv>()
  .get(STOP_PATH, async (c) => {
    const token = c.req.param('token')
    const { stop, program } = await findStop(c.var.db, await sha256Hex(token), c.var.now)
    const state = stopState(stop)
    const page = <StopRecoveryPage chrome={chromeFor(c, program)} {...{ state, token, stop }} />
    return render(c, page, state === 'dead' ? 404 : 200)
  })

  .post(STOP_PATH, async (c) => {
    const { db, now } = c.var
    const token = c.req.param('token')
    const tokenHash = await sha256Hex(token)
    const { stop } = await findStop(db, tokenHash, now)
    if (stop !== null && stopState(stop) === 'works') {
      await stopRecoveries(db, { candidateId: stop.candidateId, actor: 'nobody', tokenHash }, now)
      sendMail(c)
    }
    return c.redirect(paths.stopRecovery(token), 303)
  })

  .get(RECOVERY_PATH, async (c) => {
    const { recovery, program } = await findRecovery(c.var.db, await sha256Hex(c.req.param('token')))
    return renderRecovery(c, recovery, program)
  })

  .post(RECOVERY_PATH, async (c) => {
    const { db, now } = c.var
    const token = c.req.param('token')
    const tokenHash = await sha256Hex(token)
    const { recovery } = await findRecovery(db, tokenHash)
    if (recovery !== null && recoveryState(recovery, now) === 'works') {
      await confirmRecovery(db, tokenHash, recovery, now)
      sendMail(c)
    }
    return c.redirect(paths.recovery(token), 303)
  })

  // Whoever comes here by the back button is shown where it stands.
  .get(PHOTO_PATH, (c) => c.redirect(paths.recovery(c.req.param('token')), 303))

  .post(
    PHOTO_PATH,
    withinPhotoFormLimit(async (c) => {
      const { recovery, program } = await findRecovery(c.var.db, await sha256Hex(c.req.param('token')!))
      return renderRecovery(c, recovery, program, { photo: ['requests.photo.large'] })
    }),
    async (c) => {
      const { db, now } = c.var
      const token = c.req.param('token')
      const { recovery, program } = await findRecovery(db, await sha256Hex(token))
      if (recovery === null || recoveryState(recovery, now) !== 'photo')
        return c.redirect(paths.recovery(token), 303)

      const fields = await readFormFields(c)
      const photo = await readPhoto(fields.photo)
      if (!photo.ok) return renderRecovery(c, recovery, program, { photo: [photo.refusal] })

      // After the answer, so that it takes as long for an ID that is nobody's, whose photo is thrown away here.
      const { candidateId, recoveryId } = recovery
      if (candidateId !== null) {
        const request = {
          kind: 'address_recovery',
          candidateId,
          // One for each proved mailbox, however often its form is sent.
          submission: `recovery/${recoveryId}`,
          details: { recoveryId },
          photo: photo.value,
          actor: 'nobody',
        } as const
        const done = makeRequest(c.env, openDatabase(c.env.DB), request, now)
        afterAnswer(c, { name: 'make recovery request', done: done.then(() => handOverOwedMail(c.env, now)) })
      }
      return c.redirect(`${paths.recovery(token)}?sent`, 303)
    },
  )

function sendMail(c: Context<RecoveryEnv>) {
  afterAnswer(c, { name: 'send mail about a recovery', done: handOverOwedMail(c.env, c.var.now) })
}

function renderRecovery(
  c: Context<RecoveryEnv>,
  recovery: FoundRecovery | null,
  program: Program,
  errors?: FieldErrors,
) {
  const found = recoveryState(recovery, c.var.now)
  const state = found === 'photo' && c.req.query('sent') !== undefined ? 'sent' : found
  const token = c.req.param('token')!
  const at = recovery?.effectiveAt ?? null
  const page = (
    <RecoveryPage chrome={chromeFor(c, program)} {...{ state, token, at }} {...(errors && { errors })} />
  )
  return render(c, page, state === 'dead' ? 404 : errors && state === 'photo' ? 422 : 200)
}

/** Without the menu of whoever is signed in here: the link may be somebody else's. */
function chromeFor(c: Context<RecoveryEnv>, program: Program) {
  return { t: c.var.t, program, viewer: null }
}
