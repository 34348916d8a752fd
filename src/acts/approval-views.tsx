import { approvalName } from '../certifications/wording.ts'
import type { CalendarDate } from '../core/calendar-date.ts'
import { DateOnly } from '../layout/dates.tsx'
import { ErrorSummary, type FieldErrors, Input, Select, Textarea } from '../layout/form.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import type { Approval } from '../program/program.ts'
import { changesNothing, type Effect } from './act-effect.ts'
import { type NewApproval, NOTE_LIMIT } from './approval-form.ts'
import { EffectOnCandidate } from './effect-views.tsx'

export type TypedApproval = { submission: string; approval: string; on: string; note: string }

type ApprovalPageProps = {
  chrome: StaffChrome
  candidate: { id: string; fullName: string }
  /** Those that any version of the program knows. */
  approvals: readonly Approval[]
  typed: TypedApproval
  today: CalendarDate
  errors?: FieldErrors
}

export function ApprovalPage({ chrome, candidate, approvals, typed, today, errors }: ApprovalPageProps) {
  const { t } = chrome
  const title = t('approvals.title', { name: candidate.fullName })
  const back = paths.staff.candidate(candidate.id)
  return (
    <StaffPage chrome={chrome} title={title} section="candidates" failed={errors !== undefined}>
      <ErrorSummary t={t} errors={errors} />
      <div class="head">
        <h1>{title}</h1>
        <p>{t(approvals.length > 0 ? 'approvals.text' : 'approvals.none')}</p>
      </div>
      {approvals.length === 0 ? (
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
              ...approvals.map(({ code, name }) => ({ value: code, text: name })),
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
              {t('acts.preview')}
            </button>
            <a href={back}>{t('common.cancel')}</a>
          </div>
        </form>
      )}
    </StaffPage>
  )
}

type ApprovalPreviewPageProps = {
  chrome: StaffChrome
  candidate: { id: string; fullName: string }
  given: NewApproval
  typed: TypedApproval
  /** Of what is shown here: with another one, there is something new to see before it is given. */
  digest: string
  effect: Effect
  isStale: boolean
  today: CalendarDate
}

/** What an approval would change, before it is given. */
export function ApprovalPreviewPage(props: ApprovalPreviewPageProps) {
  const { chrome, candidate, given, typed, digest, effect, isStale, today } = props
  const { t, program } = chrome
  const title = t('approvals.title', { name: candidate.fullName })
  return (
    <StaffPage chrome={chrome} title={title} section="candidates">
      <div class="head">
        <h1>{title}</h1>
        <p>
          {approvalName(program, given.approval)}, {t('approvals.on')} <DateOnly t={t} date={given.on} />
        </p>
      </div>
      {isStale && (
        <p class="notice notice--bad" role="status">
          {t('acts.stale')}
        </p>
      )}
      {given.note !== '' && (
        <p class="remarks" dir="auto">
          {given.note}
        </p>
      )}
      <section class="stack">
        <h2>{t('acts.effect')}</h2>
        {changesNothing(effect) ? (
          <p>{t('approvals.preview.nothing')}</p>
        ) : (
          <EffectOnCandidate t={t} program={program} today={today} effect={effect} />
        )}
      </section>
      <form class="actions" method="post" action={paths.staff.approvals(candidate.id)}>
        {Object.entries({ ...typed, digest }).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <button class="button" type="submit">
          {t('approvals.give')}
        </button>
        <button class="button button--quiet" type="submit" name="edit" value="1">
          {t('acts.edit')}
        </button>
        <a href={paths.staff.candidate(candidate.id)}>{t('common.cancel')}</a>
      </form>
    </StaffPage>
  )
}
