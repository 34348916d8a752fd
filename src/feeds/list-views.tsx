import type { Translate } from '../i18n/messages.ts'
import { Instant } from '../layout/dates.tsx'
import { DeliveriesMenu } from '../layout/deliveries-menu.tsx'
import { ErrorSummary, type FieldErrors, Input } from '../layout/form.tsx'
import { Records } from '../layout/records.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import type { ListedFeed } from './queries.ts'
import { startingPoints } from './starting-points.ts'

type FeedsPageProps = { chrome: StaffChrome; feeds: readonly ListedFeed[]; mostCounted: number }

export function FeedsPage({ chrome, feeds, mostCounted }: FeedsPageProps) {
  const { t, staff } = chrome
  return (
    <StaffPage chrome={chrome} title={t('feeds.title')} section="deliveries">
      <div class="head">
        <h1>{t('feeds.title')}</h1>
        <p>{t('feeds.intro')}</p>
      </div>
      <DeliveriesMenu chrome={chrome} room="feeds" />
      {feeds.length === 0 ? (
        <div class="empty">
          <p>{t('feeds.empty')}</p>
        </div>
      ) : (
        <Records
          caption={t('feeds.caption')}
          columns={(['feed', 'state', 'newest', 'token', 'waiting'] as const).map((name) =>
            t(`feeds.column.${name}`),
          )}
          rows={feeds.map((feed) => [
            <>
              <a href={paths.staff.feed(feed.id)}>
                <bdi>{feed.name}</bdi>
              </a>{' '}
              <div class="soft">{feed.id}</div>
            </>,
            t(feed.stoppedAt === null ? 'feeds.in-use' : 'feeds.stopped'),
            <Newest t={t} feed={feed} />,
            feed.tokenMadeAt === null ? (
              t('feeds.no-token')
            ) : (
              <Instant t={t} at={new Date(feed.tokenMadeAt)} />
            ),
            waitingInWords(t, feed.waiting, mostCounted),
          ])}
        />
      )}
      {staff?.may.includes('feeds.change') && (
        <p>
          <a class="button" href={paths.staff.newFeed}>
            {t('feeds.new')}
          </a>
        </p>
      )}
    </StaffPage>
  )
}

export function waitingInWords(t: Translate, rows: number, mostCounted: number): string {
  if (rows === 0) return t('feeds.waiting.none')
  return rows >= mostCounted ? t('feeds.waiting.more', { count: rows }) : t.plural('feeds.waiting', rows)
}

function Newest({ t, feed: { deliveryId, deliveryState, receivedAt } }: { t: Translate; feed: ListedFeed }) {
  if (deliveryId === null || deliveryState === null || receivedAt === null)
    return <>{t('feeds.no-delivery')}</>
  return (
    <>
      <a href={paths.staff.delivery(deliveryId)}>{t(`feeds.state.${deliveryState}`)}</a>{' '}
      <div class="soft">
        <Instant t={t} at={new Date(receivedAt)} />
      </div>
    </>
  )
}

type NewFeedProps = {
  chrome: StaffChrome
  typed?: { id: string; name: string; start: string }
  errors?: FieldErrors
}

export function NewFeedPage({ chrome, typed = { id: '', name: '', start: '' }, errors }: NewFeedProps) {
  const { t } = chrome
  return (
    <StaffPage chrome={chrome} title={t('feeds.new')} section="deliveries" failed={errors !== undefined}>
      <ErrorSummary t={t} errors={errors} />
      <div class="head">
        <h1>{t('feeds.new')}</h1>
        <p>{t('feeds.new.intro')}</p>
      </div>
      <form class="form" method="post" action={paths.staff.newFeed}>
        <Input
          {...{ t, errors }}
          name="name"
          label={t('feeds.name')}
          value={typed.name}
          maxlength={100}
          dir="auto"
        />
        <Input
          {...{ t, errors }}
          name="id"
          label={t('feeds.id')}
          hint={t('feeds.id.hint')}
          value={typed.id}
          maxlength={20}
          autocomplete="off"
        />
        <StartingPoints {...{ t, errors }} start={typed.start} />
        <div>
          <button class="button" type="submit">
            {t('feeds.new.submit')}
          </button>
        </div>
      </form>
    </StaffPage>
  )
}

type StartProps = { t: Translate; start: string; errors: FieldErrors | undefined }

function StartingPoints({ t, start, errors }: StartProps) {
  return (
    <fieldset class={errors?.start ? 'form__group field--invalid' : 'form__group'} id="start">
      <legend>{t('feeds.start')}</legend>
      <p class="field__hint">{t('feeds.start.hint')}</p>
      {errors?.start && <p class="field__error">{t('feeds.start.missing')}</p>}
      {startingPoints.map((point) => (
        <div class="check">
          <input id={`start-${point}`} name="start" type="radio" value={point} checked={point === start} />
          <label for={`start-${point}`}>{t(`feeds.start.${point}`)}</label>
        </div>
      ))}
    </fieldset>
  )
}
