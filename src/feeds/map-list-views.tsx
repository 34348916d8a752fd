import type { Translate } from '../i18n/messages.ts'
import { Records } from '../layout/records.tsx'
import { paths } from '../paths.ts'
import type { SetFeed } from './queries.ts'
import { wordFor } from './words.ts'

type ColumnMapsProps = { t: Translate; feed: SetFeed; mayChange: boolean }

/** The column maps of a feed in the order in which they count. */
export function ColumnMaps({ t, feed, mayChange }: ColumnMapsProps) {
  const columns = [t('feeds.maps.map'), t('feeds.maps.files'), t('feeds.maps.kind'), t('feeds.maps.columns')]
  return (
    <section class="stack">
      <h2>{t('feeds.maps')}</h2>
      <p>{t('feeds.maps.why')}</p>
      {feed.maps.length === 0 ? (
        <p>{t('feeds.maps.none')}</p>
      ) : (
        <Records
          caption={t('feeds.maps.caption')}
          columns={mayChange ? [...columns, t('feeds.maps.change')] : columns}
          rows={feed.maps.map((map, index) => [
            <bdi>{map.name}</bdi>,
            <bdi>{map.files}</bdi>,
            wordFor(t, 'kind', map.kind),
            <ul>
              {Object.entries(map.columns).map(([column, theirs]) => (
                <li>
                  <bdi>{theirs}</bdi> → {wordFor(t, 'field', column)}
                </li>
              ))}
            </ul>,
            ...(mayChange ? [<Changes t={t} feed={feed} name={map.name} index={index} />] : []),
          ])}
        />
      )}
      {mayChange && (
        <p>
          <a class="button button--quiet" href={paths.staff.feedMap(feed.id)}>
            {t('feeds.new-map')}
          </a>
        </p>
      )}
    </section>
  )
}

type ChangesProps = { t: Translate; feed: SetFeed; name: string; index: number }

function Changes({ t, feed: { id, version }, name, index }: ChangesProps) {
  const number = index + 1
  const seen = <input type="hidden" name="version" value={String(version)} />
  return (
    <>
      <a href={`${paths.staff.feedMap(id)}?number=${number}`}>{t('feeds.maps.edit')}</a>
      {index > 0 && (
        <form method="post" action={paths.staff.feedMapUp(id, number)}>
          {seen}
          <button class="link" type="submit">
            {t('feeds.maps.up', { name })}
          </button>
        </form>
      )}
      <details>
        <summary>{t('feeds.maps.remove')}</summary>
        <p>{t('feeds.maps.remove-what')}</p>
        <form method="post" action={paths.staff.feedMapRemoval(id, number)}>
          {seen}
          <button class="button button--danger" type="submit">
            {t('feeds.maps.remove-it', { name })}
          </button>
        </form>
      </details>
    </>
  )
}
