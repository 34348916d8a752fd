import { Instant, InstantWithAge } from '../layout/dates.tsx'
import { DeliveriesMenu } from '../layout/deliveries-menu.tsx'
import { Records } from '../layout/records.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import { type FeedName, type ListedDelivery, type ListFilter, listPath, tabs } from './delivery-list.ts'
import type { ImportDay } from './import-picture.ts'
import { ImportPicture } from './import-picture-views.tsx'
import { Choice, CountsLine, DeliveryMark, Sender } from './shared-views.tsx'

type DeliveriesPageProps = {
  chrome: StaffChrome
  now: Date
  filter: ListFilter
  feeds: readonly FeedName[]
  deliveries: readonly ListedDelivery[]
  days: readonly ImportDay[]
  /** The address of the page behind this one, if there is one. */
  next: string | null
}

export function DeliveriesPage(props: DeliveriesPageProps) {
  const { chrome, now, filter, feeds, deliveries, days, next } = props
  const { t, staff } = chrome
  return (
    <StaffPage chrome={chrome} title={t('deliveries.title')} section="deliveries">
      <div class="head">
        <h1>{t('deliveries.title')}</h1>
        <p>{t('deliveries.intro')}</p>
      </div>
      <DeliveriesMenu chrome={chrome} room="deliveries" />
      {staff?.may.includes('deliveries.run') && (
        <p>
          <a class="button button--quiet" href={paths.staff.newDelivery}>
            {t('deliveries.upload')}
          </a>
        </p>
      )}
      <ImportPicture t={t} days={days} />
      <section class="stack" aria-labelledby="list">
        <h2 id="list">{t('deliveries.list')}</h2>
        <nav class="actions" aria-label={t('deliveries.tabs')}>
          {tabs.map((tab) => (
            <Choice
              href={listPath({ ...filter, tab })}
              text={t(`deliveries.tab.${tab}`)}
              isHere={tab === filter.tab}
            />
          ))}
        </nav>
        {(feeds.length > 1 || filter.feed !== null) && (
          <nav class="actions" aria-label={t('deliveries.feeds')}>
            {[{ id: null, name: t('deliveries.every-feed') }, ...feeds].map(({ id, name }) => (
              <Choice href={listPath({ ...filter, feed: id })} text={name} isHere={id === filter.feed} />
            ))}
          </nav>
        )}
        {deliveries.length === 0 ? (
          <div class="empty">
            <p>{t(`deliveries.empty.${filter.tab}`)}</p>
          </div>
        ) : (
          <Records
            caption={t.plural('deliveries.caption', deliveries.length)}
            columns={[
              t('deliveries.column.delivery'),
              t('deliveries.column.state'),
              t('deliveries.column.rows'),
              t('deliveries.column.received'),
              t('deliveries.column.vendor-time'),
            ]}
            rows={deliveries.map((delivery) => [
              <>
                <a href={paths.staff.delivery(delivery.id)}>
                  <bdi>{delivery.name}</bdi>
                </a>
                <div class="soft">
                  <bdi>{delivery.feedName}</bdi>
                </div>
              </>,
              <DeliveryMark t={t} delivery={delivery} />,
              <CountsLine t={t} counts={delivery.counts} />,
              <>
                <InstantWithAge t={t} at={delivery.receivedAt} now={now} />
                <div class="soft">
                  <Sender t={t} sent={delivery} />
                </div>
              </>,
              <Instant t={t} at={delivery.vendorTime} />,
            ])}
          />
        )}
        {next !== null && (
          <p>
            <a href={next}>{t('deliveries.next')}</a>
          </p>
        )}
      </section>
    </StaffPage>
  )
}
