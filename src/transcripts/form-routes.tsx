import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import { standingOn } from '../certifications/standing.ts'
import { fieldErrors } from '../core/form-errors.ts'
import { type FormFields, readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { render } from '../core/render.ts'
import { randomPublicId } from '../core/tokens.ts'
import type { FieldErrors } from '../layout/form.tsx'
import { paths } from '../paths.ts'
import { type CandidateEnv, chromeOf } from '../sign-in/viewer.ts'
import { checkAwards } from '../verification/checked-award.ts'
import { type Choice, NothingToShowPage, TranscriptFormPage } from './form-views.tsx'
import { requireOwn, TRANSCRIPT_PATH, todayOf } from './own-transcript.ts'
import { listOwnAwards, type OwnAward } from './queries.ts'
import { defaultValidThrough, Submission, type TranscriptForm, transcriptForm } from './transcript-form.ts'
import { insertTranscript, updateTranscript } from './write-queries.ts'

const FOREIGN_AWARD = { award: ['transcripts.award.foreign'] }

/** Create a new transcript, and edit one; routes.tsx lets only candidates in here. */
export const transcriptForms = new Hono<CandidateEnv>()
  .get(paths.newTranscript, async (c) => {
    const today = todayOf(c)
    const awards = await listOwnAwards(c.var.db, c.var.viewer.candidateId)
    if (awards.length === 0) return render(c, <NothingToShowPage chrome={chromeOf(c)} />)
    return render(
      c,
      <TranscriptFormPage
        chrome={chromeOf(c)}
        today={today}
        form={{ submission: crypto.randomUUID() }}
        values={{ validThrough: defaultValidThrough(today), remarks: '' }}
        choices={choicesOf(c, awards, (award) => standingOn(today, award) === 'active')}
      />,
    )
  })

  .post(paths.transcripts, withinFormLimit, async (c) => {
    const { candidateId } = c.var.viewer
    const awards = await listOwnAwards(c.var.db, candidateId)
    const fields = await readFormFields(c)
    const { submission } = v.is(Submission, fields) ? fields : { submission: crypto.randomUUID() }

    const form = readForm(c, fields, awards)
    if (!form.ok) return refuseForm(c, { submission }, fields, awards, form.errors)

    const { validThrough, remarks, award } = form.value
    const publicId = randomPublicId()
    const given = { candidateId, publicId, submission, validThrough, remarks, awardIds: award }
    const id = await insertTranscript(c.var.db, given, c.var.now)
    if (id === null) return refuseForm(c, { submission }, fields, awards, FOREIGN_AWARD)
    return c.redirect(paths.transcript(id), 303)
  })

  .get(`${TRANSCRIPT_PATH}/edit`, async (c) => {
    const { transcript, awards, listed } = await requireOwn(c, c.req.param('id'))
    if (listed.state === 'disabled') return c.redirect(paths.transcript(transcript.id), 303)
    return render(
      c,
      <TranscriptFormPage
        chrome={chromeOf(c)}
        today={todayOf(c)}
        form={{ id: transcript.id }}
        values={transcript}
        choices={choicesOf(c, awards, (award) => award.chosen)}
      />,
    )
  })

  .post(TRANSCRIPT_PATH, withinFormLimit, async (c) => {
    const { transcript, awards, listed } = await requireOwn(c, c.req.param('id'))
    const { id } = transcript
    if (listed.state !== 'disabled') {
      const fields = await readFormFields(c)
      const form = readForm(c, fields, awards)
      if (!form.ok) return refuseForm(c, { id }, fields, awards, form.errors)

      const { validThrough, remarks, award } = form.value
      const { candidateId } = c.var.viewer
      await updateTranscript(c.var.db, { id, candidateId, validThrough, remarks, awardIds: award }, c.var.now)
    }
    return c.redirect(paths.transcript(id), 303)
  })

type Read = { ok: true; value: TranscriptForm } | { ok: false; errors: FieldErrors }

/** The form's values, or what is wrong with them; an award must be among the candidate's own. */
function readForm(c: Context<CandidateEnv>, fields: FormFields, awards: readonly OwnAward[]): Read {
  const form = v.safeParse(transcriptForm(todayOf(c)), fields)
  if (!form.success) return { ok: false, errors: fieldErrors(form.issues) }
  const own = new Set(awards.map(({ id }) => id))
  return form.output.award.every((id) => own.has(id))
    ? { ok: true, value: form.output }
    : { ok: false, errors: FOREIGN_AWARD }
}

/** The same page again, with what was filled in. */
function refuseForm(
  c: Context<CandidateEnv>,
  form: { id: number } | { submission: string },
  fields: FormFields,
  awards: readonly OwnAward[],
  errors: FieldErrors,
) {
  const ticked = new Set([fields.award].flat().map(String))
  return render(
    c,
    <TranscriptFormPage
      chrome={chromeOf(c)}
      today={todayOf(c)}
      form={form}
      values={{ validThrough: typedText(fields, 'validThrough'), remarks: typedText(fields, 'remarks') }}
      choices={choicesOf(c, awards, ({ id }) => ticked.has(String(id)))}
      errors={errors}
    />,
    422,
  )
}

function choicesOf<Award extends OwnAward>(
  c: Context<CandidateEnv>,
  awards: readonly Award[],
  isChosen: (award: Award) => boolean,
): Choice[] {
  return checkAwards(c.var.program, todayOf(c), awards).map((award) => ({
    id: award.recorded.id,
    award,
    chosen: isChosen(award.recorded),
  }))
}
