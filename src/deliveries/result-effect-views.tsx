import type { Translate } from '../i18n/messages.ts'
import { DateOnly, Instant } from '../layout/dates.tsx'
import { Records } from '../layout/records.tsx'
import { paths } from '../paths.ts'
import type { RestingAward, Review } from './result-detail.ts'

/** What somebody had to look at, or still has. */
export function ResultReviews({ t, reviews }: { t: Translate; reviews: readonly Review[] }) {
  return (
    <section class="stack" aria-labelledby="reviews">
      <h2 id="reviews">{t('results.reviews')}</h2>
      {reviews.length === 0 ? (
        <p class="soft">{t('common.none')}</p>
      ) : (
        <Records
          caption={t.plural('results.reviews.caption', reviews.length)}
          columns={[t('console.column.why'), t('results.column.opened'), t('results.column.closed')]}
          rows={reviews.map((review) => [
            <a href={paths.staff.review(review.id)}>{t(`results.review.${review.kind}`)}</a>,
            <Instant t={t} at={new Date(review.openedAt)} />,
            review.closedAt === null ? (
              t('results.review.open')
            ) : (
              <>
                <Instant t={t} at={new Date(review.closedAt)} />
                {review.closedBy !== null && (
                  <div class="soft">
                    <bdi>{review.closedBy}</bdi>
                  </div>
                )}
                {review.note !== null && (
                  <div>
                    <bdi>{review.note}</bdi>
                  </div>
                )}
              </>
            ),
          ])}
        />
      )}
    </section>
  )
}

/** Awards that this result earned or renewed. */
export function RestingAwards({ t, awards }: { t: Translate; awards: readonly RestingAward[] }) {
  return (
    <section class="stack" aria-labelledby="awards">
      <h2 id="awards">{t('results.awards')}</h2>
      {awards.length === 0 ? (
        <p class="soft">{t('results.awards.none')}</p>
      ) : (
        <Records
          caption={t.plural('results.awards.caption', awards.length)}
          columns={[
            t('console.column.certification'),
            t('results.column.effect'),
            t('results.column.dates'),
            t('results.column.number'),
          ]}
          rows={awards.map((award) => [
            award.certification,
            award.renewedOn === null ? (
              t('results.award.earned')
            ) : (
              <>
                {t('results.award.renewed')} <DateOnly t={t} date={award.renewedOn} />
                {award.renewedUntil && (
                  <div class="soft">
                    {t('results.award.until')} <DateOnly t={t} date={award.renewedUntil} />
                  </div>
                )}
              </>
            ),
            <Dates t={t} award={award} />,
            <span class="number">{award.number}</span>,
          ])}
        />
      )}
    </section>
  )
}

function Dates({ t, award }: { t: Translate; award: RestingAward }) {
  const dates = [
    ['certifications.awarded', award.awardedOn],
    ['certifications.expires', award.expiresOn],
    ['certifications.suspended', award.suspendedOn],
    ['certifications.revoked', award.revokedOn],
  ] as const
  return (
    <>
      {dates.map(
        ([name, date]) =>
          date && (
            <div>
              {t(name)} <DateOnly t={t} date={date} />
            </div>
          ),
      )}
      {award.supersededBy !== null && <div class="soft">{t('console.awards.merged')}</div>}
    </>
  )
}
