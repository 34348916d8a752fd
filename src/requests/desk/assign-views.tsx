import type { Translate } from '../../i18n/messages.ts'
import { Select } from '../../layout/form.tsx'
import { paths } from '../../paths.ts'

type AssigneeProps = {
  t: Translate
  review: { id: number; assignedTo: number | null; colleagues: readonly { id: number; name: string }[] }
  ownId: number
}

/** Who sees to a request: taken by one press, or given to anybody who may, or to nobody. */
export function AssigneeForms({ t, review: { id, assignedTo, colleagues }, ownId }: AssigneeProps) {
  const action = paths.staff.requestAssignee(id)
  const from = assignedTo === null ? '' : String(assignedTo)
  return (
    <div class="actions actions--end">
      {assignedTo !== ownId && (
        <form method="post" action={action}>
          <input type="hidden" name="from" value={from} />
          <input type="hidden" name="to" value={String(ownId)} />
          <button class="button button--quiet" type="submit">
            {t('desk.take')}
          </button>
        </form>
      )}
      <form class="actions actions--end" method="post" action={action}>
        <input type="hidden" name="from" value={from} />
        <Select
          t={t}
          name="to"
          label={t('desk.give')}
          value={from}
          options={[
            { value: '', text: t('desk.nobody') },
            ...colleagues.map((one) => ({ value: String(one.id), text: one.name })),
          ]}
        />
        <button class="button button--quiet" type="submit">
          {t('desk.give.submit')}
        </button>
      </form>
    </div>
  )
}
