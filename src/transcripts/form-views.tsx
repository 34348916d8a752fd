import type { CalendarDate } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import { DateOnly } from '../layout/dates.tsx'
import { ErrorSummary, type FieldErrors, Input, Textarea } from '../layout/form.tsx'
import { type Chrome, Page } from '../layout/page.tsx'
import { Sentence, SLOT } from '../layout/sentence.tsx'
import { StandingMark } from '../layout/standing-mark.tsx'
import { paths } from '../paths.ts'
import { CertificationName } from '../verification/certification-name.tsx'
import type { CheckedAward } from '../verification/checked-award.ts'
import { latestValidThrough, REMARKS_LIMIT } from './transcript-form.ts'

export type Choice = { id: number; award: CheckedAward; chosen: boolean }

type TranscriptFormPageProps = {
  chrome: Chrome
  today: CalendarDate
  /** The transcript that is edited, or the key of the new one's form. */
  form: { id: number } | { submission: string }
  values: { validThrough: string; remarks: string }
  choices: readonly Choice[]
  errors?: FieldErrors
}

/** In the order that the program's guide describes: Valid Through, Remarks, which certifications, Save. */
export function TranscriptFormPage({
  chrome,
  today,
  form,
  values,
  choices,
  errors,
}: TranscriptFormPageProps) {
  const { t } = chrome
  const title = t('id' in form ? 'transcripts.form.edit.title' : 'transcripts.form.new.title')
  const action = 'id' in form ? paths.transcript(form.id) : paths.transcripts
  return (
    <Page chrome={chrome} title={title} section="share" failed={errors !== undefined}>
      <ErrorSummary t={t} errors={errors} />
      <div class="head">
        <h1>{title}</h1>
      </div>
      <form class="form" method="post" action={action} novalidate>
        {'submission' in form && <input type="hidden" name="submission" value={form.submission} />}
        <Input
          t={t}
          name="validThrough"
          type="date"
          label={t('transcripts.valid-through')}
          hint={t('transcripts.form.valid-through.hint')}
          value={values.validThrough}
          min={today}
          max={latestValidThrough(today)}
          required
          errors={errors}
        />
        <Textarea
          t={t}
          name="remarks"
          label={t('transcripts.remarks')}
          hint={t('transcripts.form.remarks.hint')}
          value={values.remarks}
          maxlength={REMARKS_LIMIT}
          optional
          errors={errors}
        />
        <Choices t={t} choices={choices} errors={errors} />
        <div class="actions">
          <button class="button" type="submit">
            {t('common.save')}
          </button>
          <a href={'id' in form ? paths.transcript(form.id) : paths.transcripts}>{t('common.cancel')}</a>
        </div>
      </form>
    </Page>
  )
}

/** Said instead of a form with nothing to choose. */
export function NothingToShowPage({ chrome }: { chrome: Chrome }) {
  const { t } = chrome
  return (
    <Page chrome={chrome} title={t('transcripts.form.new.title')} section="share">
      <div class="head">
        <h1>{t('transcripts.form.new.title')}</h1>
      </div>
      <div class="empty">
        <p>{t('transcripts.none-earned')}</p>
      </div>
    </Page>
  )
}

function Choices({
  t,
  choices,
  errors,
}: {
  t: Translate
  choices: readonly Choice[]
  errors: FieldErrors | undefined
}) {
  const wrong = errors?.award
  return (
    <fieldset
      class="form__group"
      id="award"
      tabindex={-1}
      {...(wrong && { 'aria-describedby': 'award-error' })}
    >
      <legend>{t('transcripts.form.awards')}</legend>
      {wrong && (
        <p id="award-error" class="field__error">
          {t(
            wrong[0] === 'transcripts.award.foreign' ? 'transcripts.award.foreign' : 'transcripts.award.none',
          )}
        </p>
      )}
      {choices.map(({ id, award, chosen }) => (
        <div class="check">
          <input id={`award-${id}`} type="checkbox" name="award" value={String(id)} checked={chosen} />
          <label for={`award-${id}`}>
            <CertificationName name={award.name} code={award.code} />
          </label>
          <span class="soft">
            <StandingMark t={t} standing={award.standing} /> · <Expiry t={t} award={award} />
          </span>
        </div>
      ))}
    </fieldset>
  )
}

function Expiry({ t, award: { expiresOn, standing } }: { t: Translate; award: CheckedAward }) {
  if (expiresOn === null) return <>{t('transcripts.form.lasting')}</>
  const key = standing === 'expired' ? 'transcripts.form.expired' : 'transcripts.form.expires'
  return (
    <Sentence text={t(key, { date: SLOT })}>
      <DateOnly t={t} date={expiresOn} />
    </Sentence>
  )
}
