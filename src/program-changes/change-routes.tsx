import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import { calendarDateIn } from '../core/calendar-date.ts'
import { type FormFields, readFormFields, typedText } from '../core/posted-form.ts'
import { render } from '../core/render.ts'
import { paths } from '../paths.ts'
import type { ProgramDocument } from '../program/program.ts'
import { mayRole } from '../staff/permissions.ts'
import { requirePermission, type StaffEnv, staffChromeOf } from '../staff/staff-viewer.ts'
import { CHANGE, readSeen, requireChange, whoOf } from './change-path.ts'
import { insertChange, rewriteChange } from './change-queries.ts'
import { CHANGE_NOTICES, ChangePage } from './change-views.tsx'
import { differencesOf } from './differences.ts'
import { type EditKind, editKinds, startingPoint, type Typed } from './edits.ts'
import { ChangeFormPage, type ChangeFormProps } from './form-views.tsx'
import { loadDraft, loadHead, loadHeadInForce, type Started } from './head-queries.ts'
import { readChange } from './read-change.ts'

const NEW = '/staff/program/changes/new/:kind'
const DOCUMENT = `${CHANGE}/document`
const VERSION = /^[1-9]\d{0,8}$/

/** Some ten times the sample program. */
const MOST_DOCUMENT_BYTES = 512 * 1024
const withinDocumentLimit = bodyLimit({
  maxSize: MOST_DOCUMENT_BYTES,
  onError: () => {
    throw new HTTPException(413)
  },
})

const Submission = v.pipe(v.string(), v.uuid())

