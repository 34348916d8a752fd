import type { CalendarDate } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import { DateWithDistance, Instant } from '../layout/dates.tsx'
import { Records } from '../layout/records.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import type { AskedFor, RequestState } from './request.ts'

export type Tab = 'open' | 'decided'

export type QueuedRequest = AskedFor & {
  id: number
  state: RequestState
  candidateId: string
  fullName: string
  askedOn: CalendarDate
  decidedAt: Date | null
  decidedBy: string | null
  photo: 'kept' | 'destroyed' | 'none'
  /** May be approved from here, without looking at more. */
  isSimple: boolean
}

type QueuePageProps = {
  chrome: StaffChrome
  today: CalendarDate
  tab: Tab
  kind: AskedFor['kind'] | null
  requests: readonly QueuedRequest[]
  /** The address of the page behind this one, if there is one. */
  next: string | null
}

const KINDS = [null, 'name_change', 'address_recovery', 'merge_conflict'] as const

export function QueuePage({ chrome, today, tab, kind, requests, next }: QueuePageProps) {
  const { t, staff } = chrome
  const mayDecide = staff?.may.includes('requests.decide') ?? false
  return (
    <StaffPage chrome={chrome} title={t('requests.queue.title')} section="requests">
      <div class="head">
        <h1>{t('requests.queue.title')}</h1>
        <p>{t(`requests.queue.intro.${tab}`)}</p>
      </div>
      <nav class="actions" aria-label={t('requests.queue.tabs')}>
        {(['open', 'decided'] as const).map((name) => (
          <Choice href={queuePath(name, kind)} text={t(`requests.queue.${name}`)} isHere={name === tab} />
        ))}
      </nav>
      <nav class="actions" aria-label={t('requests.queue.kinds')}>
        {KINDS.map((one) => (
          <Choice
            href={queuePath(tab, one)}
            text={t(one === null ? 'requests.queue.every-kind' : `requests.kind.${one}`)}
            isHere={one === kind}
          />
        ))}
      </nav>
      {requests.length === 0 ? (
        <div class="empty">
          <p>{t(`requests.queue.empty.${tab}`)}</p>
        </div>
      ) : (
        <Records
          caption={t(`requests.queue.caption.${tab}`)}
          columns={[
            t('requests.column.request'),
            t('requests.queue.candidate'),
            t('requests.column.sent'),
            t('requests.photo'),
            t(tab === 'open' ? 'requests.queue.decision' : 'requests.column.decided'),
          ]}
          rows={requests.map((request) => [
            <a href={paths.staff.request(request.id)}>{t(`requests.kind.${request.kind}`)}</a>,
            <>
              <bdi>{request.fullName}</bdi> <div class="soft">{request.candidateId}</div>
              {request.kind === 'name_change' && (
                <div>
                  {t('requests.queue.becomes')} <bdi>{request.details.to.fullName}</bdi>
                </div>
              )}
            </>,
            <DateWithDistance t={t} date={request.askedOn} today={today} />,
            t(`requests.queue.photo.${request.photo}`),
            tab === 'decided' ? (
              <Outcome t={t} request={request} />
            ) : (
              <NextStep t={t} request={request} mayDecide={mayDecide} />
            ),
          ])}
        />
      )}
      {next !== null && (
        <p>
          <a href={next}>{t('requests.queue.next')}</a>
        </p>
      )}
    </StaffPage>
  )
}

export function queuePath(tab: Tab, kind: AskedFor['kind'] | null, after?: string): string {
  const query = new URLSearchParams({
    ...(tab === 'decided' && { tab }),
    ...(kind && { kind }),
    ...(after !== undefined && { after }),
  })
  return query.size === 0 ? paths.staff.requests : `${paths.staff.requests}?${query}`
}

function Choice({ href, text, isHere }: { href: string; text: string; isHere: boolean }) {
  return (
    <a
      class={isHere ? 'menus__link menus__link--here' : 'menus__link'}
      href={href}
      {...(isHere && { 'aria-current': 'page' })}
    >
      {text}
    </a>
  )
}

function Outcome({ t, request }: { t: Translate; request: QueuedRequest }) {
  return (
    <>
      {t(`requests.state.${request.state}`)}
      {request.decidedAt && (
        <div>
          <Instant t={t} at={request.decidedAt} />
        </div>
      )}
      {request.decidedBy !== null && <div class="soft">{request.decidedBy}</div>}
    </>
  )
}

type NextStepProps = { t: Translate; request: QueuedRequest; mayDecide: boolean }

/** A misprint is approved right here; everything else wants to be looked at. */
function NextStep({ t, request, mayDecide }: NextStepProps) {
  if (!mayDecide) return <>{t('requests.queue.for-reviewers')}</>
  if (request.kind !== 'name_change' || !request.isSimple)
    return <a href={paths.staff.request(request.id)}>{t('requests.queue.look')}</a>
  return (
    <form method="post" action={paths.staff.request(request.id)}>
      <input type="hidden" name="decision" value="approve" />
      <button class="button button--quiet" type="submit">
        {t('requests.queue.approve', { name: request.details.to.fullName })}
      </button>
    </form>
  )
}
