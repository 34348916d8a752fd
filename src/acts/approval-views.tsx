import { approvalName } from '../certifications/wording.ts'
import type { CalendarDate } from '../core/calendar-date.ts'
import { DateOnly } from '../layout/dates.tsx'
import { ErrorSummary, type FieldErrors, Input, Select, Textarea } from '../layout/form.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import { changesNothing, type Effect } from './act-effect.ts'
import { NOTE_LIMIT } from './approval-form.ts'
import { EffectOnCandidate } from './effect-views.tsx'

export type TypedApproval = { submission: string; approval: string; on: string; note: string }

type ApprovalPageProps = {
  chrome: StaffChrome
  candidate: { id: string; fullName: string }
  typed: TypedApproval
  today: CalendarDate
  errors?: FieldErrors
}

export function ApprovalPage({ chrome, candidate, typed, today, errors }: ApprovalPageProps) {
  const { t, program } = chrome
  const title = t('approvals.title', { name: candidate.fullName })
  const back = paths.staff.candidate(candidate.id)
  return (
    <StaffPage chrome={chrome} title={title} section="candidates" failed={errors !== undefined}>
      <ErrorSummary t={t} errors={errors} />
      <div class="head">
        <h1>{title}</h1>
        <p>{t(program.approvals.length > 0 ? 'approvals.text' : 'approvals.none')}</p>
      </div>
      {program.approvals.length === 0 ? (
        <p>
          <a href={back}>{t('console.seen.back')}</a>
        </p>
      ) : (
        <form class="form" method="post" action={paths.staff.approvals(candidate.id)} novalidate>
          <input type="hidden" name="submission" value={typed.submission} />
          <Select
            t={t}
            name="approval"
            label={t('approvals.which')}
            value={typed.approval}
            options={[
              { value: '', text: t('acts.bulk.kind.choose') },
              ...program.approvals.map(({ code, name }) => ({ value: code, text: name })),
            ]}
            errors={errors}
          />
          <Input
            t={t}
            name="on"
            label={t('approvals.on')}
            hint={t('approvals.on.hint')}
            type="date"
            value={typed.on}
            max={today}
            errors={errors}
          />
          <Textarea
            t={t}
            name="note"
            label={t('approvals.note')}
            hint={t('approvals.note.hint')}
            optional
            value={typed.note}
            maxlength={NOTE_LIMIT}
            errors={errors}
          />
          <div class="actions">
            <button class="button" type="submit">
              {t('approvals.give')}
            </button>
            <a href={back}>{t('common.cancel')}</a>
          </div>
        </form>
      )}
    </StaffPage>
  )
}

type WithdrawApprovalPageProps = {
  chrome: StaffChrome
  candidateId: string
  approval: { id: number; approval: string; approvedOn: CalendarDate }
  effect: Effect
  today: CalendarDate
}

/** A second look at what taking it back changes. */
export function WithdrawApprovalPage({
  chrome,
  candidateId,
  approval,
  effect,
  today,
}: WithdrawApprovalPageProps) {
  const { t, program } = chrome
  const title = t('approvals.withdraw.title', { approval: approvalName(program, approval.approval) })
  return (
    <StaffPage chrome={chrome} title={title} section="candidates">
      <div class="head">
        <h1>{title}</h1>
        <p>
          {t('approvals.on')} <DateOnly t={t} date={approval.approvedOn} />, {candidateId}
        </p>
      </div>
      <section class="stack">
        <h2>{t('acts.effect')}</h2>
        {changesNothing(effect) ? (
          <p>{t('approvals.withdraw.nothing')}</p>
        ) : (
          <EffectOnCandidate t={t} program={program} today={today} effect={effect} />
        )}
      </section>
      <form class="actions" method="post" action={paths.staff.withdrawApproval(candidateId, approval.id)}>
        <button class="button button--danger" type="submit">
          {t('approvals.withdraw')}
        </button>
        <a href={paths.staff.candidate(candidateId)}>{t('common.cancel')}</a>
      </form>
    </StaffPage>
  )
}
