import type { CalendarDate } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import { Bars } from '../layout/bars.tsx'
import { DateWithDistance, Instant } from '../layout/dates.tsx'
import { Records } from '../layout/records.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import { Due } from './desk/due-views.tsx'
import { AGE_STEPS, isFiltered, type QueueFilter, queuePath, unfiltered } from './desk/queue-filter.ts'
import { QueueFilters } from './desk/queue-filter-views.tsx'
import { staffState } from './desk/state-words.ts'
import type { AskedFor, RequestState } from './request.ts'

export type QueuedRequest = AskedFor & {
  id: number
  state: RequestState
  candidateId: string
  fullName: string
  askedOn: CalendarDate
  /** Only while it is the turn of staff. */
  dueOn: CalendarDate | null
  assignee: string | null
  turnSince: Date
  decidedAt: Date | null
  decidedBy: string | null
  document: 'kept' | 'destroyed' | 'none'
  /** The last message that its candidate can read, too; 0 where there is none. */
  lastSaid: number
  /** May be approved from here, without looking at more. */
  isSimple: boolean
}

type QueuePageProps = {
  chrome: StaffChrome
  today: CalendarDate
  filter: QueueFilter
  requests: readonly QueuedRequest[]
  /** False on the pages behind the first. */
  isFirstPage: boolean
  /** How many have waited for staff how long, by AGE_STEPS. */
  ages: readonly number[]
  rated: { count: number; helped: number }
  /** The address of the page behind this one, if there is one. */
  next: string | null
}

export function QueuePage(props: QueuePageProps) {
  const { chrome, today, filter, requests, ages, rated, next } = props
  const { t, staff } = chrome
  const may = staff?.may ?? []
  return (
    <StaffPage
      chrome={chrome}
      title={t('requests.queue.title')}
      section="requests"
      scripts={['request-keys.js']}
    >
      <div class="head">
        <h1>{t('requests.queue.title')}</h1>
        <p>{t(`desk.intro.${filter.state}`)}</p>
      </div>
      <div class="sides">
        <Bars
          title={t('desk.ages')}
          bars={ages.map((count, index) => ({
            name: t(`desk.ages.${AGE_STEPS[index]![0]}`),
            count,
            text: new Intl.NumberFormat(t.locale).format(count),
            isFresh: index === 0,
          }))}
        />
        <div class="stack">
          <p>{helpedText(t, rated)}</p>
          {may.includes('canned-answers.change') && (
            <p>
              <a href={paths.staff.cannedAnswers}>{t('desk.canned.title')}</a>
            </p>
          )}
        </div>
      </div>
      <QueueFilters t={t} filter={filter} />
      {requests.length === 0 ? (
        <NoRequests t={t} {...props} />
      ) : (
        <QueueTable {...{ t, today, filter, requests }} mayDecide={may.includes('requests.decide')} />
      )}
      {next !== null && (
        <p>
          <a href={next}>{t('requests.queue.next')}</a>
        </p>
      )}
      <p class="soft" data-keys hidden>
        <span>{t('desk.keys.queue')}</span>{' '}
        <button class="link" type="button" data-on={t('desk.keys.on')} data-off={t('desk.keys.off')} />
      </p>
    </StaffPage>
  )
}

/** Where some are left out, by what is chosen or by the pages before, it does not say that there are none. */
function NoRequests({ t, filter, isFirstPage }: QueuePageProps & { t: Translate }) {
  const isAll = isFirstPage && !isFiltered(filter)
  return (
    <div class="empty">
      <p>{t(isAll ? `desk.empty.${filter.state}` : 'desk.empty.of-these')}</p>
      {!isAll && (
        <p>
          <a href={queuePath(unfiltered(filter))}>{t(`desk.all.${filter.state}`)}</a>
        </p>
      )}
    </div>
  )
}

function helpedText(t: Translate, { count, helped }: QueuePageProps['rated']): string {
  if (count === 0) return t('desk.rated.none')
  const percent = new Intl.NumberFormat(t.locale, { style: 'percent' }).format(helped / count)
  return t.plural('desk.rated', count, { percent })
}

type TableProps = Pick<QueuePageProps, 'today' | 'filter' | 'requests'> & { t: Translate; mayDecide: boolean }

function QueueTable({ t, today, filter, requests, mayDecide }: TableProps) {
  return (
    <Records
      caption={t(`desk.caption.${filter.state}`)}
      columns={[
        t('requests.column.request'),
        t('requests.queue.candidate'),
        t('requests.column.sent'),
        t('desk.assignee'),
        t(`desk.column.${filter.state}`),
      ]}
      rows={requests.map((request) => [
        <>
          <a href={paths.staff.request(request.id)} data-row>
            {t(`requests.kind.${request.kind}`)}
          </a>
          {request.kind === 'other' && (
            <div class="soft">
              <bdi>{request.details.subject}</bdi>
            </div>
          )}
        </>,
        <>
          <bdi>{request.fullName}</bdi> <div class="soft">{request.candidateId}</div>
          {request.kind === 'name_change' && (
            <div>
              {t('requests.queue.becomes')} <bdi>{request.details.to.fullName}</bdi>
            </div>
          )}
          {request.document !== 'none' && (
            <div class="soft">
              {t('desk.document')} {t(`requests.queue.photo.${request.document}`)}
            </div>
          )}
        </>,
        <DateWithDistance t={t} date={request.askedOn} today={today} />,
        request.assignee ?? t('desk.nobody'),
        <>
          <Standing t={t} request={request} today={today} />
          {request.isSimple && mayDecide && request.dueOn !== null && <Fix t={t} request={request} />}
        </>,
      ])}
    />
  )
}

type StandingProps = { t: Translate; request: QueuedRequest; today: CalendarDate }

/** By when something is due from us; since when the candidate is asked; or how it ended. */
function Standing({ t, request, today }: StandingProps) {
  if (request.dueOn !== null) return <Due t={t} dueOn={request.dueOn} today={today} />
  if (request.decidedAt === null) return <Instant t={t} at={request.turnSince} />
  return (
    <>
      {staffState(t, request.state)}
      <div>
        <Instant t={t} at={request.decidedAt} />
      </div>
      {request.decidedBy !== null && <div class="soft">{request.decidedBy}</div>}
    </>
  )
}

/** A misprint is approved right here; everything else wants to be looked at. */
function Fix({ t, request }: { t: Translate; request: QueuedRequest }) {
  if (request.kind !== 'name_change') return null
  return (
    <form method="post" action={paths.staff.request(request.id)}>
      <input type="hidden" name="decision" value="approve" />
      <input type="hidden" name="seen" value={String(request.lastSaid)} />
      <button class="button button--quiet" type="submit">
        {t('requests.queue.approve', { name: request.details.to.fullName })}
      </button>
    </form>
  )
}
