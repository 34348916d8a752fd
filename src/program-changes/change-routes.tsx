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
import { findVersion, insertChange, loadHead, rewriteChange } from './change-queries.ts'
import { CHANGE_NOTICES, ChangePage } from './change-views.tsx'
import { differencesOf } from './differences.ts'
import { type EditKind, editKinds, startingPoint, type Typed } from './edits.ts'
import { ChangeFormPage, type ChangeFormProps } from './form-views.tsx'
import { type Head, readChange } from './read-change.ts'

const NEW = '/staff/program/changes/new/:kind'
const DOCUMENT = `${CHANGE}/document`

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
    const head = await headFor(c, kind)
    const typed = { ...startingPoint(kind, head.document), effective: 'as-it-is' }
    return renderForm(c, newForm(kind, head, typed, crypto.randomUUID()))
  })

  .post(NEW, requirePermission('program.change'), withinDocumentLimit, async (c) => {
    const kind = requireKind(c)
    const head = await headFor(c, kind)
    const fields = await readFormFields(c)
    const typed = typedFields(fields)
    const submission = v.safeParse(Submission, typed.submission)
    // What was written for another version would take back what has come since.
    if (typed.base !== String(head.version))
      return renderForm(c, newForm(kind, head, typed, crypto.randomUUID()), MOVED)
    const read = readChange(kind, head, typed, todayOf(c))
    if (!read.ok || !submission.success) {
      const refusal = read.ok ? { fields: {}, faults: [] } : read.refusal
      return renderForm(c, newForm(kind, head, typed, typed.submission || crypto.randomUUID()), refusal)
    }
    const made = { submission: submission.output, baseVersion: head.version }
    const id = await insertChange(c.var.db, read.value, made, whoOf(c))
    return c.redirect(`${paths.staff.programChange(id)}?saved`, 303)
  })

  .get(DOCUMENT, requirePermission('program.change'), async (c) => {
    const change = await requireChange(c)
    if (change.state !== 'draft') return c.redirect(paths.staff.programChange(change.id), 303)
    const head = await loadHead(c.var.db)
    const document = JSON.parse(change.document) as ProgramDocument
    const isFrom = change.effectiveOn !== head.effectiveOn
    const typed = {
      ...startingPoint('document', document),
      title: change.title,
      effective: isFrom ? 'from' : 'as-it-is',
      effectiveOn: isFrom ? (change.effectiveOn ?? '') : '',
    }
    return renderForm(c, draftForm(change.id, change.version, head, typed))
  })

  .post(DOCUMENT, requirePermission('program.change'), withinDocumentLimit, async (c) => {
    const { id } = await requireChange(c)
    const { fields, version } = await readSeen(c)
    const head = await loadHead(c.var.db)
    const typed = typedFields(fields)
    const read = readChange('document', head, typed, todayOf(c))
    if (!read.ok) return renderForm(c, draftForm(id, version, head, typed), read.refusal)
    const isDone = await rewriteChange(c.var.db, { id, version }, read.value, whoOf(c))
    if (!isDone) return renderForm(c, draftForm(id, version, head, typed), CONFLICT)
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
    const base = await findVersion(c.var.db, change.baseVersion)
    const { differences, more } = differencesOf(
      JSON.parse(base?.document ?? '{}'),
      JSON.parse(change.document),
    )
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

/** An extension is decreed today: by the version in force, whatever is to come. */
function headFor(c: Context<StaffEnv>, kind: EditKind): Promise<Head> {
  return loadHead(c.var.db, kind === 'extension' ? 'in force' : 'newest')
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

function newForm(kind: EditKind, head: Head, typed: Typed, submission: string): Form {
  return {
    kind,
    head,
    typed,
    submission,
    action: paths.staff.newProgramChange(kind),
    back: paths.staff.program,
  }
}

function draftForm(id: number, version: number, head: Head, typed: Typed): Form {
  return {
    kind: 'document',
    head,
    typed,
    version,
    submission: '',
    action: paths.staff.programChangeDocument(id),
    back: paths.staff.programChange(id),
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
