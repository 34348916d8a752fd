import type { CalendarDate } from '../../core/calendar-date.ts'
import { formatDate } from '../../layout/dates.tsx'
import { ErrorSummary, type FieldErrors, Input, Select, Textarea } from '../../layout/form.tsx'
import { type Chrome, Page } from '../../layout/page.tsx'
import { paths } from '../../paths.ts'
import { findExam } from '../../program/catalogue.ts'
import type { Program } from '../../program/program.ts'
import type { QuestionFor } from '../request.ts'
import { MESSAGE_LIMIT } from '../thread/message-form.ts'
import { FilesField } from '../thread/reply-form-views.tsx'
import { NUMBER_LIMIT, SITE_LIMIT, SUBJECT_LIMIT } from './question-form.ts'
import { sittingKey } from './read-question.ts'

const FIELDS = ['exam', 'examOn', 'site', 'registrationId', 'result', 'subject', 'message'] as const
/** The form's fields as text, as known or as typed; each kind has some of them. */
export type QuestionValues = Record<(typeof FIELDS)[number], string>
export const questionFields: readonly (keyof QuestionValues)[] = FIELDS

type QuestionPageProps = {
  chrome: Chrome
  kind: QuestionFor['kind']
  program: Program
  today: CalendarDate
  sittings: readonly { feed: string; registrationId: string; exam: string; examOn: CalendarDate }[]
  submission: string
  values: QuestionValues
  errors?: FieldErrors
}

export function QuestionPage(props: QuestionPageProps) {
  const { chrome, kind, sittings, submission, values, errors } = props
  const { t } = chrome
  const title = t(`questions.title.${kind}`)
  const isImpossible = kind === 'result_question' && sittings.length === 0
  return (
    <Page chrome={chrome} title={title} section="profile" failed={errors !== undefined}>
      <ErrorSummary t={t} errors={errors} />
      <div class="head">
        <h1>{title}</h1>
        <p>{t(`questions.intro.${kind}`)}</p>
      </div>
      {isImpossible ? (
        <div class="empty">
          <p>{t('questions.result.none')}</p>
          <p>
            <a href={paths.newQuestion('missing_result')}>{t('questions.title.missing_result')}</a>
          </p>
        </div>
      ) : (
        <form
          class="form form--wide"
          method="post"
          action={paths.newQuestion(kind)}
          enctype="multipart/form-data"
          novalidate
        >
          <input type="hidden" name="submission" value={submission} />
          <AboutWhat {...props} />
          <Textarea
            t={t}
            name="message"
            label={t('questions.message')}
            hint={t(`questions.message.hint.${kind}`)}
            value={values.message}
            rows={6}
            maxlength={MESSAGE_LIMIT}
            errors={errors}
          />
          <FilesField t={t} errors={errors} />
          <div class="actions">
            <button class="button" type="submit">
              {t('questions.submit')}
            </button>
            <a href={paths.requests}>{t('common.cancel')}</a>
          </div>
        </form>
      )}
    </Page>
  )
}

function AboutWhat(props: QuestionPageProps) {
  if (props.kind === 'missing_result') return <Sitting {...props} />
  if (props.kind === 'result_question') return <OwnResult {...props} />
  const { chrome, values, errors } = props
  return (
    <Input
      t={chrome.t}
      name="subject"
      label={chrome.t('questions.subject')}
      value={values.subject}
      maxlength={SUBJECT_LIMIT}
      errors={errors}
      dir="auto"
    />
  )
}

function Sitting({ chrome: { t }, program, today, values, errors }: QuestionPageProps) {
  return (
    <>
      <Select
        t={t}
        name="exam"
        label={t('questions.exam')}
        value={values.exam}
        options={[
          { value: '', text: t('questions.choose') },
          ...program.exams.map(({ code, title }) => ({ value: code, text: title })),
        ]}
        errors={errors}
      />
      <Input
        t={t}
        name="examOn"
        type="date"
        label={t('questions.exam-on')}
        value={values.examOn}
        max={today}
        errors={errors}
      />
      <Input
        t={t}
        name="site"
        label={t('questions.site')}
        hint={t('questions.site.hint')}
        value={values.site}
        maxlength={SITE_LIMIT}
        errors={errors}
        dir="auto"
        optional
      />
      <Input
        t={t}
        name="registrationId"
        label={t('questions.registration')}
        hint={t('questions.registration.hint')}
        value={values.registrationId}
        maxlength={NUMBER_LIMIT}
        errors={errors}
        optional
      />
    </>
  )
}

function OwnResult({ chrome: { t }, program, sittings, values, errors }: QuestionPageProps) {
  return (
    <Select
      t={t}
      name="result"
      label={t('questions.result')}
      value={values.result}
      options={[
        { value: '', text: t('questions.choose') },
        ...sittings.map((one) => ({
          value: sittingKey(one),
          text: `${findExam(program, one.exam)?.title ?? one.exam}, ${formatDate(t, one.examOn)}`,
        })),
      ]}
      errors={errors}
    />
  )
}
