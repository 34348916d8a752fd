import { standingOn } from '../certifications/standing.ts'
import type { CalendarDate } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import { formatDate, Instant } from '../layout/dates.tsx'
import { DeliveriesMenu } from '../layout/deliveries-menu.tsx'
import { ErrorSummary, type FieldErrors, Textarea } from '../layout/form.tsx'
import { Records } from '../layout/records.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { StandingMark } from '../layout/standing-mark.tsx'
import { paths } from '../paths.ts'
import { Outcome } from './outcome-views.tsx'
import { REVIEW_NOTE_LIMIT } from './review-form.ts'
import { examInWords } from './review-list-views.tsx'
import type { FoundReview, ShownReview } from './review-queries.ts'

type ReviewPageProps = FoundReview & {
  chrome: StaffChrome
  today: CalendarDate
  notice: 'late' | 'done' | null
  typedNote: string
  errors?: FieldErrors
}

export function ReviewPage(props: ReviewPageProps) {
  const { chrome, review, versions, awards, today, notice, typedNote, errors } = props
  const { t, staff } = chrome
  const may = staff?.may ?? []
  const title = t(`reviews.kind.${review.kind}`)
  const isOpen = review.closedAt === null
  return (
    <StaffPage chrome={chrome} title={title} section="deliveries" failed={errors !== undefined}>
      <DeliveriesMenu chrome={chrome} room="reviews" />
      <ErrorSummary t={t} errors={errors} />
      {notice !== null && (
        <div class={notice === 'late' ? 'notice notice--bad' : 'notice notice--good'} role="status">
          <p>{t(`reviews.${notice}`)}</p>
        </div>
      )}
      <div class="head">
        <h1>{title}</h1>
        <p>{t(`reviews.kind.${review.kind}.means`)}</p>
      </div>
      <Facts t={t} review={review} seesPeople={may.includes('candidates.view')} />
      <Versions t={t} review={review} versions={versions} />
      <Awards t={t} awards={awards} today={today} />
      {isOpen && may.includes('quarantine.decide') && (
        <CloseSection t={t} id={review.id} typedNote={typedNote} errors={errors} />
      )}
      {isOpen && !may.includes('quarantine.decide') && <p>{t('reviews.for-reviewers')}</p>}
      <p>
        <a href={paths.staff.reviews}>{t('reviews.all')}</a>
      </p>
    </StaffPage>
  )
}

function Facts({ t, review, seesPeople }: { t: Translate; review: ShownReview; seesPeople: boolean }) {
  const { candidateId, fullName, resultId, registrationId, openedAt, closedAt, closedBy, note } = review
  return (
    <dl class="printed">
      {seesPeople && (
        <div>
          <dt>{t('reviews.column.candidate')}</dt>
          <dd>
            <bdi>{fullName}</bdi>, <a href={paths.staff.candidate(candidateId)}>{candidateId}</a>
          </dd>
        </div>
      )}
      <div>
        <dt>{t('reviews.column.exam')}</dt>
        <dd>{examInWords(t, review)}</dd>
      </div>
      <div>
        <dt>{t('reviews.registration')}</dt>
        <dd>
          <span class="number">{registrationId}</span>
          {resultId !== null && seesPeople && (
            <>
              , <a href={paths.staff.result(resultId)}>{t('reviews.result')}</a>
            </>
          )}
        </dd>
      </div>
      <div>
        <dt>{t('reviews.column.opened')}</dt>
        <dd>
          <Instant t={t} at={new Date(openedAt)} />
        </dd>
      </div>
      {closedAt !== null && (
        <div>
          <dt>{t('reviews.column.closed')}</dt>
          <dd>
            <Instant t={t} at={new Date(closedAt)} />{' '}
            {closedBy !== null && t('reviews.closed-by', { name: closedBy })}
          </dd>
        </div>
      )}
      {note !== null && (
        <div>
          <dt>{t('reviews.note')}</dt>
          <dd class="remarks" dir="auto">
            {note}
          </dd>
        </div>
      )}
    </dl>
  )
}

function Versions({ t, review, versions }: { t: Translate } & Pick<FoundReview, 'review' | 'versions'>) {
  return (
    <section class="stack" aria-labelledby="versions">
      <h2 id="versions">{t('reviews.versions')}</h2>
      <Records
        caption={t('reviews.versions.caption')}
        columns={[
          t('reviews.versions.column.version'),
          t('reviews.versions.column.outcome'),
          t('reviews.versions.column.score'),
          t('reviews.versions.column.from'),
        ]}
        rows={versions.map((version) => [
          <>
            {t(version.stands === 1 ? 'reviews.version.stands' : `reviews.version.${version.outcome}`)}
            {version.rowHash === review.rowHash && version.deliveryId === review.deliveryId && (
              <div class="soft">{t('reviews.version.opened')}</div>
            )}
          </>,
          <Outcome t={t} of={version} />,
          version.score ?? t('common.none'),
          <>
            <a href={paths.staff.delivery(version.deliveryId)}>
              <bdi>
                {t('reviews.version.line', {
                  delivery: version.deliveryName ?? version.deliveryId,
                  line: version.line,
                })}
              </bdi>
            </a>
            <div class="soft">
              <Instant t={t} at={new Date(version.importedAt)} />
            </div>
          </>,
        ])}
      />
    </section>
  )
}

type AwardsProps = { t: Translate; awards: FoundReview['awards']; today: CalendarDate }

function Awards({ t, awards, today }: AwardsProps) {
  return (
    <section class="stack" aria-labelledby="awards">
      <h2 id="awards">{t('reviews.awards')}</h2>
      {awards.length === 0 ? (
        <p>{t('reviews.awards.none')}</p>
      ) : (
        <Records
          caption={t('reviews.awards.caption')}
          columns={[
            t('reviews.awards.column.certification'),
            t('reviews.awards.column.standing'),
            t('reviews.awards.column.dates'),
            t('reviews.awards.column.part'),
          ]}
          rows={awards.map((award) => [
            award.certification,
            <StandingMark t={t} standing={standingOn(today, award)} />,
            award.expiresOn === null
              ? t('reviews.awards.dates.endless', { awarded: formatDate(t, award.awardedOn) })
              : t('reviews.awards.dates', {
                  awarded: formatDate(t, award.awardedOn),
                  expires: formatDate(t, award.expiresOn),
                }),
            t(award.isEarned === 1 ? 'reviews.awards.earned' : 'reviews.awards.renewed'),
          ])}
        />
      )}
    </section>
  )
}

type CloseSectionProps = { t: Translate; id: number; typedNote: string; errors: FieldErrors | undefined }

function CloseSection({ t, id, typedNote, errors }: CloseSectionProps) {
  return (
    <section class="stack" aria-labelledby="close">
      <h2 id="close">{t('reviews.close')}</h2>
      <p>{t('reviews.close.follows')}</p>
      <form class="form" method="post" action={paths.staff.review(id)} novalidate>
        <Textarea
          t={t}
          name="note"
          label={t('reviews.close.note')}
          hint={t('reviews.close.note.hint')}
          value={typedNote}
          maxlength={REVIEW_NOTE_LIMIT}
          errors={errors}
        />
        <div>
          <button class="button" type="submit">
            {t('reviews.close.submit')}
          </button>
        </div>
      </form>
    </section>
  )
}
