import type { Translate } from '../i18n/messages.ts'
import { ErrorSummary, type FieldErrors, Input, Select } from '../layout/form.tsx'
import { LogEntries } from '../layout/log-entries.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import { actions, staffActor } from './actions.ts'
import { actionInWords } from './entry-words.ts'
import type { LogFilter } from './log-filter.ts'
import type { LogEntry } from './log-queries.ts'

type Colleague = { id: number; name: string; removedAt: Date | null }

type AuditLogPageProps = {
  chrome: StaffChrome
  filter: LogFilter
  errors: FieldErrors | undefined
  colleagues: readonly Colleague[]
  entries: readonly LogEntry[]
  /** The entry from which the next page goes on; null on the last. */
  older: number | null
}

export function AuditLogPage({ chrome, filter, errors, colleagues, entries, older }: AuditLogPageProps) {
  const { t, staff } = chrome
  const asked = Object.entries(filter).filter(([, text]) => text !== '')
  return (
    <StaffPage chrome={chrome} title={t('audit-log.title')} section="audit" failed={errors !== undefined}>
      <ErrorSummary t={t} errors={errors} />
      <div class="head">
        <h1>{t('audit-log.title')}</h1>
        <p>{t('audit-log.lead')}</p>
      </div>
      <FilterForm t={t} filter={filter} errors={errors} colleagues={colleagues} />
      {entries.length === 0 && !errors && <p class="empty">{t('audit-log.empty')}</p>}
      {entries.length > 0 && (
        <section class="stack" aria-label={t('audit-log.entries')}>
          <LogEntries
            t={t}
            caption={t.plural('audit-log.caption', entries.length)}
            entries={entries}
            linked={staff?.may.includes('candidates.view') ?? false}
          />
          {older !== null && (
            <p>
              <a
                href={`${paths.staff.audit}?${new URLSearchParams([...asked, ['before', String(older)]])}`}
                rel="next"
              >
                {t('audit-log.older')}
              </a>
            </p>
          )}
        </section>
      )}
    </StaffPage>
  )
}

function FilterForm({
  t,
  filter,
  errors,
  colleagues,
}: Pick<AuditLogPageProps, 'filter' | 'errors' | 'colleagues'> & { t: Translate }) {
  const anything = { value: '', text: t('audit-log.filter.any') }
  const actionOptions = Object.keys(actions).map((action) => ({
    value: action,
    text: actionInWords(t, action),
  }))
  const others = (['candidate', 'nobody', 'system'] as const).map((actor) => ({
    value: actor,
    text: t(`audit-log.actor.${actor}`),
  }))
  const people = colleagues.map(({ id, name, removedAt }) => ({
    value: staffActor(id),
    text: removedAt ? t('audit-log.filter.removed', { name }) : name,
  }))
  return (
    <form class="form" method="get" action={paths.staff.audit}>
      <Select
        t={t}
        name="action"
        label={t('audit-log.column.action')}
        value={filter.action}
        options={[anything, ...actionOptions]}
      />
      <Select
        t={t}
        name="actor"
        label={t('audit-log.column.actor')}
        value={filter.actor}
        options={[anything, ...people, ...others]}
      />
      <Input
        t={t}
        name="candidate"
        label={t('console.column.id')}
        value={filter.candidate}
        errors={errors}
        autocomplete="off"
      />
      <div class="form__row">
        <Input
          t={t}
          name="from"
          type="date"
          label={t('audit-log.from')}
          value={filter.from}
          errors={errors}
        />
        <Input t={t} name="to" type="date" label={t('audit-log.to')} value={filter.to} errors={errors} />
      </div>
      <div class="actions">
        <button class="button" type="submit">
          {t('audit-log.filter')}
        </button>
        <a href={paths.staff.audit}>{t('audit-log.filter.none')}</a>
      </div>
    </form>
  )
}
