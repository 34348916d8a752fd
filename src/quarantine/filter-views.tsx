import type { Translate } from '../i18n/messages.ts'
import { reasonName } from '../import/reason-name.ts'
import { Input, Select } from '../layout/form.tsx'
import { paths } from '../paths.ts'
import type { Filter } from './list-filter.ts'
import type { FeedName } from './list-queries.ts'
import { waitingReasons } from './reasons.ts'

type FilterFormProps = {
  t: Translate
  filter: Filter
  feeds: readonly FeedName[]
  /** The name of the delivery whose rows are shown. */
  delivery: string | null
}

export function FilterForm({ t, filter, feeds, delivery }: FilterFormProps) {
  const every = { value: '', text: t('quarantine.filter.every') }
  const reasons = waitingReasons.map((reason) => ({ value: reason, text: reasonName(t, reason) }))
  const isFiltered = Object.values(filter).some((part) => part !== null)
  return (
    <details open={isFiltered}>
      <summary>{t('quarantine.filter')}</summary>
      <form class="form form--wide" method="get" action={paths.staff.quarantine}>
        {filter.delivery !== null && (
          <p>
            {t('quarantine.filter.delivery', { name: delivery ?? filter.delivery })}
            <input type="hidden" name="delivery" value={filter.delivery} />
          </p>
        )}
        <div class="form__row">
          <Select
            t={t}
            name="reason"
            label={t('quarantine.filter.reason')}
            value={filter.reason ?? ''}
            options={[every, ...reasons]}
          />
          <Select
            t={t}
            name="feed"
            label={t('quarantine.filter.feed')}
            value={filter.feed ?? ''}
            options={[every, ...feeds.map(({ id, name }) => ({ value: id, text: name }))]}
          />
          <Input
            t={t}
            name="code"
            label={t('quarantine.filter.code')}
            value={filter.code ?? ''}
            maxlength={50}
            optional
          />
        </div>
        <div class="actions">
          <button class="button button--quiet" type="submit">
            {t('quarantine.filter.submit')}
          </button>
          {isFiltered && <a href={paths.staff.quarantine}>{t('quarantine.filter.clear')}</a>}
        </div>
      </form>
    </details>
  )
}
