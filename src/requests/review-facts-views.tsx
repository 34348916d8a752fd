import type { CalendarDate } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import { Instant } from '../layout/dates.tsx'
import { Records } from '../layout/records.tsx'
import { paths } from '../paths.ts'
import { Due } from './desk/due-views.tsx'
import { staffState } from './desk/state-words.ts'
import type { RecordName } from './name.ts'
import { type AskedFor, endedAs, type RequestState } from './request.ts'

export type EarlierRequest = {
  id: number
  kind: AskedFor['kind']
  state: RequestState
  createdAt: Date
  reason: string | null
}

export type ReviewedFacts = {
  id: number
  state: RequestState
  createdAt: Date
  dueOn: CalendarDate | null
  assignee: string | null
  decidedAt: Date | null
  decidedBy: string | null
  reason: string | null
  helped: boolean | null
  helpedComment: string | null
  candidateId: string
  onRecord: RecordName
}

type FactsProps = { t: Translate; facts: ReviewedFacts; today: CalendarDate; isLinked: boolean }

/** Whose request it is, where it stands, and who sees to it. */
export function ReviewFacts({ t, facts, today, isLinked }: FactsProps) {
  const { candidateId, onRecord, createdAt, state, decidedAt, decidedBy, reason, helped, helpedComment } =
    facts
  return (
    <dl class="printed">
      <div>
        <dt>{t('requests.queue.candidate')}</dt>
        <dd>
          <bdi>{onRecord.fullName}</bdi>,{' '}
          {isLinked ? <a href={paths.staff.candidate(candidateId)}>{candidateId}</a> : candidateId}
        </dd>
      </div>
      <div>
        <dt>{t('requests.column.sent')}</dt>
        <dd>
          <Instant t={t} at={createdAt} />
        </dd>
      </div>
      {facts.dueOn !== null && state === 'open' && (
        <div>
          <dt>{t('desk.due')}</dt>
          <dd>
            <Due t={t} dueOn={facts.dueOn} today={today} />
          </dd>
        </div>
      )}
      <div>
        <dt>{t('desk.assignee')}</dt>
        <dd>{facts.assignee ?? t('desk.nobody')}</dd>
      </div>
      {decidedAt && (
        <div>
          <dt>{t(endedAs(state))}</dt>
          <dd>
            <Instant t={t} at={decidedAt} />{' '}
            {decidedBy !== null && t('requests.review.by', { name: decidedBy })}
          </dd>
        </div>
      )}
      {reason !== null && (
        <div>
          <dt>{t('requests.reason')}</dt>
          <dd class="remarks" dir="auto">
            {reason}
          </dd>
        </div>
      )}
      {helped !== null && (
        <div>
          <dt>{t('desk.helped')}</dt>
          <dd class="remarks" dir="auto">
            {t(helped ? 'desk.helped.yes' : 'desk.helped.no')}
            {helpedComment !== null && `\n${helpedComment}`}
          </dd>
        </div>
      )}
    </dl>
  )
}

export function Earlier({ t, earlier }: { t: Translate; earlier: readonly EarlierRequest[] }) {
  return (
    <section class="stack" aria-labelledby="earlier">
      <h2 id="earlier">{t('requests.review.earlier')}</h2>
      {earlier.length === 0 ? (
        <p>{t('common.none')}</p>
      ) : (
        <Records
          caption={t('requests.review.earlier.caption')}
          columns={[
            t('requests.column.request'),
            t('requests.column.sent'),
            t('requests.column.state'),
            t('requests.reason'),
          ]}
          rows={earlier.map((one) => [
            <a href={paths.staff.request(one.id)}>{t(`requests.kind.${one.kind}`)}</a>,
            <Instant t={t} at={one.createdAt} />,
            staffState(t, one.state),
            one.reason === null ? t('common.none') : <bdi>{one.reason}</bdi>,
          ])}
        />
      )}
    </section>
  )
}
