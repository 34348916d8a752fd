import type { CalendarDate } from '../core/calendar-date.ts'
import { Instant } from '../layout/dates.tsx'
import { LogEntries } from '../layout/log-entries.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import type { Permission } from '../staff/permissions.ts'
import { Mails, Methods, Recoveries, Requests, Sessions } from './account-views.tsx'
import { Approvals } from './approval-record-views.tsx'
import { Awards, Milestones, Transcripts } from './award-record-views.tsx'
import type { CandidateRecord } from './candidate-queries.ts'
import { Courses } from './course-record-views.tsx'
import { Registrations, Results } from './exam-record-views.tsx'
import { Addresses, NameHistory, PersonFacts } from './person-views.tsx'

type CandidatePageProps = {
  chrome: StaffChrome
  today: CalendarDate
  record: CandidateRecord
  /** How many of a kind were asked for. */
  limit: number
  /** True right after all sessions were ended. */
  sessionsEnded: boolean
}

/** Everything known of a candidate, and where it is from. */
export function CandidatePage({ chrome, today, record, limit, sessionsEnded }: CandidatePageProps) {
  const { t, program, staff } = chrome
  const { id, fullName, nativeName, closesAt, erasedAt } = record.person
  const name = erasedAt ? t('console.closed-account') : fullName
  const may = (permission: Permission) => staff?.may.includes(permission) ?? false
  const part = { t, record, limit }
  return (
    <StaffPage chrome={chrome} title={t('console.candidate.title', { name, id })} section="candidates">
      <div class="head">
        <h1>{name}</h1>
        {nativeName && (
          <p>
            <bdi>{nativeName}</bdi>
          </p>
        )}
        <p>{t('common.candidate-id', { id })}</p>
      </div>
      {sessionsEnded && (
        <p class="notice notice--good" role="status">
          {t('console.sessions.ended')}
        </p>
      )}
      {closesAt && (
        <p class="notice">
          {t('console.candidate.closes')} <Instant t={t} at={closesAt} />
        </p>
      )}
      {erasedAt && (
        <p class="notice">
          {t('console.candidate.erased')} <Instant t={t} at={erasedAt} />
        </p>
      )}
      <div class="actions">
        {may('candidates.see-as') && (
          <a class="button button--quiet" href={paths.staff.asCandidate(id)}>
            {t('console.see-as')}
          </a>
        )}
        {may('candidates.end-sessions') && (
          <a class="button button--danger" href={paths.staff.candidateSessions(id)}>
            {t('console.sessions.end')}
          </a>
        )}
      </div>
      <PersonFacts t={t} person={record.person} />
      <Addresses {...part} />
      <NameHistory {...part} />
      <Awards {...part} today={today} linked={may('awards.view')} />
      <Milestones t={t} record={record} />
      <Approvals t={t} record={record} program={program} mayGive={may('approvals.give')} />
      <Registrations {...part} />
      <Results {...part} linked={may('deliveries.view')} />
      <Courses {...part} program={program} />
      <Transcripts {...part} today={today} />
      <Requests {...part} linked={may('requests.view')} />
      <Methods {...part} />
      <Sessions {...part} />
      <Recoveries {...part} />
      <Mails {...part} />
      <section class="stack">
        <h2>{t('console.entries')}</h2>
        {record.entries.length === 0 ? (
          <p class="soft">{t('common.none')}</p>
        ) : (
          <LogEntries
            t={t}
            caption={t.plural('console.lines', record.entries.length)}
            entries={record.entries}
            linked={false}
          />
        )}
        {may('audit.view') && (
          <p>
            <a href={`${paths.staff.audit}?${new URLSearchParams({ candidate: id })}`}>
              {t('console.entries.all')}
            </a>
          </p>
        )}
      </section>
    </StaffPage>
  )
}

/** Asks before every session of somebody else is ended. */
export function EndSessionsPage({
  chrome,
  candidate: { id, fullName },
}: {
  chrome: StaffChrome
  candidate: { id: string; fullName: string }
}) {
  const { t } = chrome
  const title = t('console.sessions.end.title', { name: fullName })
  return (
    <StaffPage chrome={chrome} title={title} section="candidates">
      <div class="head">
        <h1>{title}</h1>
        <p>{t('console.sessions.end.text')}</p>
      </div>
      <form class="actions" method="post" action={paths.staff.candidateSessions(id)}>
        <button class="button button--danger" type="submit">
          {t('console.sessions.end')}
        </button>
        <a href={paths.staff.candidate(id)}>{t('common.cancel')}</a>
      </form>
    </StaffPage>
  )
}
