import { DeliveriesMenu } from '../layout/deliveries-menu.tsx'
import { ErrorSummary, type FieldErrors } from '../layout/form.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import { Connect } from './connect-views.tsx'
import { Conflict, FeedFacts } from './feed-facts-views.tsx'
import type { FileTime } from './file-time-views.tsx'
import { ColumnMaps } from './map-list-views.tsx'
import type { NamedDelivery, SetFeed } from './queries.ts'
import { settingLines } from './setting-lines.ts'
import { type SettingValues, settingValues } from './settings-form.ts'
import { SettingsForm } from './settings-views.tsx'

export const FEED_NOTICES = [
  'made',
  'saved',
  'stopped',
  'started',
  'map-saved',
  'map-moved',
  'map-removed',
  'late',
] as const
export type FeedNotice = (typeof FEED_NOTICES)[number]

type FeedPageProps = {
  chrome: StaffChrome
  origin: string
  feed: SetFeed
  newest: readonly NamedDelivery[]
  waiting: number
  mostCounted: number
  fileTimes: readonly FileTime[]
  notice: FeedNotice | null
  /** What was entered, where it was not saved: it is wrong, or `isLate`. */
  typed?: SettingValues
  errors?: FieldErrors
  isLate?: boolean
}

export function FeedPage(props: FeedPageProps) {
  const { chrome, origin, feed, newest, waiting, mostCounted, fileTimes, notice, typed, errors } = props
  const { isLate = false } = props
  const { t, staff } = chrome
  const may = staff?.may ?? []
  const stands = settingValues(feed.name, feed)
  return (
    <StaffPage chrome={chrome} title={feed.name} section="deliveries" failed={errors !== undefined || isLate}>
      <ErrorSummary t={t} errors={errors} />
      {isLate && typed && <Conflict t={t} ours={typed} theirs={stands} />}
      {notice && (
        <div class={notice === 'late' ? 'notice notice--bad' : 'notice notice--good'} role="status">
          <p>{t(`feeds.notice.${notice}`)}</p>
        </div>
      )}
      <div class="head">
        <h1 dir="auto">{feed.name}</h1>
        <p>{feed.id}</p>
      </div>
      <DeliveriesMenu chrome={chrome} room="feeds" />
      <FeedFacts {...{ t, feed, waiting, mostCounted }} newest={newest[0]} />
      <p class="actions">
        <a class="button" href={paths.staff.feedTest(feed.id)}>
          {t('feeds.test')}
        </a>
        {may.includes('feeds.tokens') && <a href={paths.staff.feedToken(feed.id)}>{t('feeds.new-token')}</a>}
        {may.includes('feeds.change') && (
          <a href={paths.staff.feedStop(feed.id)}>{t(feed.isStopped ? 'feeds.start-again' : 'feeds.stop')}</a>
        )}
      </p>
      <Connect t={t} feed={feed} origin={origin} mayMakeSecret={may.includes('feeds.tokens')} />
      <ColumnMaps t={t} feed={feed} mayChange={may.includes('feeds.change')} />
      <section class="stack">
        <h2>{t('feeds.taught')}</h2>
        <p>{t('feeds.taught.why')}</p>
        <p>
          <a href={paths.staff.feedTaught(feed.id)}>{t('feeds.taught.see')}</a>
        </p>
      </section>
      <section class="stack">
        <h2>{t('feeds.settings')}</h2>
        {may.includes('feeds.change') ? (
          <SettingsForm {...{ t, feed, fileTimes, errors }} values={typed ?? stands} />
        ) : (
          <dl class="printed">
            {settingLines(t, stands).map(({ label, text }) => (
              <div>
                <dt>{label}</dt>
                <dd dir="auto">{text}</dd>
              </div>
            ))}
          </dl>
        )}
      </section>
    </StaffPage>
  )
}
