import type { CalendarDate } from '../core/calendar-date.ts'
import { formatDate } from '../layout/dates.tsx'
import { ErrorSummary, type FieldErrors, Input, Textarea } from '../layout/form.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import { type ActKind, REASON_LIMIT } from './act.ts'
import type { AwardOfStaff } from './award-queries.ts'

export type TypedAct = {
  submission: string
  on: string
  toAwardedOn: string
  toExpiresOn: string
  reason: string
}

type ActFormPageProps = {
  chrome: StaffChrome
  award: AwardOfStaff['award']
  kind: ActKind
  typed: TypedAct
  today: CalendarDate
  errors?: FieldErrors
}

/** From when, to which dates, and why; what it changes is shown before it is done. */
export function ActFormPage({ chrome, award, kind, typed, today, errors }: ActFormPageProps) {
  const { t } = chrome
  const { id, certification, number, fullName } = award
  const title = t(`acts.title.${kind}`, { certification })
  const max = { max: today }
  return (
    <StaffPage chrome={chrome} title={title} section="candidates" failed={errors !== undefined}>
      <ErrorSummary t={t} errors={errors} />
      <div class="head">
        <h1>{title}</h1>
        <p>
          <bdi>{fullName}</bdi>, <span class="number">{number}</span>
        </p>
        <p>{t(`acts.means.${kind}`)}</p>
      </div>
      <form class="form" method="post" action={paths.staff.awardAct(id, kind)} novalidate>
        <input type="hidden" name="submission" value={typed.submission} />
        {kind === 'correct' && (
          <Input
            t={t}
            name="toAwardedOn"
            label={t('acts.correct.awarded')}
            type="date"
            value={typed.toAwardedOn}
            {...max}
            errors={errors}
          />
        )}
        {(kind === 'correct' || kind === 'extend') && (
          <Input
            t={t}
            name="toExpiresOn"
            label={t('acts.new-expiry')}
            hint={
              award.expiresOn
                ? t('acts.new-expiry.hint', { date: formatDate(t, award.expiresOn) })
                : undefined
            }
            type="date"
            value={typed.toExpiresOn}
            errors={errors}
          />
        )}
        <Input
          t={t}
          name="on"
          label={t('acts.on')}
          hint={t(`acts.on.hint.${kind === 'correct' || kind === 'extend' ? 'dates' : 'standing'}`)}
          type="date"
          value={typed.on}
          min={award.awardedOn}
          {...max}
          errors={errors}
        />
        <Textarea
          t={t}
          name="reason"
          label={t('acts.reason')}
          hint={t('acts.reason.hint')}
          value={typed.reason}
          maxlength={REASON_LIMIT}
          errors={errors}
        />
        <div class="actions">
          <button class="button" type="submit">
            {t('acts.preview')}
          </button>
          <a href={paths.staff.award(id)}>{t('common.cancel')}</a>
        </div>
      </form>
    </StaffPage>
  )
}
