import { ErrorSummary, type FieldErrors, Input, Select, Textarea } from '../layout/form.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import { REASON_LIMIT } from './act.ts'

export type TypedBulk = {
  submission: string
  kind: string
  on: string
  toExpiresOn: string
  reason: string
  lines: string
}

const KINDS = ['extend', 'suspend', 'reinstate', 'revoke'] as const

type BulkFormPageProps = { chrome: StaffChrome; typed: TypedBulk; errors?: FieldErrors }

/** One act for many awards, by their numbers. */
export function BulkFormPage({ chrome, typed, errors }: BulkFormPageProps) {
  const { t } = chrome
  const title = t('acts.bulk.title')
  return (
    <StaffPage chrome={chrome} title={title} section="acts" failed={errors !== undefined}>
      <ErrorSummary t={t} errors={errors} />
      <div class="head">
        <h1>{title}</h1>
        <p>{t('acts.bulk.text')}</p>
      </div>
      <form class="form" method="post" action={paths.staff.newActs} novalidate>
        <input type="hidden" name="submission" value={typed.submission} />
        <Select
          t={t}
          name="kind"
          label={t('acts.column.act')}
          value={typed.kind}
          options={[
            { value: '', text: t('acts.bulk.kind.choose') },
            ...KINDS.map((kind) => ({ value: kind, text: t(`acts.kind.${kind}`) })),
          ]}
          errors={errors}
        />
        <Input
          t={t}
          name="toExpiresOn"
          label={t('acts.new-expiry')}
          hint={t('acts.bulk.new-expiry.hint')}
          optional
          type="date"
          value={typed.toExpiresOn}
          errors={errors}
        />
        <Input
          t={t}
          name="on"
          label={t('acts.on')}
          hint={t('acts.on.hint.standing')}
          type="date"
          value={typed.on}
          errors={errors}
        />
        <Textarea
          t={t}
          name="reason"
          label={t('acts.reason')}
          hint={t('acts.bulk.reason.hint')}
          value={typed.reason}
          maxlength={REASON_LIMIT}
          errors={errors}
        />
        <Textarea
          t={t}
          name="lines"
          label={t('acts.bulk.lines')}
          hint={t('acts.bulk.lines.hint')}
          value={typed.lines}
          rows={10}
          errors={errors}
        />
        <div class="actions">
          <button class="button" type="submit">
            {t('acts.preview')}
          </button>
          <a href={paths.staff.acts}>{t('common.cancel')}</a>
        </div>
      </form>
    </StaffPage>
  )
}
