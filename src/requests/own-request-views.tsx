import type { CalendarDate } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import { Instant } from '../layout/dates.tsx'
import { type Chrome, Page } from '../layout/page.tsx'
import { paths } from '../paths.ts'
import type { Program } from '../program/program.ts'
import { CourseTerms } from './course-views.tsx'
import { documentOf } from './request.ts'
import type { OwnRequestFacts } from './views.tsx'

export type PhotoFate = { sentAt: Date; destroyedAt: Date | null } | null

type RequestPageProps = {
  chrome: Chrome
  request: OwnRequestFacts
  photo: PhotoFate
  program: Program
  today: CalendarDate
  /** True for somebody who wanted to ask the same again. */
  isRepeated: boolean
}

export function RequestPage({ chrome, request, photo, program, today, isRepeated }: RequestPageProps) {
  const { t } = chrome
  const title = t(`requests.kind.${request.kind}`)
  const isOpen = request.state === 'open'
  return (
    <Page chrome={chrome} title={title} section="profile">
      {isRepeated && isOpen && (
        <div class="notice" role="status">
          <p>{t(request.kind === 'course_completion' ? 'requests.repeated.course' : 'requests.repeated')}</p>
        </div>
      )}
      <div class="head">
        <h1>{title}</h1>
        <p>{t(`requests.next.${request.state}`)}</p>
      </div>
      <dl class="printed">
        <div>
          <dt>{t('requests.column.state')}</dt>
          <dd>{t(`requests.state.${request.state}`)}</dd>
        </div>
        <div>
          <dt>{t('requests.column.sent')}</dt>
          <dd>
            <Instant t={t} at={request.createdAt} />
          </dd>
        </div>
        {request.decidedAt && (
          <div>
            <dt>{t(request.state === 'withdrawn' ? 'requests.withdrawn' : 'requests.column.decided')}</dt>
            <dd>
              <Instant t={t} at={request.decidedAt} />
            </dd>
          </div>
        )}
        {request.reason !== null && (
          <div>
            <dt>{t('requests.reason')}</dt>
            <dd class="remarks">{request.reason}</dd>
          </div>
        )}
        <Asked t={t} request={request} program={program} today={today} />
        <div>
          <dt>{t(documentOf(request.kind))}</dt>
          <dd>
            <PhotoLine t={t} photo={photo} isOpen={isOpen} />
          </dd>
        </div>
      </dl>
      {isOpen && (
        <form class="stack" method="post" action={paths.withdrawRequest(request.id)}>
          <p>{t('requests.withdraw.text')}</p>
          <button class="button button--danger" type="submit">
            {t('requests.withdraw')}
          </button>
        </form>
      )}
      <p>
        <a href={paths.requests}>{t('requests.all')}</a>
      </p>
    </Page>
  )
}

type AskedProps = { t: Translate; request: OwnRequestFacts; program: Program; today: CalendarDate }

/** What was asked, by kind. */
function Asked({ t, request, program, today }: AskedProps) {
  if (request.kind === 'course_completion')
    return <CourseTerms t={t} program={program} today={today} details={request.details} />
  if (request.kind === 'address_recovery') return null
  if (request.kind === 'merge_conflict')
    return (
      <div>
        <dt>{t('requests.other-record')}</dt>
        <dd>{request.details.otherId}</dd>
      </div>
    )
  const { from, to, reason, explanation } = request.details
  return (
    <>
      <div>
        <dt>{t('requests.name.before')}</dt>
        <dd dir="auto">{from.fullName}</dd>
      </div>
      <div>
        <dt>{t('requests.name.after')}</dt>
        <dd dir="auto">
          <strong>{to.fullName}</strong>
        </dd>
      </div>
      {to.nativeName !== null && (
        <div>
          <dt>{t('requests.name.native')}</dt>
          <dd dir="auto">{to.nativeName}</dd>
        </div>
      )}
      <div>
        <dt>{t('requests.name.reason')}</dt>
        <dd>{t(`requests.name.reason.${reason}`)}</dd>
      </div>
      {explanation !== '' && (
        <div>
          <dt>{t('requests.name.explanation')}</dt>
          <dd class="remarks" dir="auto">
            {explanation}
          </dd>
        </div>
      )}
    </>
  )
}

function PhotoLine({ t, photo, isOpen }: { t: Translate; photo: PhotoFate; isOpen: boolean }) {
  if (photo === null) return <>{t('requests.photo.none')}</>
  if (photo.destroyedAt === null) return <>{t('requests.photo.kept')}</>
  return (
    <>
      {t('requests.photo.destroyed')} <Instant t={t} at={photo.destroyedAt} />
      {isOpen && <div>{t('requests.photo.too-old')}</div>}
    </>
  )
}
