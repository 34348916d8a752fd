import { DeliveriesMenu } from '../layout/deliveries-menu.tsx'
import { ErrorSummary, type FieldErrors, Input, Select } from '../layout/form.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import type { FeedName } from './delivery-list.ts'

type UploadPageProps = {
  chrome: StaffChrome
  feeds: readonly FeedName[]
  feed: string
  errors?: FieldErrors
}

export function UploadPage({ chrome, feeds, feed, errors }: UploadPageProps) {
  const { t } = chrome
  const title = t('deliveries.upload')
  return (
    <StaffPage chrome={chrome} title={title} section="deliveries" failed={errors !== undefined}>
      <ErrorSummary t={t} errors={errors} />
      <div class="head">
        <h1>{title}</h1>
        <p>{t('deliveries.upload.intro')}</p>
      </div>
      <DeliveriesMenu chrome={chrome} room="deliveries" />
      {feeds.length === 0 ? (
        <div class="empty">
          <p>{t('deliveries.upload.no-feeds')}</p>
        </div>
      ) : (
        <form class="form" method="post" action={paths.staff.newDelivery} enctype="multipart/form-data">
          <Select
            t={t}
            name="feed"
            label={t('deliveries.fact.feed')}
            errors={errors}
            value={feed}
            options={feeds.map(({ id, name }) => ({ value: id, text: name }))}
          />
          <Input
            t={t}
            name="file"
            type="file"
            label={t('deliveries.upload.file')}
            hint={t('deliveries.upload.hint')}
            errors={errors}
            required
          />
          <div class="actions">
            <button class="button" type="submit">
              {t('deliveries.upload.button')}
            </button>
            <a href={paths.staff.deliveries}>{t('common.cancel')}</a>
          </div>
        </form>
      )}
    </StaffPage>
  )
}
