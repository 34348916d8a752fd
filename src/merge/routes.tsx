import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import { tryKeepAwardsOf } from '../certifications/keep-awards.ts'
import { calendarDateIn } from '../core/calendar-date.ts'
import { type FormFields, readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { render } from '../core/render.ts'
import type { FieldErrors } from '../layout/form.tsx'
import { paths } from '../paths.ts'
import { findSameRequest } from '../requests/make-queries.ts'
import { makeRequest } from '../requests/make-request.ts'
import { type CandidateEnv, chromeOf, loadViewer, requireCandidate, requireFresh } from '../sign-in/viewer.ts'
import { type Preview, previewOf } from './preview.ts'
import { isOwnAlias, loadBoth, mergeProved } from './preview-queries.ts'
import { PreviewPage } from './preview-views.tsx'
import { mergeProofs } from './proof-routes.tsx'
import { DeadProofPage } from './proof-views.tsx'

const PREVIEW_PATH = '/profile/merge/proofs/:id{[1-9][0-9]{0,14}}'

const Submission = v.object({ submission: v.pipe(v.string(), v.uuid()) })

/** Profile › Merge records. The other record is proved first, then looked at, then merged. */
export const merge = new Hono<CandidateEnv>()
  .use('/profile/merge/*', loadViewer, requireCandidate, requireFresh)
  .route('/', mergeProofs)

  .get(PREVIEW_PATH, async (c) => {
    const proofId = Number(c.req.param('id'))
    const preview = await loadPreview(c, proofId)
    return preview ? previewPage(c, proofId, preview) : render(c, <DeadProofPage chrome={chromeOf(c)} />, 404)
  })

  .post(PREVIEW_PATH, withinFormLimit, async (c) => {
    const { db, program, now, viewer } = c.var
    const { candidateId } = viewer
    const proofId = Number(c.req.param('id'))
    const fields = await readFormFields(c)
    const preview = await loadPreview(c, proofId)
    if (!preview) return mergedOrDead(c, fields)
    if (preview.undoUntil || preview.isClosing) return previewPage(c, proofId, preview)
    if (preview.conflicts.length > 0) {
      const submission = v.is(Submission, fields) ? fields.submission : crypto.randomUUID()
      return c.redirect(paths.request(await askStaff(c, preview, submission)), 303)
    }
    if (typedText(fields, 'sure') === '')
      return previewPage(c, proofId, preview, { sure: ['merge.sure.missing'] })

    if (!(await mergeProved(db, { candidateId, proofId }, preview, now))) {
      const again = await loadPreview(c, proofId)
      return again ? previewPage(c, proofId, again, { sure: ['merge.changed'] }) : mergedOrDead(c, fields)
    }
    await tryKeepAwardsOf(db, [candidateId], calendarDateIn(program.settings.timeZone, now), now)
    return c.redirect(`${paths.merge}?merged`, 303)
  })

async function loadPreview(c: Context<CandidateEnv>, proofId: number): Promise<Preview | null> {
  const { candidateId } = c.var.viewer
  const both = await loadBoth(c.var.db, { candidateId, proofId }, c.var.now)
  return both && previewOf(candidateId, both)
}

/** The form was sent twice, or too late. */
async function mergedOrDead(c: Context<CandidateEnv>, fields: FormFields) {
  const { candidateId } = c.var.viewer
  const isDone = await isOwnAlias(c.var.db, { candidateId, aliasId: typedText(fields, 'other') })
  return isDone
    ? c.redirect(`${paths.merge}?merged`, 303)
    : render(c, <DeadProofPage chrome={chromeOf(c)} />, 404)
}

function previewPage(c: Context<CandidateEnv>, proofId: number, preview: Preview, errors?: FieldErrors) {
  const own = { id: c.var.viewer.candidateId, name: c.var.viewer.name }
  const submission = crypto.randomUUID()
  return render(
    c,
    <PreviewPage
      chrome={chromeOf(c)}
      {...{ proofId, own, preview, submission }}
      {...(errors && { errors })}
    />,
    errors ? 422 : 200,
  )
}

/** The id of the request that asks for the merge, made now or before. */
async function askStaff(c: Context<CandidateEnv>, { other }: Preview, submission: string): Promise<number> {
  const { db, now, viewer } = c.var
  const asked = { kind: 'merge_conflict' as const, candidateId: viewer.candidateId, submission }
  const details = { otherId: other.id }
  const made = await makeRequest(c.env, db, { ...asked, details, photo: null, actor: 'candidate' }, now)
  const request = made ?? (await findSameRequest(db, asked))
  if (!request) throw new Error('a request was neither made nor found')
  return request.id
}
