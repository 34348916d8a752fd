import { standingOn } from '../certifications/standing.ts'
import type { CalendarDate } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import { DateOnly } from '../layout/dates.tsx'
import { formatList } from '../layout/lists.ts'
import { Records } from '../layout/records.tsx'
import { StandingMark } from '../layout/standing-mark.tsx'
import type { Program } from '../program/program.ts'
import type { AwardFacts, Effect } from './act-effect.ts'

type EffectProps = { t: Translate; program: Program; today: CalendarDate; effect: Effect }

/** Everything that changes for a candidate: each award before and after, and milestones. */
export function EffectOnCandidate({ t, program, today, effect }: EffectProps) {
  const { awards, reached, lost } = effect
  const names = (codes: readonly string[]) =>
    formatList(
      t,
      codes.map((code) => program.milestones.find((one) => one.code === code)?.name ?? code),
    )
  return (
    <>
      {awards.length > 0 && (
        <Records
          caption={t.plural('acts.effect.caption', awards.length)}
          columns={[t('console.column.certification'), t('acts.effect.before'), t('acts.effect.after')]}
          rows={awards.map(({ certification, number, before, after }) => [
            <>
              {certification}
              {number && <div class="soft number">{number}</div>}
            </>,
            before ? <FactsOf t={t} facts={before} today={today} /> : t('acts.effect.not-held'),
            <FactsOf t={t} facts={after} today={today} />,
          ])}
        />
      )}
      {reached.length > 0 && <p>{t('acts.effect.reached', { milestones: names(reached) })}</p>}
      {lost.length > 0 && <p>{t('acts.effect.lost', { milestones: names(lost) })}</p>}
    </>
  )
}

export function FactsOf({ t, facts, today }: { t: Translate; facts: AwardFacts; today: CalendarDate }) {
  const { awardedOn, expiresOn, suspendedOn, revokedOn, supersededBy } = facts
  if (supersededBy !== null) return <>{t('console.awards.merged')}</>
  const dates = [
    ['certifications.awarded', awardedOn],
    ['certifications.expires', expiresOn],
    ['certifications.suspended', suspendedOn],
    ['certifications.revoked', revokedOn],
  ] as const
  return (
    <>
      <StandingMark t={t} standing={standingOn(today, facts)} />
      {dates.map(
        ([name, date]) =>
          date && (
            <div>
              {t(name)} <DateOnly t={t} date={date} />
            </div>
          ),
      )}
      {expiresOn === null && <div>{t('certifications.never-expires')}</div>}
    </>
  )
}
