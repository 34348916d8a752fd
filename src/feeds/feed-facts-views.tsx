import type { Translate } from '../i18n/messages.ts'
import { Instant } from '../layout/dates.tsx'
import { Records } from '../layout/records.tsx'
import { paths } from '../paths.ts'
import { waitingInWords } from './list-views.tsx'
import type { NamedDelivery, SetFeed } from './queries.ts'
import { differingLines } from './setting-lines.ts'
import type { SettingValues } from './settings-form.ts'

type FactsProps = {
  t: Translate
  feed: SetFeed
  newest: NamedDelivery | undefined
  waiting: number
  mostCounted: number
}

/** How a feed is doing. */
export function FeedFacts({ t, feed, newest, waiting, mostCounted }: FactsProps) {
  return (
    <dl class="printed">
      <div>
        <dt>{t('feeds.column.state')}</dt>
        <dd>
          {feed.stoppedAt ? (
            <>
              {t('feeds.stopped-since')} <Instant t={t} at={feed.stoppedAt} />
            </>
          ) : (
            t('feeds.in-use')
          )}
        </dd>
      </div>
      <div>
        <dt>{t('feeds.column.newest')}</dt>
        <dd>
          {newest ? (
            <>
              <a href={paths.staff.delivery(newest.id)}>
                <bdi>{newest.name}</bdi>
              </a>
              , {t(`feeds.state.${newest.state}`)}, <Instant t={t} at={newest.receivedAt} />
            </>
          ) : (
            t('feeds.no-delivery')
          )}
        </dd>
      </div>
      <div>
        <dt>{t('feeds.column.token')}</dt>
        <dd>
          <TokenFact t={t} feed={feed} />
        </dd>
      </div>
      <div>
        <dt>{t('feeds.column.waiting')}</dt>
        <dd>
          {waitingInWords(t, waiting, mostCounted)} <p class="soft">{t('feeds.waiting.where')}</p>
        </dd>
      </div>
    </dl>
  )
}

function TokenFact({ t, feed: { tokenMadeAt, oldTokenUntil } }: { t: Translate; feed: SetFeed }) {
  if (!tokenMadeAt) return <>{t('feeds.no-token')}</>
  return (
    <>
      {t('feeds.token-made')} <Instant t={t} at={tokenMadeAt} />
      {oldTokenUntil && (
        <p class="soft">
          {t('feeds.old-token-until')} <Instant t={t} at={oldTokenUntil} />
        </p>
      )}
    </>
  )
}

/** Where what was entered differs from what somebody else saved. */
export function Conflict({ t, ours, theirs }: { t: Translate; ours: SettingValues; theirs: SettingValues }) {
  const lines = differingLines(t, ours, theirs)
  return (
    <div class="notice notice--bad" tabindex={-1} data-focus>
      <h2>{t('feeds.settings.conflict')}</h2>
      <p>{t(lines.length === 0 ? 'feeds.settings.conflict-same' : 'feeds.settings.conflict-what')}</p>
      {lines.length > 0 && (
        <Records
          caption={t('feeds.settings.caption')}
          columns={[t('feeds.settings.setting'), t('feeds.settings.stands'), t('feeds.settings.yours')]}
          rows={lines.map(({ label, text, other }) => [label, <bdi>{other}</bdi>, <bdi>{text}</bdi>])}
        />
      )}
    </div>
  )
}
