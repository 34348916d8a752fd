import { DeliveriesMenu } from '../layout/deliveries-menu.tsx'
import { ErrorSummary, type FieldErrors } from '../layout/form.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import { StoppedRun } from './brakes-views.tsx'
import { CompletedCourses } from './course-views.tsx'
import { Decisions } from './decision-views.tsx'
import type { DeliveryDetail } from './delivery-detail.ts'
import { isUnderWay, standingOfDelivery } from './delivery-standing.ts'
import { DeliveryFactsList } from './facts-views.tsx'
import { KeptRows } from './kept-rows-views.tsx'
import { Members } from './member-views.tsx'
import { Namesakes } from './namesake-views.tsx'
import { ImportProgress } from './progress-views.tsx'
import { DeliveryMark } from './shared-views.tsx'
import { Versions } from './version-views.tsx'

/** What has just been done, or could not be. */
export type DeliveryNews = 'uploaded' | 'known' | 'asked' | 'waits' | 'set-aside' | 'late'

/** Told while the import is yet to come to its end, and old news then. */
const OF_THE_START: readonly DeliveryNews[] = ['uploaded', 'asked', 'waits']

type DeliveryPageProps = {
  chrome: StaffChrome
  now: Date
  detail: DeliveryDetail
  onlyWaiting: boolean
  news: DeliveryNews | null
  errors?: FieldErrors
}

export function DeliveryPage({ chrome, now, detail, onlyWaiting, news, errors }: DeliveryPageProps) {
  const { t } = chrome
  const { delivery } = detail
  const standing = standingOfDelivery(delivery)
  const watched = isUnderWay(standing)
  return (
    <StaffPage
      chrome={chrome}
      title={delivery.name}
      section="deliveries"
      failed={errors !== undefined}
      scripts={watched ? ['delivery-progress.js'] : []}
    >
      <ErrorSummary t={t} errors={errors} />
      {news !== null && (watched || !OF_THE_START.includes(news)) && (
        <div class={news === 'late' ? 'notice notice--bad' : 'notice notice--good'} role="status">
          <p>{t(`deliveries.news.${news}`)}</p>
        </div>
      )}
      <div class="head">
        <h1>
          <bdi>{delivery.name}</bdi>
        </h1>
        <p>
          <DeliveryMark t={t} delivery={delivery} />
        </p>
        <p>{t(`deliveries.todo.${standing}`)}</p>
        {delivery.failure !== null && (
          <p>{t('deliveries.failure', { failure: delivery.failure.replaceAll('\n', ' ') })}</p>
        )}
      </div>
      <DeliveriesMenu chrome={chrome} room="deliveries" />
      {watched && <ImportProgress t={t} id={delivery.id} progress={detail.progress} />}
      {standing === 'stopped' && <StoppedRun t={t} detail={detail} />}
      <Decisions chrome={chrome} delivery={delivery} standing={standing} errors={errors} />
      <DeliveryFactsList t={t} now={now} delivery={delivery} />
      <Members t={t} detail={detail} standing={standing} />
      <KeptRows t={t} detail={detail} onlyWaiting={onlyWaiting} />
      <Versions t={t} detail={detail} />
      <CompletedCourses t={t} program={chrome.program} detail={detail} />
      <Namesakes t={t} now={now} namesakes={detail.namesakes} />
      <p>
        <a href={paths.staff.deliveries}>{t('deliveries.all')}</a>
      </p>
    </StaffPage>
  )
}
