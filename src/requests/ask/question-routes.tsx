import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import { calendarDateIn } from '../../core/calendar-date.ts'
import { type FormFields, readFormFields, typedText } from '../../core/posted-form.ts'
import { render } from '../../core/render.ts'
import type { FieldErrors } from '../../layout/form.tsx'
import { paths } from '../../paths.ts'
import { type CandidateEnv, chromeOf } from '../../sign-in/viewer.ts'
import { Submission } from '../name-change-form.ts'
import { withinPhotoFormLimit } from '../photo-form.ts'
import { type QuestionFor, questionKinds } from '../request.ts'
import { showRequest } from '../show-request.tsx'
import { contentKey } from '../thread/content-key.ts'
import { readMessageFiles } from '../thread/message-files.ts'
import { withStoredFiles } from '../thread/store-files.ts'
import { NewRequestPage } from './new-request-views.tsx'
import { QuestionPage, type QuestionValues, questionFields } from './question-form-views.tsx'
import { findOwnRegistration, findSameQuestion, insertQuestion, listOwnSittings } from './question-queries.ts'
import { type Choices, readQuestion, sittingKey } from './read-question.ts'

const QUESTION = '/requests/new/:kind{missing_result|result_question|other}'

type Kind = QuestionFor['kind']
type AskContext = Context<CandidateEnv>

/** Asking staff something; ../routes.tsx lets only candidates in here. */
export const questions = new Hono<CandidateEnv>()
  .get(paths.newRequest, (c) => render(c, <NewRequestPage chrome={chromeOf(c)} />))

  .get(QUESTION, async (c) => {
    const kind = kindOf(c)
    const choices = await choicesOf(c, kind)
    return show(c, kind, choices, crypto.randomUUID(), await knownValues(c, kind, choices))
  })

  .post(QUESTION, withinPhotoFormLimit(refuseUnread), async (c) => {
    const { db, viewer, now } = c.var
    const kind = kindOf(c)
    const fields = await readFormFields(c)
    const { submission } = v.is(Submission, fields) ? fields : { submission: crypto.randomUUID() }
    const choices = await choicesOf(c, kind)
    const asked = readQuestion(kind, fields, choices)
    const files = await readMessageFiles(fields.files)
    if (!asked.ok || !files.ok) {
      const errors = { ...(asked.ok ? {} : asked.refusal), ...(files.ok ? {} : { files: [files.refusal] }) }
      return show(c, kind, choices, submission, typedValues(fields), errors)
    }

    const key = await contentKey(submission, [asked.value], files.value)
    const question = { ...asked.value, candidateId: viewer.candidateId, submission: key }
    const same = await findSameQuestion(db, question)
    const made = same
      ? null
      : await withStoredFiles(c.env, files.value, (stored) => insertQuestion(db, question, stored, now))
    if (made) return c.redirect(paths.request(made.id), 303)
    const known = same ?? (await findSameQuestion(db, question))
    if (known?.isSameForm) return c.redirect(`${paths.request(known.id)}?repeated`, 303)
    if (known) return showRequest(c, known.id, { notice: 'unsent', typed: typedText(fields, 'message') })
    return show(c, kind, choices, submission, typedValues(fields), { message: ['questions.too-many'] })
  })

const kindOf = (c: AskContext): Kind => questionKinds.find((kind) => kind === c.req.param('kind'))!

async function choicesOf(c: AskContext, kind: Kind): Promise<Choices> {
  const { db, viewer, program, now } = c.var
  const sittings = kind === 'result_question' ? await listOwnSittings(db, viewer.candidateId) : []
  return { program, today: calendarDateIn(program.settings.timeZone, now), sittings }
}

/** What is known of the sitting that the page was opened for. */
async function knownValues(c: AskContext, kind: Kind, { sittings }: Choices): Promise<QuestionValues> {
  const registrationId = (c.req.query('registration') ?? '').slice(0, 50)
  if (registrationId === '' || kind === 'other') return BLANK
  if (kind === 'result_question') {
    const sitting = sittings.find((one) => one.registrationId === registrationId)
    return { ...BLANK, result: sitting ? sittingKey(sitting) : '' }
  }
  const known = await findOwnRegistration(c.var.db, c.var.viewer.candidateId, registrationId)
  if (!known) return BLANK
  const { exam, appointmentOn, siteCode } = known
  return { ...BLANK, registrationId, exam, examOn: appointmentOn ?? '', site: siteCode ?? '' }
}

/** The form was so large that it was not read: what was typed is lost, and the page says why. */
async function refuseUnread(c: Context) {
  const kind = kindOf(c as AskContext)
  const choices = await choicesOf(c as AskContext, kind)
  const errors = { files: ['thread.files.large'] }
  return show(c as AskContext, kind, choices, crypto.randomUUID(), BLANK, errors)
}

function show(
  c: AskContext,
  kind: Kind,
  choices: Choices,
  submission: string,
  values: QuestionValues,
  errors?: FieldErrors,
) {
  const props = { kind, submission, values, ...choices, ...(errors && { errors }) }
  return render(c, <QuestionPage chrome={chromeOf(c)} {...props} />, errors ? 422 : 200)
}

const BLANK = Object.fromEntries(questionFields.map((name) => [name, ''])) as QuestionValues

function typedValues(fields: FormFields): QuestionValues {
  const typed = questionFields.map((name) => [name, typedText(fields, name)])
  return Object.fromEntries(typed) as QuestionValues
}
