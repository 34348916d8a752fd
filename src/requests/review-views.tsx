import type { Translate } from '../i18n/messages.ts'
import { Instant } from '../layout/dates.tsx'
import { ErrorSummary, type FieldErrors } from '../layout/form.tsx'
import { Records } from '../layout/records.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import type { Approval } from './decision.ts'
import { DecisionForms } from './decision-views.tsx'
import { type AskedFor, documentOf, type RequestState } from './request.ts'
import { PhotoOnReview, type ReviewPhoto } from './review-photo-views.tsx'
import { AskedOfStaff, type Subject } from './subject-views.tsx'

export type EarlierRequest = {
  id: number
  kind: AskedFor['kind']
  state: RequestState
  createdAt: Date
  reason: string | null
}

export type Review = Subject & {
  id: number
  state: RequestState
  createdAt: Date
  decidedAt: Date | null
  decidedBy: string | null
  reason: string | null
  candidateId: string
  photo: ReviewPhoto | null
  earlier: readonly EarlierRequest[]
  approval: Approval
}

type ReviewPageProps = {
  chrome: StaffChrome
  review: Review
  /** True for who decided too late, or could not be obeyed. */
  isLate: boolean
  typedReason: string
  errors?: FieldErrors
}

export function ReviewPage({ chrome, review, isLate, typedReason, errors }: ReviewPageProps) {
  const { t, staff } = chrome
  const may = staff?.may ?? []
  const title = t(`requests.kind.${review.kind}`)
  const isOpen = review.state === 'open'
  return (
    <StaffPage chrome={chrome} title={title} section="requests" failed={errors !== undefined}>
      <ErrorSummary t={t} errors={errors} />
      {isLate && (
        <div class="notice notice--bad" role="status">
          <p>{t(isOpen ? 'requests.review.impossible' : 'requests.review.late')}</p>
        </div>
      )}
      <div class="head">
        <h1>{title}</h1>
        <p>{t(`requests.review.state.${review.state}`)}</p>
      </div>
      <Facts t={t} review={review} isLinked={may.includes('candidates.view')} />
      <AskedOfStaff t={t} subject={review} />
      <PhotoOnReview
        t={t}
        requestId={review.id}
        title={documentOf(review.kind)}
        photo={review.photo}
        isOpen={isOpen}
        mayView={may.includes('requests.view-files')}
      />
      <Earlier t={t} earlier={review.earlier} />
      {isOpen && may.includes('requests.decide') && (
        <DecisionForms
          t={t}
          requestId={review.id}
          kind={review.kind}
          approval={review.approval}
          typedReason={typedReason}
          errors={errors}
        />
      )}
      {isOpen && !may.includes('requests.decide') && <p>{t('requests.queue.for-reviewers')}</p>}
      <p>
        <a href={paths.staff.requests}>{t('requests.review.all')}</a>
      </p>
    </StaffPage>
  )
}

type FactsProps = { t: Translate; review: Review; isLinked: boolean }

function Facts({ t, review, isLinked }: FactsProps) {
  const { candidateId, onRecord, createdAt, decidedAt, decidedBy, reason } = review
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
      {decidedAt && (
        <div>
          <dt>{t(review.state === 'withdrawn' ? 'requests.withdrawn' : 'requests.column.decided')}</dt>
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
    </dl>
  )
}

function Earlier({ t, earlier }: { t: Translate; earlier: readonly EarlierRequest[] }) {
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
            t(`requests.state.${one.state}`),
            one.reason === null ? t('common.none') : <bdi>{one.reason}</bdi>,
          ])}
        />
      )}
    </section>
  )
}
