import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import { fieldErrors } from '../core/form-errors.ts'
import { type FormFields, readFormFields, typedText } from '../core/posted-form.ts'
import { render } from '../core/render.ts'
import { ok, type Result, refuse } from '../core/result.ts'
import type { FieldErrors } from '../layout/form.tsx'
import { paths } from '../paths.ts'
import { type CandidateEnv, chromeOf, requireFresh } from '../sign-in/viewer.ts'
import { isSimpleFix } from './decision.ts'
import { findSameRequest } from './make-queries.ts'
import { makeRequest } from './make-request.ts'
import { isSameName, nameOf, partsOf, type RecordName } from './name.ts'
import { NameChangeForm, Submission } from './name-change-form.ts'
import { NameChangePage, type NameChangeValues, nameChangeFields } from './name-change-views.tsx'
import { findNameOnRecord } from './own-queries.ts'
import { isNoFile, type Photo, readPhoto } from './photo.ts'
import { withinPhotoFormLimit } from './photo-form.ts'
import type { RequestDetails } from './request.ts'

type OnRecord = Awaited<ReturnType<typeof findNameOnRecord>>
type Asked = { details: RequestDetails['name_change']; photo: Photo | null }

/** Asking for another name on the record; routes.tsx lets only candidates in here. */
export const nameChange = new Hono<CandidateEnv>()
  .use(paths.newNameChange, requireFresh)

  .get(paths.newNameChange, async (c) => {
    const record = await findNameOnRecord(c.var.db, c.var.viewer.candidateId)
    if (record.openId !== null) return c.redirect(`${paths.request(record.openId)}?repeated`, 303)
    return renderForm(c, record.name, crypto.randomUUID(), valuesOf(record.name))
  })

  .post(paths.newNameChange, withinPhotoFormLimit(refuseUnread), async (c) => {
    const { db, viewer, now } = c.var
    const { candidateId } = viewer
    const fields = await readFormFields(c)
    const { submission } = v.is(Submission, fields) ? fields : { submission: crypto.randomUUID() }
    const record = await findNameOnRecord(db, candidateId)
    const asked = await readAsked(record, fields)
    if (!asked.ok) return renderForm(c, record.name, submission, typedValues(fields), asked.refusal)

    const request = { kind: 'name_change', candidateId, submission, actor: 'candidate' } as const
    const made = await makeRequest(c.env, db, { ...request, ...asked.value }, now)
    if (made) return c.redirect(paths.request(made.id), 303)
    const same = await findSameRequest(db, request)
    // Decided between our two questions: the list has it.
    return c.redirect(same ? `${paths.request(same.id)}?repeated` : paths.requests, 303)
  })

/** What is asked, or what is wrong with it. Where one letter is put right, a photo may be left out. */
async function readAsked(record: OnRecord, fields: FormFields): Promise<Result<Asked, FieldErrors>> {
  const { name: from, country, nameDecidedAt } = record
  const form = v.safeParse(NameChangeForm, fields)
  const isPhotoWanting = isNoFile(fields.photo)
  const photo = isPhotoWanting ? null : await readPhoto(fields.photo)
  const photoErrors = photo && !photo.ok ? { photo: [photo.refusal] } : {}
  if (!form.success) return refuse({ ...fieldErrors(form.issues), ...photoErrors })

  const { parts, nativeName, reason, explanation } = form.output
  const to = nameOf(parts, nativeName, country)
  if (isSameName(from, to)) return refuse({ givenName: ['requests.name.same'], ...photoErrors })
  if (photo && !photo.ok) return refuse(photoErrors)
  if (!photo && !isSimpleFix({ ...from, nameDecidedAt }, to))
    return refuse({ photo: ['requests.photo.missing'] })
  return ok({ details: { from, to, reason, explanation }, photo: photo?.value ?? null })
}

/** The form was so large that it was not read: what was typed is lost, and the page says why. */
async function refuseUnread(c: Context<CandidateEnv>) {
  const { name } = await findNameOnRecord(c.var.db, c.var.viewer.candidateId)
  return renderForm(c, name, crypto.randomUUID(), valuesOf(name), { photo: ['requests.photo.large'] })
}

function renderForm(
  c: Context<CandidateEnv>,
  name: RecordName,
  submission: string,
  values: NameChangeValues,
  errors?: FieldErrors,
) {
  const props = { name, submission, values, ...(errors && { errors }) }
  return render(c, <NameChangePage chrome={chromeOf(c)} {...props} />, errors ? 422 : 200)
}

function valuesOf(name: RecordName): NameChangeValues {
  return { ...partsOf(name), nativeName: name.nativeName ?? '', reason: '', explanation: '' }
}

function typedValues(fields: FormFields): NameChangeValues {
  const typed = nameChangeFields.map((name) => [name, typedText(fields, name)])
  return Object.fromEntries(typed) as NameChangeValues
}
