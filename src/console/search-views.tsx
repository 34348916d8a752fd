import type { Translate } from '../i18n/messages.ts'
import { Input } from '../layout/form.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import { TYPED_LIMIT, writeAfter } from './candidate-search.ts'
import type { Hit } from './search-queries.ts'
import type { HitsPage } from './search-results.ts'

/** `results` is null as long as nothing was typed that can be searched. */
type SearchProps = { chrome: StaffChrome; typed: string; results: HitsPage | null }

export function SearchPage({ chrome, typed, results }: SearchProps) {
  const { t } = chrome
  return (
    <StaffPage chrome={chrome} title={t('console.search.title')} section="candidates">
      <div class="head">
        <h1>{t('console.search.title')}</h1>
      </div>
      <form class="form" method="get" action={paths.staff.candidates}>
        <Input
          t={t}
          name="q"
          label={t('console.search.label')}
          hint={t('console.search.hint')}
          value={typed}
          maxlength={TYPED_LIMIT}
          autocomplete="off"
          dir="auto"
        />
        <div class="actions">
          <button class="button" type="submit">
            {t('console.search.button')}
          </button>
        </div>
      </form>
      {results === null && typed.trim() !== '' && (
        <div class="empty">
          <p>{t('console.search.unreadable')}</p>
        </div>
      )}
      {results?.hits.length === 0 && <NothingFound t={t} isFirst={results.isFirst} />}
      {results && results.hits.length > 0 && <Hits t={t} typed={typed} results={results} />}
    </StaffPage>
  )
}

function NothingFound({ t, isFirst }: { t: Translate; isFirst: boolean }) {
  if (!isFirst) return <p>{t('console.search.end')}</p>
  return (
    <div class="empty">
      <h2>{t('console.search.empty')}</h2>
      <p>{t('console.search.empty.text')}</p>
      <ul class="bullets">
        <li>{t('console.search.can.name')}</li>
        <li>{t('console.search.can.id')}</li>
        <li>{t('console.search.can.address')}</li>
        <li>{t('console.search.can.number')}</li>
      </ul>
    </div>
  )
}

function Hits({ t, typed, results: { hits, next } }: { t: Translate; typed: string; results: HitsPage }) {
  const countries = new Intl.DisplayNames(t.locale, { type: 'region' })
  return (
    <section class="stack" aria-label={t('console.search.results')}>
      <table class="records">
        <caption>{t.plural('console.search.caption', hits.length)}</caption>
        <thead>
          <tr>
            <th scope="col">{t('console.column.name')}</th>
            <th scope="col">{t('console.column.id')}</th>
            <th scope="col">{t('console.column.address')}</th>
            <th scope="col">{t('console.column.country')}</th>
            <th scope="col">{t('console.column.awards')}</th>
            <th scope="col">{t('console.column.found-by')}</th>
          </tr>
        </thead>
        <tbody>
          {hits.map((hit) => (
            <HitRow t={t} hit={hit} countries={countries} />
          ))}
        </tbody>
      </table>
      {next && (
        <p>
          <a href={`${paths.staff.candidates}?${new URLSearchParams({ q: typed, after: writeAfter(next) })}`}>
            {t('console.search.more')}
          </a>
        </p>
      )}
    </section>
  )
}

function HitRow({ t, hit, countries }: { t: Translate; hit: Hit; countries: Intl.DisplayNames }) {
  const { id, fullName, nativeName, erasedAt, address, country, awards, foundBy } = hit
  return (
    <tr>
      <th scope="row">
        <a href={paths.staff.candidate(id)}>{erasedAt ? t('console.closed-account') : fullName}</a>
        {nativeName && (
          <div class="soft">
            <bdi>{nativeName}</bdi>
          </div>
        )}
      </th>
      <td data-label={t('console.column.id')}>
        <span class="number">{id}</span>
      </td>
      <td data-label={t('console.column.address')}>{address ? <bdi>{address}</bdi> : t('common.none')}</td>
      <td data-label={t('console.column.country')}>
        {country ? (countries.of(country) ?? country) : t('common.none')}
      </td>
      <td data-label={t('console.column.awards')}>{awards}</td>
      <td data-label={t('console.column.found-by')}>{t(`console.found-by.${foundBy}`)}</td>
    </tr>
  )
}
