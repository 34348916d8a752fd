import { Hono } from 'hono'
import * as v from 'valibot'
import { calendarDateIn } from '../core/calendar-date.ts'
import { afterAnswer } from '../core/failure.ts'
import { fieldErrors } from '../core/form-errors.ts'
import { readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { render } from '../core/render.ts'
import { handOverOwedMail } from '../mail/hand-over.ts'
import { paths } from '../paths.ts'
import { type CandidateEnv, chromeOf, loadViewer, requireCandidate, requireFresh } from '../sign-in/viewer.ts'
import { closingForm } from './closing-form.ts'
import { beginClosing, stopClosing } from './closing-queries.ts'
import { ClosingPage } from './closing-views.tsx'
import { askForCopy, type Copy, findLastCopy } from './copy-queries.ts'
import { downloads } from './download-routes.tsx'
import { makeDataExport } from './make-copies.ts'
import { COPIES_PER_DAY, closingAt } from './rules.ts'
import { type CopyState, PrivacyPage } from './views.tsx'

/** Profile → Privacy: what is kept, a copy of it, and the end of the account. */
export const privacy = new Hono<CandidateEnv>()
  .use(paths.privacy, loadViewer, requireCandidate)
  .use(`${paths.privacy}/*`, loadViewer, requireCandidate)
  .route('/', downloads)

  .get(paths.privacy, async (c) => {
    const { db, viewer, now, program } = c.var
    const last = await findLastCopy(db, viewer.candidateId, now)
    const copy = copyStateOf(last?.copy ?? null, program.settings.timeZone, now)
    const mayAsk = (last?.askedToday ?? 0) < COPIES_PER_DAY
    const kept = c.req.query('kept') !== undefined
    const isClosing = viewer.closesAt !== null
    return render(c, <PrivacyPage chrome={chromeOf(c)} {...{ copy, mayAsk, kept, isClosing }} />)
  })

  // Whoever comes here by the back button, or after proving again who they are, finds the button on the page.
  .get(paths.askForData, (c) => c.redirect(paths.privacy, 303))

  .post(paths.askForData, requireFresh, async (c) => {
    const { db, viewer, now } = c.var
    const id = await askForCopy(db, viewer.candidateId, now)
    // The scheduler makes it if this does not.
    if (id !== null) afterAnswer(c, { name: 'make data export', done: makeDataExport(c.env, now, id) })
    return c.redirect(paths.privacy, 303)
  })

  .get(paths.closing, requireFresh, (c) => {
    const { candidateId, closesAt } = c.var.viewer
    if (closesAt !== null) return c.redirect(paths.privacy, 303)
    const values = { verification: 'ends', confirm: '' }
    return render(c, <ClosingPage chrome={chromeOf(c)} candidateId={candidateId} values={values} />)
  })

  .post(paths.closing, requireFresh, withinFormLimit, async (c) => {
    const { db, viewer, now, program } = c.var
    const { candidateId } = viewer
    const fields = await readFormFields(c)
    const form = v.safeParse(closingForm(candidateId), fields)
    if (!form.success) {
      const values = {
        verification: typedText(fields, 'verification'),
        confirm: typedText(fields, 'confirm'),
      }
      const errors = fieldErrors(form.issues)
      return render(c, <ClosingPage chrome={chromeOf(c)} {...{ candidateId, values, errors }} />, 422)
    }
    const closesOn = calendarDateIn(program.settings.timeZone, closingAt(now))
    const keepsVerification = form.output.verification === 'keeps'
    await beginClosing(db, { candidateId, keepsVerification, closesOn }, now)
    afterAnswer(c, { name: 'hand over mail', done: handOverOwedMail(c.env, now) })
    return c.redirect(paths.privacy, 303)
  })

  .get(paths.keepAccount, (c) => c.redirect(paths.privacy, 303))

  .post(paths.keepAccount, async (c) => {
    await stopClosing(c.var.db, c.var.viewer.candidateId, c.var.now)
    afterAnswer(c, { name: 'hand over mail', done: handOverOwedMail(c.env, c.var.now) })
    return c.redirect(`${paths.privacy}?kept`, 303)
  })

function copyStateOf(copy: Copy | null, timeZone: string, now: Date): CopyState {
  if (copy?.downloadedAt) return { state: 'downloaded', on: calendarDateIn(timeZone, copy.downloadedAt) }
  if (!copy || copy.goneAt || copy.expiresAt <= now) return { state: 'none' }
  return copy.readyAt
    ? { state: 'ready', on: calendarDateIn(timeZone, copy.expiresAt) }
    : { state: 'pending' }
}
