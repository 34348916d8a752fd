import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import { afterAnswer } from '../core/failure.ts'
import { fieldErrors } from '../core/form-errors.ts'
import { readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { render } from '../core/render.ts'
import type { FieldErrors } from '../layout/form.tsx'
import { handOverOwedMail } from '../mail/hand-over.ts'
import { paths } from '../paths.ts'
import { stopRecoveries } from '../recovery/stop-queries.ts'
import { sessionIsFresh } from '../sign-in/session.ts'
import { type CandidateEnv, chromeOf, loadViewer, requireCandidate, requireFresh } from '../sign-in/viewer.ts'
import { addAddress, askAgain } from './adding-queries.ts'
import { AddForm } from './address-form.ts'
import { whyKept } from './address-state.ts'
import { makePrimary, removeAddress } from './changing-queries.ts'
import { addressLinks } from './link-routes.tsx'
import { listAddresses } from './queries.ts'
import { AddressesPage, type AddressOutcome, addressOutcomes } from './views.tsx'

const FORMS = [paths.addressConfirmation, paths.primaryAddress, paths.addressRemoval, paths.stoppedRecovery]

/** Profile › E-mail addresses. Reading needs a session, changing one in which its holder was seen lately. */
export const addresses = new Hono<CandidateEnv>()
  .use(`${paths.addresses}/*`, loadViewer, requireCandidate)

  .get(paths.addresses, async (c) => {
    const outcome = addressOutcomes.find((name) => c.req.query(name) !== undefined) ?? null
    return renderAddresses(c, { outcome })
  })

  .post(paths.addresses, requireFresh, withinFormLimit, async (c) => {
    const { db, viewer, now } = c.var
    const fields = await readFormFields(c)
    const typed = typedText(fields, 'email')
    const form = v.safeParse(AddForm, fields)
    if (!form.success) return renderAddresses(c, { typed, errors: fieldErrors(form.issues) })

    const added = await addAddress(db, viewer.candidateId, form.output.email, now)
    if (added === 'own') return renderAddresses(c, { typed, errors: { email: ['addresses.add.own'] } })
    if (added === 'too_many')
      return renderAddresses(c, { typed, errors: { email: ['addresses.add.too-many'] } })
    return answer(c, 'added')
  })

  .post(paths.addressConfirmation, requireFresh, withinFormLimit, async (c) => {
    const { db, viewer, now } = c.var
    await askAgain(db, viewer.candidateId, await namedAddress(c), now)
    return answer(c, 'sent')
  })

  .post(paths.primaryAddress, requireFresh, withinFormLimit, async (c) => {
    const { db, viewer, now } = c.var
    const changed = await makePrimary(db, viewer.candidateId, await namedAddress(c), now)
    return answer(c, changed ? 'primary' : 'unchanged')
  })

  .post(paths.addressRemoval, requireFresh, withinFormLimit, async (c) => {
    const { db, viewer, now } = c.var
    const removed = await removeAddress(db, viewer.candidateId, await namedAddress(c), now)
    return answer(c, removed ? 'removed' : 'unchanged')
  })

  .post(paths.stoppedRecovery, requireFresh, async (c) => {
    const { db, viewer, now } = c.var
    const stopped = await stopRecoveries(db, { candidateId: viewer.candidateId, actor: 'candidate' }, now)
    return answer(c, stopped ? 'stopped' : 'unchanged')
  })

  // Whoever comes here by the back button or after signing in again is shown what there is to change.
  .on('GET', FORMS, (c) => c.redirect(paths.addresses, 303))

  .route('/', addressLinks)

/** The address that a button belongs to, as the page named it. */
async function namedAddress(c: Context<CandidateEnv>): Promise<string> {
  return typedText(await readFormFields(c), 'address')
}

/** Mail is owed by now; somebody may be waiting for it. */
function answer(c: Context<CandidateEnv>, outcome: AddressOutcome) {
  afterAnswer(c, { name: 'send mail about addresses', done: handOverOwedMail(c.env, c.var.now) })
  return c.redirect(`${paths.addresses}?${outcome}`, 303)
}

async function renderAddresses(
  c: Context<CandidateEnv>,
  shown: { outcome?: AddressOutcome | null; typed?: string; errors?: FieldErrors },
) {
  const { db, viewer, now } = c.var
  const { addresses: own, waiting } = await listAddresses(db, viewer.candidateId, now)
  const listed = own.map((address) => ({ ...address, kept: whyKept(address, own) }))
  const mayChange = sessionIsFresh(viewer, now)
  return render(
    c,
    <AddressesPage chrome={chromeOf(c)} addresses={listed} {...{ waiting, mayChange, ...shown }} />,
    shown.errors ? 422 : 200,
  )
}
