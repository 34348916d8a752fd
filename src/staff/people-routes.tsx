import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import { afterAnswer } from '../core/failure.ts'
import { fieldErrors } from '../core/form-errors.ts'
import { readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { render } from '../core/render.ts'
import { handOverOwedMail } from '../mail/hand-over.ts'
import { paths } from '../paths.ts'
import { invite, inviteAgain } from './invite-queries.ts'
import { changeRole, findPerson, listPeople, removePerson } from './people-queries.ts'
import { PEOPLE_NOTICES, PeoplePage } from './people-views.tsx'
import { mayRole } from './permissions.ts'
import { ConfirmPersonPage, NewPersonPage, PersonPage } from './person-views.tsx'
import { emailField, nameField, roleField } from './staff-form.ts'
import {
  loadStaff,
  requireFreshStaff,
  requirePermission,
  requireStaff,
  type StaffEnv,
  staffChromeOf,
} from './staff-viewer.ts'

const PERSON_PATH = '/staff/people/:id{[1-9][0-9]{0,8}}'
const RoleForm = v.object({ role: roleField })
const InvitationForm = v.object({ name: nameField, email: emailField, role: roleField })

/** Who works here. Auditors may look; only owners change anything, and nobody changes themselves. */
export const staffPeople = new Hono<StaffEnv>()
  .use(`${paths.staff.people}/*`, loadStaff, requireStaff, requirePermission('people.view'))
  .use(paths.staff.newPerson, requirePermission('people.change'), requireFreshStaff)
  .use(`${PERSON_PATH}/:change`, requirePermission('people.change'), requireFreshStaff)

  .get(paths.staff.people, async (c) => {
    const people = await listPeople(c.var.db)
    const mayChange = mayRole(c.var.staff.role, 'people.change')
    return render(c, <PeoplePage chrome={staffChromeOf(c)} {...{ people, mayChange }} notice={noticeOf(c)} />)
  })

  .get(paths.staff.newPerson, (c) => render(c, <NewPersonPage chrome={staffChromeOf(c)} />))

  .post(paths.staff.newPerson, withinFormLimit, async (c) => {
    const fields = await readFormFields(c)
    const [name, email, role] = ['name', 'email', 'role'].map((field) => typedText(fields, field)) as [
      string,
      string,
      string,
    ]
    const again = (errors: Record<string, string[]>) =>
      render(
        c,
        <NewPersonPage chrome={staffChromeOf(c)} typed={{ name, email, role }} errors={errors} />,
        422,
      )
    const form = v.safeParse(InvitationForm, fields)
    if (!form.success) return again(fieldErrors(form.issues))
    const staffId = await invite(c.var.db, c.var.staff.staffId, form.output, c.var.now)
    if (staffId === null) return again({ email: ['staff.email.known'] })
    sendOwedMail(c)
    return c.redirect(`${paths.staff.person(staffId)}?invited`, 303)
  })

  .get(PERSON_PATH, async (c) => {
    const person = await requirePerson(c)
    return render(c, <PersonPage chrome={staffChromeOf(c)} {...person} notice={noticeOf(c)} />)
  })

  .post(PERSON_PATH, requirePermission('people.change'), requireFreshStaff, withinFormLimit, async (c) => {
    const { person, mayChange } = await requirePerson(c)
    if (!mayChange || person.removedAt) throw new HTTPException(404)
    const again = (error: string) => {
      const props = { person, mayChange, errors: { role: [error] } }
      return render(c, <PersonPage chrome={staffChromeOf(c)} {...props} />, 422)
    }
    const form = v.safeParse(RoleForm, await readFormFields(c))
    if (!form.success) return again('staff.role.missing')
    const change = { staffId: person.staffId, role: form.output.role }
    const outcome = await changeRole(c.var.db, c.var.staff.staffId, change, c.var.now)
    if (outcome === 'last-owner') return again('staff.person.last-owner')
    return c.redirect(`${paths.staff.person(person.staffId)}?role-changed`, 303)
  })

  .get(`${PERSON_PATH}/invitation`, async (c) => {
    const { person } = await requireOther(c)
    if (person.joinedAt && !person.removedAt) return c.redirect(paths.staff.person(person.staffId), 303)
    return render(c, <ConfirmPersonPage chrome={staffChromeOf(c)} person={person} what="invitation" />)
  })

  .post(`${PERSON_PATH}/invitation`, async (c) => {
    const { person } = await requireOther(c)
    const invited = await inviteAgain(c.var.db, c.var.staff.staffId, person.staffId, c.var.now)
    if (invited) sendOwedMail(c)
    return c.redirect(`${paths.staff.person(person.staffId)}${invited ? '?invited' : ''}`, 303)
  })

  .get(`${PERSON_PATH}/removal`, async (c) => {
    const { person } = await requireOther(c)
    if (person.removedAt) return c.redirect(paths.staff.person(person.staffId), 303)
    return render(c, <ConfirmPersonPage chrome={staffChromeOf(c)} person={person} what="removal" />)
  })

  .post(`${PERSON_PATH}/removal`, async (c) => {
    const { person } = await requireOther(c)
    const outcome = await removePerson(c.var.db, c.var.staff.staffId, person.staffId, c.var.now)
    if (outcome === 'last-owner') {
      const errors = { person: ['staff.person.last-owner'] }
      const props = { person, what: 'removal', errors } as const
      return render(c, <ConfirmPersonPage chrome={staffChromeOf(c)} {...props} />, 422)
    }
    return c.redirect(`${paths.staff.people}?removed`, 303)
  })

/** One of the staff, and whether the reader may change them. */
async function requirePerson(c: Context<StaffEnv>) {
  const person = await findPerson(c.var.db, Number(c.req.param('id')))
  if (!person) throw new HTTPException(404)
  const { staffId, role } = c.var.staff
  return { person, mayChange: mayRole(role, 'people.change') && person.staffId !== staffId }
}

async function requireOther(c: Context<StaffEnv>) {
  const found = await requirePerson(c)
  if (!found.mayChange) throw new HTTPException(404)
  return found
}

function noticeOf(c: Context<StaffEnv>) {
  return PEOPLE_NOTICES.find((name) => c.req.query(name) !== undefined) ?? null
}

function sendOwedMail(c: Context<StaffEnv>) {
  afterAnswer(c, { name: 'send invitation', done: handOverOwedMail(c.env, c.var.now) })
}
