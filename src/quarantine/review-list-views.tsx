import type { CalendarDate } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import { formatDate, Instant } from '../layout/dates.tsx'
import { DeliveriesMenu } from '../layout/deliveries-menu.tsx'
import { Records } from '../layout/records.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import { Outcome } from './outcome-views.tsx'
import type { ListedReview, ReviewTab } from './review-queries.ts'

type ReviewsPageProps = {
  chrome: StaffChrome
  tab: ReviewTab
  reviews: readonly ListedReview[]
  today: CalendarDate
  next: string | null
}

export function ReviewsPage({ chrome, tab, reviews, next }: ReviewsPageProps) {
  const { t, staff } = chrome
  const seesPeople = staff?.may.includes('candidates.view') ?? false
  return (
    <StaffPage chrome={chrome} title={t('reviews.title')} section="deliveries">
      <DeliveriesMenu chrome={chrome} room="reviews" />
      <div class="head">
        <h1>{t('reviews.title')}</h1>
        <p>{t(`reviews.intro.${tab}`)}</p>
      </div>
      <nav class="actions" aria-label={t('reviews.tabs')}>
        {(['open', 'closed'] as const).map((one) => (
          <a
            class={one === tab ? 'menus__link menus__link--here' : 'menus__link'}
            href={reviewsPath(one)}
            {...(one === tab && { 'aria-current': 'page' })}
          >
            {t(`reviews.tab.${one}`)}
          </a>
        ))}
      </nav>
      {reviews.length === 0 ? (
        <div class="empty">
          <p>{t(`reviews.empty.${tab}`)}</p>
        </div>
      ) : (
        <Records
          caption={t(`reviews.caption.${tab}`)}
          columns={[
            t('reviews.column.review'),
            t('reviews.column.candidate'),
            t('reviews.column.exam'),
            t('reviews.column.stands'),
            t(tab === 'open' ? 'reviews.column.opened' : 'reviews.column.closed'),
          ]}
          rows={reviews.map((review) => [
            <a href={paths.staff.review(review.id)}>{t(`reviews.kind.${review.kind}`)}</a>,
            seesPeople ? (
              <>
                <bdi>{review.fullName}</bdi> <div class="soft">{review.candidateId}</div>
              </>
            ) : (
              t('common.none')
            ),
            examInWords(t, review),
            <Outcome t={t} of={review} />,
            <>
              <Instant t={t} at={new Date(review.closedAt ?? review.openedAt)} />
              {review.closedBy !== null && <div class="soft">{review.closedBy}</div>}
            </>,
          ])}
        />
      )}
      {next !== null && (
        <p>
          <a href={next}>{t('reviews.next')}</a>
        </p>
      )}
    </StaffPage>
  )
}

export function reviewsPath(tab: ReviewTab, after?: string): string {
  const query = new URLSearchParams({
    ...(tab === 'closed' && { tab }),
    ...(after !== undefined && { after }),
  })
  return query.size === 0 ? paths.staff.reviews : `${paths.staff.reviews}?${query}`
}

export function examInWords(t: Translate, { examCode, examOn, registrationId }: ListedReview): string {
  return examCode === null || examOn === null
    ? registrationId
    : t('reviews.exam-on', { code: examCode, date: formatDate(t, examOn) })
}
