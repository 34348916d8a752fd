import type { Translate } from '../../i18n/messages.ts'
import { Instant } from '../../layout/dates.tsx'
import { FileLine } from './file-views.tsx'
import type { StaffMessage } from './message.ts'

type StaffThreadProps = {
  t: Translate
  messages: readonly StaffMessage[]
  /** Null for who may not open what candidates send in. */
  fileHref: ((fileId: number) => string) | null
}

/** All that was said about a request. What only staff see says so, in a word and by its look. */
export function StaffThread({ t, messages, fileHref }: StaffThreadProps) {
  return (
    <section class="stack" aria-labelledby="messages">
      <h2 id="messages">{t('thread.title')}</h2>
      {messages.length === 0 ? (
        <p>{t('thread.empty')}</p>
      ) : (
        <ol class="thread">
          {messages.map((message) => (
            <li class={`message ${lookOf(message)}`} id={`message-${message.id}`}>
              <p class="message__head">
                {message.visibility === 'internal' && (
                  <span class="message__mark">{t('desk.note.mark')}</span>
                )}{' '}
                <strong>{message.staffName ?? t('requests.queue.candidate')}</strong>{' '}
                <span class="soft">
                  <Instant t={t} at={message.createdAt} />
                  {message.isByLink && ` ${t('desk.by-link')}`}
                </span>
              </p>
              <p class="message__body" dir="auto">
                {message.body}
              </p>
              {message.files.map((file) => (
                <FileLine t={t} file={file} href={fileHref ? fileHref(file.id) : null} />
              ))}
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

function lookOf({ staffName, visibility }: StaffMessage): string {
  if (visibility === 'internal') return 'message--note'
  return staffName === null ? '' : 'message--staff'
}
