import type { Translate } from '../i18n/messages.ts'
import { DateOnly, Instant } from '../layout/dates.tsx'
import { Records } from '../layout/records.tsx'
import type { DoneAct } from './award-queries.ts'

/** Who of the staff did what to an award, and why. */
export function DoneActs({ t, acts }: { t: Translate; acts: readonly DoneAct[] }) {
  return (
    <section class="stack">
      <h2>{t('acts.award.acts')}</h2>
      {acts.length === 0 ? (
        <p class="soft">{t('common.none')}</p>
      ) : (
        <Records
          caption={t.plural('acts.award.acts.caption', acts.length)}
          columns={[
            t('acts.column.act'),
            t('acts.column.from'),
            t('acts.column.dates'),
            t('acts.reason'),
            t('acts.column.by'),
          ]}
          rows={acts.map(({ kind, on, toAwardedOn, toExpiresOn, reason, doneBy, doneAt }) => [
            t(`acts.kind.${kind}`),
            <DateOnly t={t} date={on} />,
            <>
              {toAwardedOn && (
                <div>
                  {t('certifications.awarded')} <DateOnly t={t} date={toAwardedOn} />
                </div>
              )}
              {toExpiresOn && (
                <div>
                  {t('certifications.expires')} <DateOnly t={t} date={toExpiresOn} />
                </div>
              )}
            </>,
            <div class="remarks" dir="auto">
              {reason}
            </div>,
            <>
              {doneBy}
              <div class="soft">
                <Instant t={t} at={doneAt} />
              </div>
            </>,
          ])}
        />
      )}
    </section>
  )
}
