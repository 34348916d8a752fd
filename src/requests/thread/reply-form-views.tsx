import type { Translate } from '../../i18n/messages.ts'
import { type FieldErrors, Input, Textarea } from '../../layout/form.tsx'
import { MESSAGE_LIMIT } from './message-form.ts'

type ReplyFormProps = {
  t: Translate
  action: string
  submission: string
  typed: string
  isReopening: boolean
  errors: FieldErrors | undefined
}

/** Where a candidate writes about a request. */
export function ReplyForm({ t, action, submission, typed, isReopening, errors }: ReplyFormProps) {
  return (
    <section class="stack" aria-labelledby="reply">
      <h2 id="reply">{t(isReopening ? 'thread.reopen' : 'thread.write')}</h2>
      {isReopening && <p>{t('thread.reopen.text')}</p>}
      <form class="form form--wide" method="post" action={action} enctype="multipart/form-data" novalidate>
        <input type="hidden" name="submission" value={submission} />
        <Textarea
          t={t}
          name="message"
          label={t('thread.message')}
          value={typed}
          maxlength={MESSAGE_LIMIT}
          errors={errors}
        />
        <FilesField t={t} errors={errors} />
        <div>
          <button class="button" type="submit">
            {t('thread.send')}
          </button>
        </div>
      </form>
    </section>
  )
}

/** What was typed where nothing can be sent any more, to be copied. */
export function UnsentWords({ t, typed }: { t: Translate; typed: string }) {
  if (typed === '') return null
  return (
    <section class="stack" aria-labelledby="unsent">
      <h2 id="unsent">{t('thread.unsent')}</h2>
      <p class="remarks" dir="auto">
        {typed}
      </p>
    </section>
  )
}

/** Why a message was not sent: the request has ended, or so much was said that no more is taken for now. */
export function lateWords(may: 'write' | 'reopen' | 'nothing') {
  return may === 'nothing' ? 'thread.late' : 'thread.often'
}

export function FilesField({ t, errors }: { t: Translate; errors: FieldErrors | undefined }) {
  return (
    <Input
      t={t}
      name="files"
      type="file"
      label={t('thread.files')}
      hint={t('thread.files.hint')}
      accept="image/jpeg,image/png,image/heic,image/heif,application/pdf,.heic,.heif"
      errors={errors}
      multiple
      optional
    />
  )
}
