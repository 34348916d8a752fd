import type { CalendarDate } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import { ErrorSummary, type FieldErrors } from '../layout/form.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import { CourseStandingSection } from './course-standing-views.tsx'
import type { Approval } from './decision.ts'
import { DecisionForms } from './decision-views.tsx'
import { AssigneeForms } from './desk/assign-views.tsx'
import { documentOf, isClaim, isLive } from './request.ts'
import { Earlier, type EarlierRequest, type ReviewedFacts, ReviewFacts } from './review-facts-views.tsx'
import { PhotoOnReview, type ReviewPhoto } from './review-photo-views.tsx'
import { AskedOfStaff, type Subject } from './subject-views.tsx'
import type { StaffMessage } from './thread/message.ts'
import { NoteForm, StaffReplyForm } from './thread/staff-form-views.tsx'
import { lastShared } from './thread/staff-message.ts'
import { StaffThread } from './thread/staff-thread-views.tsx'

export type Review = Subject &
  ReviewedFacts & {
    assignedTo: number | null
    photo: ReviewPhoto | null
    messages: readonly StaffMessage[]
    earlier: readonly EarlierRequest[]
    colleagues: readonly { id: number; name: string }[]
    canned: readonly { id: number; title: string }[]
    /** Null for what is not approved but answered. */
    approval: Approval | null
  }

export type ReviewPageProps = {
  chrome: StaffChrome
  review: Review
  today: CalendarDate
  /** Of whoever looks. */
  ownId: number
  /**
   * For who decided or wrote too late or could not be obeyed, had not seen what was said meanwhile, or wanted what a
   * colleague has taken.
   */
  late: 'late' | 'unseen' | 'taken' | null
  submission: string
  typed: { reason?: string; message?: string; note?: string }
  errors?: FieldErrors
}

export function ReviewPage(props: ReviewPageProps) {
  const { chrome, review, today, late, ownId, submission, typed, errors } = props
  const { t, staff } = chrome
  const may = staff?.may ?? []
  const title = t(`requests.kind.${review.kind}`)
  const mayDocuments = may.includes('requests.view-files')
  const isOpen = isLive(review.state)
  const isTheirs = isClaim(review)
  return (
    <StaffPage
      chrome={chrome}
      title={title}
      section="requests"
      scripts={['request-keys.js']}
      failed={errors !== undefined}
    >
      <ErrorSummary t={t} errors={errors} />
      {late && (
        <div class="notice notice--bad" role="status">
          <p>{t(lateWords(props, late))}</p>
        </div>
      )}
      <div class="head">
        <h1>{title}</h1>
        <p>{t(`requests.review.state.${review.state}`)}</p>
      </div>
      <ReviewFacts t={t} facts={review} today={today} isLinked={may.includes('candidates.view')} />
      {isOpen && may.includes('requests.answer') && <AssigneeForms t={t} review={review} ownId={ownId} />}
      {isTheirs ? (
        <div class="sides">
          <AskedOfStaff t={t} subject={review} />
          <PhotoOnReview
            t={t}
            requestId={review.id}
            title={documentOf(review.kind)}
            photo={review.photo}
            isOpen={isOpen}
            mayView={mayDocuments}
          />
        </div>
      ) : (
        <AskedOfStaff t={t} subject={review} />
      )}
      <StaffThread
        t={t}
        messages={review.messages}
        fileHref={isTheirs && !mayDocuments ? null : (fileId) => paths.staff.requestFile(review.id, fileId)}
      />
      {review.claim?.standing && (
        <CourseStandingSection
          t={t}
          requestId={review.id}
          standing={review.claim.standing}
          effect={review.claim.effect}
          today={today}
          mayDecide={may.includes('requests.decide')}
          typedReason={typed.reason ?? ''}
          errors={errors}
        />
      )}
      {isOpen && isTheirs && review.approval && may.includes('requests.decide') && (
        <DecisionForms
          t={t}
          requestId={review.id}
          kind={review.kind}
          approval={review.approval}
          seen={lastShared(review.messages)}
          typedReason={typed.reason ?? ''}
          errors={errors}
        />
      )}
      {isOpen && may.includes('requests.answer') && (
        <StaffReplyForm
          t={t}
          review={review}
          submission={submission}
          typed={typed.message ?? ''}
          errors={errors}
        />
      )}
      {isOpen && isTheirs && !may.includes('requests.decide') && <p>{t('requests.queue.for-reviewers')}</p>}
      {may.includes('requests.answer') && (
        <NoteForm
          t={t}
          requestId={review.id}
          submission={submission}
          typed={typed.note ?? ''}
          errors={errors}
        />
      )}
      <Earlier t={t} earlier={review.earlier} />
      <p>
        <a href={paths.staff.requests} data-key="u">
          {t('requests.review.all')}
        </a>
      </p>
      <KeysHint t={t} />
    </StaffPage>
  )
}

/** What came too late: taking it, words or a decision that may still be sent, words that cannot, or a decision. */
function lateWords({ review, typed }: ReviewPageProps, late: 'late' | 'unseen' | 'taken') {
  if (late === 'taken') return 'desk.taken'
  if (late === 'unseen') return typed.message ? 'desk.unseen' : 'requests.review.unseen'
  if (isLive(review.state)) return 'requests.review.impossible'
  return typed.note ? 'desk.late' : 'requests.review.late'
}

/** Shown by the script that the keys need. */
function KeysHint({ t }: { t: Translate }) {
  return (
    <p class="soft" data-keys hidden>
      <span>{t('desk.keys.request')}</span>{' '}
      <button class="link" type="button" data-on={t('desk.keys.on')} data-off={t('desk.keys.off')} />
    </p>
  )
}
