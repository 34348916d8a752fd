import type { Action, Actor } from '../audit/actions.ts'
import type { Translate } from '../i18n/messages.ts'
import { Instant } from '../layout/dates.tsx'
import { type Chrome, Page } from '../layout/page.tsx'
import { paths } from '../paths.ts'

type Entry = { seq: number; at: Date; actor: Actor; action: Action; device: string }
type ActivityProps = {
  chrome: Chrome
  entries: readonly Entry[]
  /** The entry before which the next page begins; null on the last page. */
  older: number | null
  isFirst: boolean
}

export function ActivityPage({ chrome, entries, older, isFirst }: ActivityProps) {
  const { t } = chrome
  return (
    <Page chrome={chrome} title={t('activity.title')} section="profile">
      <div class="head">
        <h1>{t('activity.title')}</h1>
        <p>{t('activity.intro')}</p>
        <p>
          <a href={paths.security}>{t('activity.security')}</a>
        </p>
      </div>
      {entries.length === 0 ? (
        <Empty t={t} isFirst={isFirst} />
      ) : (
        <table class="records">
          <caption>{t.plural('activity.caption', entries.length)}</caption>
          <thead>
            <tr>
              <th scope="col">{t('activity.what')}</th>
              <th scope="col">{t('activity.when')}</th>
              <th scope="col">{t('activity.device')}</th>
              <th scope="col">{t('activity.who')}</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <EntryRow t={t} entry={entry} />
            ))}
          </tbody>
        </table>
      )}
      {(older !== null || !isFirst) && (
        <nav class="actions" aria-label={t('activity.pages')}>
          {!isFirst && <a href={paths.activity}>{t('activity.newest')}</a>}
          {older !== null && <a href={`${paths.activity}?before=${older}`}>{t('activity.older')}</a>}
        </nav>
      )}
    </Page>
  )
}

function Empty({ t, isFirst }: { t: Translate; isFirst: boolean }) {
  if (!isFirst) return <p class="empty">{t('activity.end')}</p>
  return (
    <div class="empty">
      <h2>{t('activity.empty.title')}</h2>
      <p>{t('activity.empty.text')}</p>
    </div>
  )
}

function EntryRow({ t, entry: { action, at, device, actor } }: { t: Translate; entry: Entry }) {
  return (
    <tr>
      <th scope="row">{t(`audit.${action}`)}</th>
      <td data-label={t('activity.when')}>
        <Instant t={t} at={at} />
      </td>
      <td data-label={t('activity.device')}>{device}</td>
      <td data-label={t('activity.who')}>{t(`activity.who.${whoOf(actor)}`)}</td>
    </tr>
  )
}

/** Who it was, as far as a candidate is told: never which of the staff. */
function whoOf(actor: Actor): 'candidate' | 'nobody' | 'system' | 'staff' {
  switch (actor) {
    case 'candidate':
    case 'nobody':
    case 'system':
      return actor
    default:
      return 'staff'
  }
}
