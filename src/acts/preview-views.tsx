import type { CalendarDate } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import { DateOnly } from '../layout/dates.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import type { NewAct } from './act.ts'
import type { Effect } from './act-effect.ts'
import type { TypedAct } from './act-form-views.tsx'
import type { AwardOfStaff } from './award-queries.ts'
import { EffectOnCandidate } from './effect-views.tsx'

type ActPreviewPageProps = {
  chrome: StaffChrome
  award: AwardOfStaff['award']
  act: NewAct
  typed: TypedAct
  /** Of what is shown here: with another one, there is something new to see before it is done. */
  digest: string
  hasAddress: boolean
  effect: Effect
  isStale: boolean
  today: CalendarDate
}

/** What an act would change, before it does. */
export function ActPreviewPage(props: ActPreviewPageProps) {
  const { chrome, award, act, typed, digest, hasAddress, effect, isStale, today } = props
  const { t, program } = chrome
  const title = t(`acts.title.${act.kind}`, { certification: award.certification })
  return (
    <StaffPage chrome={chrome} title={title} section="candidates">
      <div class="head">
        <h1>{title}</h1>
        <p>
          <bdi>{award.fullName}</bdi>, <span class="number">{award.number}</span>
        </p>
      </div>
      {isStale && (
        <p class="notice notice--bad" role="status">
          {t('acts.stale')}
        </p>
      )}
      <ActFacts t={t} act={act} />
      <section class="stack">
        <h2>{t('acts.effect')}</h2>
        <EffectOnCandidate t={t} program={program} today={today} effect={effect} />
        <p>{t(hasAddress ? 'acts.effect.mail' : 'acts.effect.no-mail')}</p>
      </section>
      <form class="actions" method="post" action={paths.staff.awardAct(award.id, act.kind)}>
        {Object.entries({ ...typed, digest }).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <button class={act.kind === 'revoke' ? 'button button--danger' : 'button'} type="submit">
          {t(`acts.confirm.${act.kind}`)}
        </button>
        <button class="button button--quiet" type="submit" name="edit" value="1">
          {t('acts.edit')}
        </button>
        <a href={paths.staff.award(award.id)}>{t('common.cancel')}</a>
      </form>
    </StaffPage>
  )
}

/** What is done, from when, to which dates, and why. */
export function ActFacts({ t, act }: { t: Translate; act: NewAct }) {
  const dates: [string, CalendarDate | null][] = [
    [t('acts.on'), act.on],
    [t('acts.correct.awarded'), act.toAwardedOn],
    [t('acts.new-expiry'), act.toExpiresOn],
  ]
  return (
    <dl class="printed">
      {dates.map(
        ([term, date]) =>
          date && (
            <div>
              <dt>{term}</dt>
              <dd>
                <DateOnly t={t} date={date} />
              </dd>
            </div>
          ),
      )}
      <div>
        <dt>{t('acts.reason')}</dt>
        <dd class="remarks" dir="auto">
          {act.reason}
        </dd>
      </div>
    </dl>
  )
}
