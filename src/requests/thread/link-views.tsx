import { ErrorSummary, type FieldErrors } from '../../layout/form.tsx'
import { type Chrome, Page } from '../../layout/page.tsx'
import { paths } from '../../paths.ts'
import type { AskedFor, RequestState } from '../request.ts'
import type { SharedMessage } from './message.ts'
import { lateWords, ReplyForm, UnsentWords } from './reply-form-views.tsx'
import { Thread } from './thread-views.tsx'

type LinkedThreadProps = {
  chrome: Chrome
  request: { kind: AskedFor['kind']; state: RequestState; messages: readonly SharedMessage[] }
  token: string
  may: 'write' | 'reopen' | 'nothing'
  notice: 'sent' | 'late' | null
  submission: string
  typed: string
  errors?: FieldErrors
}

/** One request for whoever has the link of a mail about it. It names nobody: mail is passed on. */
export function LinkedThreadPage(props: LinkedThreadProps) {
  const { chrome, request, token, may, notice, submission, typed, errors } = props
  const { t } = chrome
  const title = t(`requests.kind.${request.kind}`)
  return (
    <Page chrome={chrome} title={title} failed={errors !== undefined} noindex>
      <ErrorSummary t={t} errors={errors} />
      {notice && (
        <div class={notice === 'sent' ? 'notice notice--good' : 'notice'} role="status">
          <p>{t(notice === 'late' ? lateWords(may) : 'thread.sent')}</p>
        </div>
      )}
      <div class="head">
        <h1>{title}</h1>
        <p>
          {t('requests.column.state')}: {t(`requests.state.${request.state}`)}
        </p>
      </div>
      <Thread t={t} messages={request.messages} fileHref={null} />
      {may === 'nothing' ? (
        <>
          <UnsentWords t={t} typed={typed} />
          <p>{t('thread.over')}</p>
        </>
      ) : (
        <ReplyForm
          t={t}
          action={paths.requestReply(token)}
          {...{ submission, typed, errors }}
          isReopening={may === 'reopen'}
        />
      )}
      <p class="soft">{t('thread.link.only')}</p>
    </Page>
  )
}

export function DeadLinkPage({ chrome }: { chrome: Chrome }) {
  const { t } = chrome
  return (
    <Page chrome={chrome} title={t('thread.dead.title')} noindex>
      <div class="head">
        <h1>{t('thread.dead.title')}</h1>
        <p>{t('thread.dead.text')}</p>
      </div>
      <p>
        <a class="button" href={paths.requests}>
          {t('thread.dead.sign-in')}
        </a>
      </p>
    </Page>
  )
}
