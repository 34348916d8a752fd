import type { Translate } from '../../i18n/messages.ts'
import { type FieldErrors, Select, Textarea } from '../../layout/form.tsx'
import { paths } from '../../paths.ts'
import { type AskedFor, isQuestionKind } from '../request.ts'
import type { StaffMessage } from './message.ts'
import { MESSAGE_LIMIT } from './message-form.ts'
import { FilesField } from './reply-form-views.tsx'
import { lastShared } from './staff-message.ts'

type StaffReplyProps = {
  t: Translate
  review: {
    id: number
    kind: AskedFor['kind']
    messages: readonly StaffMessage[]
    canned: readonly { id: number; title: string }[]
  }
  submission: string
  typed: string
  errors: FieldErrors | undefined
}

/** Where staff write to the candidate, with one button for each thing that it does. */
export function StaffReplyForm({ t, review, submission, typed, errors }: StaffReplyProps) {
  const { id, kind, messages, canned } = review
  return (
    <section class="stack" aria-labelledby="reply">
      <h2 id="reply">{t('desk.reply')}</h2>
      <form
        class="form form--wide"
        method="post"
        action={paths.staff.requestMessages(id)}
        enctype="multipart/form-data"
        novalidate
      >
        <input type="hidden" name="submission" value={submission} />
        <input type="hidden" name="seen" value={String(lastShared(messages))} />
        {canned.length > 0 && <CannedChoice t={t} requestId={id} canned={canned} />}
        <Textarea
          t={t}
          name="message"
          label={t('desk.reply.message')}
          hint={t('desk.reply.hint')}
          value={typed}
          rows={6}
          maxlength={MESSAGE_LIMIT}
          errors={errors}
        />
        {kind !== 'address_recovery' && <FilesField t={t} errors={errors} />}
        <div class="actions">
          {isQuestionKind(kind) && (
            <button class="button" type="submit" name="act" value="solve">
              {t('desk.act.solve')}
            </button>
          )}
          <button class="button button--quiet" type="submit" name="act" value="ask">
            {t('desk.act.ask')}
          </button>
          <button class="button button--quiet" type="submit" name="act" value="reply">
            {t('desk.act.reply')}
          </button>
        </div>
      </form>
    </section>
  )
}

type CannedProps = { t: Translate; requestId: number; canned: readonly { id: number; title: string }[] }

/** Adds to what stands in the field below, by asking for the page again. */
function CannedChoice({ t, requestId, canned }: CannedProps) {
  return (
    <div class="actions actions--end">
      <Select
        t={t}
        name="canned"
        label={t('desk.canned')}
        hint={t('desk.canned.hint')}
        options={canned.map(({ id, title }) => ({ value: String(id), text: title }))}
      />
      <button
        class="button button--quiet"
        type="submit"
        name="act"
        value="fill"
        formaction={`${paths.staff.requestMessages(requestId)}#message`}
      >
        {t('desk.canned.use')}
      </button>
    </div>
  )
}

type NoteFormProps = {
  t: Translate
  requestId: number
  submission: string
  typed: string
  errors: FieldErrors | undefined
}

/** A form of its own, far from the other, so that no note is sent to a candidate by mistake. */
export function NoteForm({ t, requestId, submission, typed, errors }: NoteFormProps) {
  return (
    <section class="stack" aria-labelledby="new-note">
      <h2 id="new-note">{t('desk.note')}</h2>
      <form class="form form--wide" method="post" action={paths.staff.requestMessages(requestId)} novalidate>
        <input type="hidden" name="submission" value={submission} />
        <input type="hidden" name="act" value="note" />
        <Textarea
          t={t}
          name="note"
          label={t('desk.note.text')}
          hint={t('desk.note.hint')}
          value={typed}
          rows={3}
          maxlength={MESSAGE_LIMIT}
          errors={errors}
        />
        <div>
          <button class="button button--quiet" type="submit">
            {t('desk.act.note')}
          </button>
        </div>
      </form>
    </section>
  )
}
