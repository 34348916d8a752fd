import type { Translate } from '../../i18n/messages.ts'
import { Instant } from '../../layout/dates.tsx'
import { FileLine } from './file-views.tsx'
import type { SharedMessage } from './message.ts'

type ThreadProps = {
  t: Translate
  messages: readonly SharedMessage[]
  /** Where a file that staff sent is got; null where it is not to be got from this page. */
  fileHref: ((fileId: number) => string) | null
}

/** What was said about a request, in its order, for the candidate. Of staff they learn that it was Program Support. */
export function Thread({ t, messages, fileHref }: ThreadProps) {
  return (
    <section class="stack" aria-labelledby="messages">
      <h2 id="messages">{t('thread.title')}</h2>
      {messages.length === 0 ? (
        <p>{t('thread.empty')}</p>
      ) : (
        <ol class="thread">
          {messages.map(({ id, isFromStaff, body, createdAt, files }) => (
            <li class={isFromStaff ? 'message message--staff' : 'message'} id={`message-${id}`}>
              <p class="message__head">
                <strong>{t(isFromStaff ? 'thread.staff' : 'thread.you')}</strong>{' '}
                <span class="soft">
                  <Instant t={t} at={createdAt} />
                </span>
              </p>
              <p class="message__body" dir="auto">
                {body}
              </p>
              {files.map((file) => (
                <FileLine t={t} file={file} href={isFromStaff && fileHref ? fileHref(file.id) : null} />
              ))}
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
