import type { Translate } from '../i18n/messages.ts'
import { ErrorSummary, type FieldErrors, Input, Select } from '../layout/form.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import {
  LastSession,
  PeopleDone,
  type PeopleNotice,
  PersonState,
  type ShownColleague,
  waysOf,
} from './people-views.tsx'
import { type Role, roles } from './permissions.ts'

type PersonProps = {
  chrome: StaffChrome
  person: ShownColleague
  /** Whether the reader may change this person: an owner, and not themselves. */
  mayChange: boolean
  notice?: PeopleNotice | null
  errors?: FieldErrors
}

export function PersonPage({ chrome, person, mayChange, notice = null, errors }: PersonProps) {
  const { t } = chrome
  const here = paths.staff.person(person.staffId)
  const mayBeInvited = person.joinedAt === null || person.removedAt !== null
  return (
    <StaffPage chrome={chrome} title={person.name} section="people" failed={errors !== undefined}>
      <ErrorSummary t={t} errors={errors} />
      {notice && <PeopleDone t={t} notice={notice} />}
      <div class="head">
        <h1 dir="auto">{person.name}</h1>
        <p>{person.email}</p>
      </div>
      <dl class="facts">
        <Fact name={t('staff.people.role')}>{t(`staff.role.${person.role}`)}</Fact>
        <Fact name={t('staff.people.state')}>
          <PersonState t={t} person={person} />
        </Fact>
        <Fact name={t('staff.people.ways')}>{waysOf(t, person)}</Fact>
        <Fact name={t('staff.people.last-session')}>
          <LastSession t={t} person={person} />
        </Fact>
      </dl>
      {mayChange && person.removedAt === null && (
        <form class="form" method="post" action={here}>
          <h2>{t('staff.person.role')}</h2>
          <RoleField t={t} value={person.role} errors={errors} />
          <div>
            <button class="button" type="submit">
              {t('staff.person.role-submit')}
            </button>
          </div>
        </form>
      )}
      {mayChange && (
        <p class="actions">
          {mayBeInvited && <a href={`${here}/invitation`}>{t('staff.person.again')}</a>}
          {person.removedAt === null && <a href={`${here}/removal`}>{t('staff.person.remove')}</a>}
        </p>
      )}
    </StaffPage>
  )
}

function Fact({ name, children }: { name: string; children: unknown }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function RoleField({ t, value, errors }: { t: Translate; value: string; errors: FieldErrors | undefined }) {
  const options = roles.map((role) => ({ value: role, text: t(`staff.role.${role}`) }))
  const hint = t('staff.person.role-hint')
  return <Select t={t} name="role" label={t('staff.people.role')} {...{ hint, value, options, errors }} />
}

type NewPersonProps = {
  chrome: StaffChrome
  typed?: { name: string; email: string; role: string }
  errors?: FieldErrors
}

const NOBODY_YET = { name: '', email: '', role: 'support' satisfies Role }

export function NewPersonPage({ chrome, typed = NOBODY_YET, errors }: NewPersonProps) {
  const { t } = chrome
  return (
    <StaffPage
      chrome={chrome}
      title={t('staff.people.invite')}
      section="people"
      failed={errors !== undefined}
    >
      <ErrorSummary t={t} errors={errors} />
      <div class="head">
        <h1>{t('staff.people.invite')}</h1>
        <p>{t('staff.person.invite-intro')}</p>
      </div>
      <form class="form" method="post" action={paths.staff.newPerson}>
        <Input
          t={t}
          name="name"
          label={t('staff.people.name')}
          value={typed.name}
          errors={errors}
          dir="auto"
          required
        />
        <Input
          t={t}
          name="email"
          type="email"
          label={t('staff.email')}
          value={typed.email}
          errors={errors}
          required
        />
        <RoleField t={t} value={typed.role} errors={errors} />
        <div>
          <button class="button" type="submit">
            {t('staff.person.invite-submit')}
          </button>
        </div>
      </form>
    </StaffPage>
  )
}

type ConfirmProps = {
  chrome: StaffChrome
  person: ShownColleague
  what: 'removal' | 'invitation'
  errors?: FieldErrors
}

/** Says what will happen, and does it on the press of a button that says so. */
export function ConfirmPersonPage({ chrome, person, what, errors }: ConfirmProps) {
  const { t } = chrome
  const here = paths.staff.person(person.staffId)
  const title = t(`staff.person.${what}.title`, { name: person.name })
  return (
    <StaffPage chrome={chrome} title={title} section="people" failed={errors !== undefined}>
      <ErrorSummary t={t} errors={errors} />
      <div class="head">
        <h1>{title}</h1>
        <p>{t(`staff.person.${what}.text`, { email: person.email })}</p>
      </div>
      <form class="actions" method="post" action={`${here}/${what}`} id="person">
        <button class={what === 'removal' ? 'button button--danger' : 'button'} type="submit">
          {t(`staff.person.${what}.submit`)}
        </button>
        <a href={here}>{t('common.cancel')}</a>
      </form>
    </StaffPage>
  )
}