/** Writing a change down, and looking at it. */
export const changePages = new Hono<StaffEnv>()
  .get(NEW, requirePermission('program.change'), async (c) => {
    const kind = requireKind(c)
    const base = await askedBase(c)
    const typed = { ...startingPoint(kind, base.head.document), effective: 'as-it-is' }
    return renderForm(c, newForm(kind, base, typed, crypto.randomUUID()))
  })

  .post(NEW, requirePermission('program.change'), withinDocumentLimit, async (c) => {
    const kind = requireKind(c)
    const typed = typedFields(await readFormFields(c))
    const submission = v.safeParse(Submission, typed.submission)
    const base = await seenBase(c, typed)
    // What was written for another version would take back what has come since.
    if (!base)
      return renderForm(c, newForm(kind, await loadHeadInForce(c.var.db), typed, crypto.randomUUID()), MOVED)
    const read = readChange(kind, base.head, typed, todayOf(c))
    if (!read.ok || !submission.success) {
      const refusal = read.ok ? { fields: {}, faults: [] } : read.refusal
      return renderForm(c, newForm(kind, base, typed, typed.submission || crypto.randomUUID()), refusal)
    }
    const made = { submission: submission.output, baseVersion: base.head.version }
    const id = await insertChange(c.var.db, read.value, made, whoOf(c))
    return c.redirect(`${paths.staff.programChange(id)}?saved`, 303)
  })

  .get(DOCUMENT, requirePermission('program.change'), async (c) => {
    const draft = await requireDraft(c)
    const { change, head } = draft
    if (change.state !== 'draft') return c.redirect(paths.staff.programChange(change.id), 303)
    const isFrom = change.effectiveOn !== head.effectiveOn
    const typed = {
      ...startingPoint('document', JSON.parse(change.document) as ProgramDocument),
      title: change.title,
      effective: isFrom ? 'from' : 'as-it-is',
      effectiveOn: isFrom ? (change.effectiveOn ?? '') : '',
    }
    return renderForm(c, draftForm(draft, change.version, typed))
  })

  .post(DOCUMENT, requirePermission('program.change'), withinDocumentLimit, async (c) => {
    const draft = await requireDraft(c)
    const { id } = draft.change
    const { fields, version } = await readSeen(c)
    const typed = typedFields(fields)
    const base = await seenBase(c, typed)
    if (!base) return renderForm(c, draftForm(draft, version, typed), MOVED)
    const form = draftForm({ ...draft, ...base }, version, typed)
    const read = readChange('document', base.head, typed, todayOf(c))
    if (!read.ok) return renderForm(c, form, read.refusal)
    const isDone = await rewriteChange(c.var.db, { id, version }, read.value, base.head.version, whoOf(c))
    if (!isDone) return renderForm(c, form, CONFLICT)
    return c.redirect(`${paths.staff.programChange(id)}?saved`, 303)
  })

  .get(`${CHANGE}/document.json`, async (c) => {
    const { id, document } = await requireChange(c)
    return c.body(JSON.stringify(JSON.parse(document), null, 2), 200, {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="program-change-${id}.json"`,
      'cache-control': 'private, no-store',
    })
  })

  .get(CHANGE, async (c) => {
    const change = await requireChange(c)
    const { staffId, role } = c.var.staff
    const { differences, more } = differencesOf(JSON.parse(change.baseDocument), JSON.parse(change.document))
    const notice = CHANGE_NOTICES.find((name) => c.req.query(name) !== undefined) ?? null
    const shown = {
      change,
      differences,
      more,
      notice,
      may: mayRole(role, 'program.change'),
      isAuthor: change.authors.includes(`,${staffId},`),
    }
    return render(c, <ChangePage chrome={staffChromeOf(c)} {...shown} />)
  })

const MOVED: Refusal = { fields: { form: ['program.form.moved'] }, faults: [] }
const CONFLICT: Refusal = { fields: { form: ['program.change.conflict'] }, faults: [] }

/** What somebody wants to change: the version that they chose, or the program as it is today. */
async function askedBase(c: Context<StaffEnv>): Promise<Started> {
  const asked = c.req.query('of')
  if (asked === undefined) return loadHeadInForce(c.var.db)
  const base = VERSION.test(asked) ? await loadHead(c.var.db, Number(asked)) : null
  if (!base) throw new HTTPException(404)
  return base
}

/** The version that a form was opened for; null where it does not stand any more. */
async function seenBase(c: Context<StaffEnv>, { base }: Typed): Promise<Started | null> {
  return base !== undefined && VERSION.test(base) ? loadHead(c.var.db, Number(base)) : null
}

async function requireDraft(c: Context<StaffEnv>) {
  const draft = await loadDraft(c.var.db, Number(c.req.param('id')))
  if (!draft) throw new HTTPException(404)
  return draft
}

function requireKind(c: Context<StaffEnv>): EditKind {
  const kind = editKinds.find((one) => one === c.req.param('kind'))
  if (!kind) throw new HTTPException(404)
  return kind
}

function todayOf(c: Context<StaffEnv>) {
  return calendarDateIn(c.var.program.settings.timeZone, c.var.now)
}

function typedFields(fields: FormFields): Typed {
  return Object.fromEntries(Object.keys(fields).map((name) => [name, typedText(fields, name)]))
}

type Form = Omit<ChangeFormProps, 'chrome'>

function newForm(kind: EditKind, base: Started, typed: Typed, submission: string): Form {
  return {
    kind,
    ...base,
    typed,
    submission,
    action: paths.staff.newProgramChange(kind),
    back: paths.staff.program,
  }
}

type Draft = NonNullable<Awaited<ReturnType<typeof loadDraft>>>

function draftForm({ change, head }: Draft, version: number, typed: Typed): Form {
  return {
    kind: 'document',
    head,
    standing: [],
    typed,
    version,
    isOutdated: change.baseVersion !== head.version,
    submission: '',
    action: paths.staff.programChangeDocument(change.id),
    back: paths.staff.programChange(change.id),
  }
}

type Refusal = { fields: Partial<Record<string, string[]>>; faults: { path: string; message: string }[] }

function renderForm(c: Context<StaffEnv>, form: Form, refusal?: Refusal) {
  const hasErrors = refusal !== undefined && Object.keys(refusal.fields).length > 0
  return render(
    c,
    <ChangeFormPage
      chrome={staffChromeOf(c)}
      {...form}
      {...(hasErrors && { errors: refusal.fields })}
      {...(refusal && { faults: refusal.faults })}
    />,
    refusal ? 422 : 200,
  )
}
