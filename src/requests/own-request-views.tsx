import type { CalendarDate } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import { Instant } from '../layout/dates.tsx'
import { ErrorSummary, type FieldErrors } from '../layout/form.tsx'
import { type Chrome, Page } from '../layout/page.tsx'
import { paths } from '../paths.ts'
import type { Program } from '../program/program.ts'
import { Asked, type PhotoFate, PhotoLine } from './own-asked-views.tsx'
import { documentOf, endedAs, isLive, isQuestionKind } from './request.ts'
import type { SharedMessage } from './thread/message.ts'
import { type Rated, Rating } from './thread/rating-views.tsx'
import { lateWords, ReplyForm, UnsentWords } from './thread/reply-form-views.tsx'
import { Thread } from './thread/thread-views.tsx'
import type { OwnRequestFacts } from './views.tsx'

export type OwnRequestProps = {
  /** `takenBackReason`: why an approved course counts no more. */
  request: OwnRequestFacts & Rated & { takenBackReason: string | null }
  photo: PhotoFate
  messages: readonly SharedMessage[]
  program: Program
  today: CalendarDate
  may: 'write' | 'reopen' | 'nothing'
  /** The key of the form for a message, and what was typed into it. */
  submission: string
  typed: string
  /** Said once: the same was asked before, without or with words that were not sent; what was sent is there, or came late. */
  notice: 'repeated' | 'unsent' | 'sent' | 'late' | null
  errors?: FieldErrors
}

export function RequestPage({ chrome, ...props }: OwnRequestProps & { chrome: Chrome }) {
  const { t } = chrome
  const { request, messages, may, submission, typed, errors } = props
  const title = t(`requests.kind.${request.kind}`)
  const isTalked = request.kind !== 'address_recovery'
  return (
    <Page chrome={chrome} title={title} section="profile" failed={errors !== undefined}>
      <ErrorSummary t={t} errors={errors} />
      <Notice t={t} {...props} />
      <div class="head">
        <h1>{title}</h1>
        <p>
          {t(
            isQuestionKind(request.kind) ? `questions.next.${questionState(request.state)}` : nextOf(request),
          )}
        </p>
      </div>
      <Facts t={t} {...props} />
      {isTalked && (
        <Thread t={t} messages={messages} fileHref={(fileId) => paths.requestFile(request.id, fileId)} />
      )}
      {isTalked && may !== 'nothing' && (
        <ReplyForm
          t={t}
          action={paths.requestMessages(request.id)}
          {...{ submission, typed, errors }}
          isReopening={may === 'reopen'}
        />
      )}
      {isTalked && may === 'nothing' && <UnsentWords t={t} typed={typed} />}
      {!isLive(request.state) && request.state !== 'withdrawn' && <Rating t={t} request={request} />}
      {isLive(request.state) && (
        <form class="stack" method="post" action={paths.withdrawRequest(request.id)}>
          <p>{t('requests.withdraw.text')}</p>
          <button class="button button--danger" type="submit">
            {t('requests.withdraw')}
          </button>
        </form>
      )}
      <p>
        <a href={paths.requests}>{t('requests.all')}</a>
      </p>
    </Page>
  )
}

function nextOf({ state, takenBackReason }: OwnRequestProps['request']) {
  return takenBackReason === null ? (`requests.next.${state}` as const) : 'recertification.taken-back.next'
}

/** A question is never approved nor refused. */
function questionState(state: OwnRequestFacts['state']) {
  return state === 'approved' || state === 'refused' ? 'answered' : state
}

function Notice({ t, notice, request, may }: OwnRequestProps & { t: Translate }) {
  if (notice === null || (notice === 'repeated' && !isLive(request.state))) return null
  const text = {
    repeated: repeatedWords(request.kind),
    unsent: 'questions.unsent',
    sent: 'thread.sent',
    late: lateWords(may),
  } as const
  return (
    <div class={notice === 'sent' ? 'notice notice--good' : 'notice'} role="status">
      <p>{t(text[notice])}</p>
    </div>
  )
}

function repeatedWords(kind: OwnRequestFacts['kind']) {
  if (isQuestionKind(kind)) return 'questions.repeated'
  return kind === 'course_completion' ? 'requests.repeated.course' : 'requests.repeated'
}

function Facts({ t, request, photo, program, today }: OwnRequestProps & { t: Translate }) {
  return (
    <dl class="printed">
      <div>
        <dt>{t('requests.column.state')}</dt>
        <dd>{t(`requests.state.${request.state}`)}</dd>
      </div>
      <div>
        <dt>{t('requests.column.sent')}</dt>
        <dd>
          <Instant t={t} at={request.createdAt} />
        </dd>
      </div>
      {request.decidedAt && (
        <div>
          <dt>{t(endedAs(request.state))}</dt>
          <dd>
            <Instant t={t} at={request.decidedAt} />
          </dd>
        </div>
      )}
      {request.reason !== null && (
        <div>
          <dt>{t('requests.reason')}</dt>
          <dd class="remarks">{request.reason}</dd>
        </div>
      )}
      {request.takenBackReason !== null && (
        <div>
          <dt>{t('recertification.taken-back.why')}</dt>
          <dd class="remarks">{request.takenBackReason}</dd>
        </div>
      )}
      <Asked t={t} request={request} program={program} today={today} />
      {!isQuestionKind(request.kind) && (
        <div>
          <dt>{t(documentOf(request.kind))}</dt>
          <dd>
            <PhotoLine t={t} photo={photo} isOpen={isLive(request.state)} />
          </dd>
        </div>
      )}
    </dl>
  )
}
