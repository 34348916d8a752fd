import type { Translate } from '../i18n/messages.ts'
import { Instant } from '../layout/dates.tsx'
import { formatList } from '../layout/lists.ts'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import type { Role } from './permissions.ts'

/** One of the staff, as others of the staff see them. */
export type ShownColleague = {
  staffId: number
  name: string
  email: string
  role: Role
  invitedAt: Date
  joinedAt: Date | null
  removedAt: Date | null
  passkeys: number
  hasApp: boolean
  lastSeenAt: number | null
}

export const PEOPLE_NOTICES = ['invited', 'role-changed', 'removed'] as const
export type PeopleNotice = (typeof PEOPLE_NOTICES)[number]

type PeopleProps = {
  chrome: StaffChrome
  people: readonly ShownColleague[]
  mayChange: boolean
  notice: PeopleNotice | null
}

export function PeoplePage({ chrome, people, mayChange, notice }: PeopleProps) {
  const { t } = chrome
  return (
    <StaffPage chrome={chrome} title={t('staff.people.title')} section="people">
      {notice && <PeopleDone t={t} notice={notice} />}
      <div class="head">
        <h1>{t('staff.people.title')}</h1>
        <p>{t('staff.people.intro')}</p>
      </div>
      {mayChange && (
        <p class="actions">
          <a class="button" href={paths.staff.newPerson}>
            {t('staff.people.invite')}
          </a>
        </p>
      )}
      <table class="records">
        <caption>{t.plural('staff.people.count', people.length)}</caption>
        <thead>
          <tr>
            <th scope="col">{t('staff.people.name')}</th>
            <th scope="col">{t('staff.people.role')}</th>
            <th scope="col">{t('staff.people.state')}</th>
            <th scope="col">{t('staff.people.ways')}</th>
            <th scope="col">{t('staff.people.last-session')}</th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <Row t={t} person={person} />
          ))}
        </tbody>
      </table>
    </StaffPage>
  )
}

export function PeopleDone({ t, notice }: { t: Translate; notice: PeopleNotice }) {
  return (
    <div class="notice notice--good" role="status">
      <p>{t(`staff.people.${notice}`)}</p>
    </div>
  )
}

function Row({ t, person }: { t: Translate; person: ShownColleague }) {
  return (
    <tr>
      <th scope="row">
        <a href={paths.staff.person(person.staffId)} dir="auto">
          {person.name}
        </a>{' '}
        <span class="soft">{person.email}</span>
      </th>
      <td data-label={t('staff.people.role')}>{t(`staff.role.${person.role}`)}</td>
      <td data-label={t('staff.people.state')}>
        <PersonState t={t} person={person} />
      </td>
      <td data-label={t('staff.people.ways')}>{waysOf(t, person)}</td>
      <td data-label={t('staff.people.last-session')}>
        <LastSession t={t} person={person} />
      </td>
    </tr>
  )
}

export function PersonState({ t, person }: { t: Translate; person: ShownColleague }) {
  const { invitedAt, joinedAt, removedAt } = person
  const state = removedAt ? 'is-removed' : joinedAt ? 'is-joined' : 'is-invited'
  return (
    <>
      {t(`staff.people.${state}`)} <Instant t={t} at={removedAt ?? joinedAt ?? invitedAt} />
    </>
  )
}

export function LastSession({ t, person }: { t: Translate; person: ShownColleague }) {
  if (person.lastSeenAt === null) return <>{t('common.none')}</>
  return <Instant t={t} at={new Date(person.lastSeenAt)} />
}

export function waysOf(t: Translate, { passkeys, hasApp }: ShownColleague): string {
  const ways = [
    ...(passkeys > 0 ? [t.plural('staff.people.passkeys', passkeys)] : []),
    ...(hasApp ? [t('staff.people.app')] : []),
  ]
  return ways.length === 0 ? t('common.none') : formatList(t, ways)
}
