import { approvalName } from '../certifications/wording.ts'
import type { CalendarDate } from '../core/calendar-date.ts'
import { DateOnly } from '../layout/dates.tsx'
import { ErrorSummary, type FieldErrors, Textarea } from '../layout/form.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import { REASON_LIMIT } from './act.ts'
import { changesNothing, type Effect } from './act-effect.ts'
import { EffectOnCandidate } from './effect-views.tsx'

type WithdrawApprovalPageProps = {
  chrome: StaffChrome
  candidateId: string
  approval: { id: number; approval: string; approvedOn: CalendarDate }
  reason: string
  /** Of what is shown here: with another one, there is something new to see before it is done. */
  digest: string
  hasAddress: boolean
  effect: Effect
  isStale: boolean
  today: CalendarDate
  errors?: FieldErrors
}

/** What taking it back changes, and why it is done. */
export function WithdrawApprovalPage(props: WithdrawApprovalPageProps) {
  const { chrome, candidateId, approval, reason, digest, hasAddress, effect, isStale, today, errors } = props
  const { t, program } = chrome
  const title = t('approvals.withdraw.title', { approval: approvalName(program, approval.approval) })
  return (
    <StaffPage chrome={chrome} title={title} section="candidates" failed={errors !== undefined}>
      <ErrorSummary t={t} errors={errors} />
      <div class="head">
        <h1>{title}</h1>
        <p>
          {t('approvals.on')} <DateOnly t={t} date={approval.approvedOn} />, {candidateId}
        </p>
      </div>
      {isStale && (
        <p class="notice notice--bad" role="status">
          {t('acts.stale')}
        </p>
      )}
      <section class="stack">
        <h2>{t('acts.effect')}</h2>
        {changesNothing(effect) ? (
          <p>{t('approvals.withdraw.nothing')}</p>
        ) : (
          <EffectOnCandidate t={t} program={program} today={today} effect={effect} />
        )}
        <p>{t(hasAddress ? 'approvals.withdraw.mail' : 'acts.effect.no-mail')}</p>
      </section>
      <form
        class="form"
        method="post"
        action={paths.staff.withdrawApproval(candidateId, approval.id)}
        novalidate
      >
        <input type="hidden" name="digest" value={digest} />
        <Textarea
          t={t}
          name="reason"
          label={t('acts.reason')}
          hint={t('acts.reason.hint')}
          value={reason}
          maxlength={REASON_LIMIT}
          errors={errors}
        />
        <div class="actions">
          <button class="button button--danger" type="submit">
            {t('approvals.withdraw')}
          </button>
          <a href={paths.staff.candidate(candidateId)}>{t('common.cancel')}</a>
        </div>
      </form>
    </StaffPage>
  )
}
