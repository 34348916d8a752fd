import type { Translate } from '../../i18n/messages.ts'
import { Checkbox, Select } from '../../layout/form.tsx'
import { paths } from '../../paths.ts'
import { type QueueFilter, queuePath, tabs, whose } from './queue-filter.ts'

const KINDS = [
  'name_change',
  'course_completion',
  'missing_result',
  'address_recovery',
  'merge_conflict',
  'result_question',
  'other',
] as const

/** What of the requests is listed: the state by a link, the rest by a form that asks for the page again. */
export function QueueFilters({ t, filter }: { t: Translate; filter: QueueFilter }) {
  return (
    <>
      <nav class="actions" aria-label={t('desk.states')}>
        {tabs.map((state) => (
          <Choice
            href={queuePath({ ...filter, state, isOverdue: false })}
            text={t(`desk.tab.${state}`)}
            isHere={state === filter.state}
          />
        ))}
      </nav>
      <form class="actions actions--end" method="get" action={paths.staff.requests}>
        {filter.state !== 'open' && <input type="hidden" name="state" value={filter.state} />}
        <Select
          t={t}
          name="kind"
          label={t('desk.kind')}
          value={filter.kind ?? ''}
          options={[
            { value: '', text: t('requests.queue.every-kind') },
            ...KINDS.map((kind) => ({ value: kind, text: t(`requests.kind.${kind}`) })),
          ]}
        />
        <Select
          t={t}
          name="who"
          label={t('desk.assignee')}
          value={filter.who ?? ''}
          options={[
            { value: '', text: t('desk.who.anybody') },
            ...whose.map((who) => ({ value: who, text: t(`desk.who.${who}`) })),
          ]}
        />
        {filter.state === 'open' && (
          <Checkbox name="overdue" label={t('desk.only-overdue')} checked={filter.isOverdue} />
        )}
        <button class="button button--quiet" type="submit">
          {t('desk.filter')}
        </button>
      </form>
    </>
  )
}

function Choice({ href, text, isHere }: { href: string; text: string; isHere: boolean }) {
  return (
    <a
      class={isHere ? 'menus__link menus__link--here' : 'menus__link'}
      href={href}
      {...(isHere && { 'aria-current': 'page' })}
    >
      {text}
    </a>
  )
}
