import type { Translate } from '../../i18n/messages.ts'
import { ErrorSummary, type FieldErrors, Input, Textarea } from '../../layout/form.tsx'
import { Records } from '../../layout/records.tsx'
import { type StaffChrome, StaffPage } from '../../layout/staff-page.tsx'
import { paths } from '../../paths.ts'
import { MESSAGE_LIMIT } from '../thread/message-form.ts'

export const TITLE_LIMIT = 100
export const BODY_LIMIT = MESSAGE_LIMIT

type Text = { title: string; body: string }

type AnswersProps = {
  chrome: StaffChrome
  answers: readonly (Text & { id: number })[]
  typed: Text
  errors?: FieldErrors
}

export function CannedAnswersPage({ chrome, answers, typed, errors }: AnswersProps) {
  const { t } = chrome
  const title = t('desk.canned.title')
  return (
    <StaffPage chrome={chrome} title={title} section="requests" failed={errors !== undefined}>
      <ErrorSummary t={t} errors={errors} />
      <div class="head">
        <h1>{title}</h1>
        <p>{t('desk.canned.intro')}</p>
      </div>
      {answers.length === 0 ? (
        <div class="empty">
          <p>{t('desk.canned.empty')}</p>
        </div>
      ) : (
        <Records
          caption={t('desk.canned.caption')}
          columns={[t('desk.canned.name'), t('desk.canned.body')]}
          rows={answers.map(({ id, title: name, body }) => [
            <a href={paths.staff.cannedAnswer(id)}>{name}</a>,
            <div class="remarks">{body}</div>,
          ])}
        />
      )}
      <section class="stack" aria-labelledby="new">
        <h2 id="new">{t('desk.canned.new')}</h2>
        <AnswerForm t={t} action={paths.staff.cannedAnswers} text={typed} errors={errors} />
      </section>
      <p>
        <a href={paths.staff.requests}>{t('requests.review.all')}</a>
      </p>
    </StaffPage>
  )
}

type AnswerProps = { chrome: StaffChrome; answer: Text & { id: number }; errors?: FieldErrors }

export function CannedAnswerPage({ chrome, answer, errors }: AnswerProps) {
  const { t } = chrome
  const title = t('desk.canned.change')
  return (
    <StaffPage chrome={chrome} title={title} section="requests" failed={errors !== undefined}>
      <ErrorSummary t={t} errors={errors} />
      <div class="head">
        <h1>{title}</h1>
      </div>
      <AnswerForm t={t} action={paths.staff.cannedAnswer(answer.id)} text={answer} errors={errors} />
      <p>
        <a class="button button--danger" href={paths.staff.cannedAnswerRemoval(answer.id)}>
          {t('desk.canned.remove')}
        </a>
      </p>
      <p>
        <a href={paths.staff.cannedAnswers}>{t('desk.canned.all')}</a>
      </p>
    </StaffPage>
  )
}

/** A second look: the text is gone for everybody. */
export function RemoveCannedAnswerPage({ chrome, answer }: Pick<AnswerProps, 'chrome' | 'answer'>) {
  const { t } = chrome
  const title = t('desk.canned.remove.title')
  return (
    <StaffPage chrome={chrome} title={title} section="requests">
      <div class="head">
        <h1>{title}</h1>
        <p>{t('desk.canned.remove.text')}</p>
      </div>
      <h2 dir="auto">{answer.title}</h2>
      <p class="remarks" dir="auto">
        {answer.body}
      </p>
      <form class="actions" method="post" action={paths.staff.cannedAnswerRemoval(answer.id)}>
        <button class="button button--danger" type="submit">
          {t('desk.canned.remove')}
        </button>
        <a href={paths.staff.cannedAnswer(answer.id)}>{t('common.cancel')}</a>
      </form>
    </StaffPage>
  )
}

type FormProps = { t: Translate; action: string; text: Text; errors: FieldErrors | undefined }

function AnswerForm({ t, action, text, errors }: FormProps) {
  return (
    <form class="form form--wide" method="post" action={action} novalidate>
      <Input
        t={t}
        name="title"
        label={t('desk.canned.name')}
        hint={t('desk.canned.name.hint')}
        value={text.title}
        maxlength={TITLE_LIMIT}
        errors={errors}
      />
      <Textarea
        t={t}
        name="body"
        label={t('desk.canned.body')}
        value={text.body}
        rows={6}
        maxlength={BODY_LIMIT}
        errors={errors}
      />
      <div>
        <button class="button" type="submit">
          {t('desk.canned.save')}
        </button>
      </div>
    </form>
  )
}
