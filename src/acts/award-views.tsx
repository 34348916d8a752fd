import { awardHistory } from '../certifications/award-history.ts'
import { awardStory } from '../certifications/award-story.ts'
import { standingOn } from '../certifications/standing.ts'
import type { CalendarDate } from '../core/calendar-date.ts'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { StandingMark } from '../layout/standing-mark.tsx'
import { paths } from '../paths.ts'
import { findCertification } from '../program/catalogue.ts'
import { type ActKind, possibleActs } from './act.ts'
import type { AwardOfStaff } from './award-queries.ts'
import { DoneActs } from './done-act-views.tsx'
import { AwardFactList } from './fact-views.tsx'

type AwardPageProps = AwardOfStaff & {
  chrome: StaffChrome
  today: CalendarDate
  /** What was done right before. */
  done: ActKind | null
  /** True for who was about to do what cannot be done any more. */
  isLate: boolean
}

/** One award: how it stands and why, who did what to it, and what can be done now. */
export function AwardPage({ chrome, today, award, acts, rules, done, isLate }: AwardPageProps) {
  const { t, program, staff } = chrome
  const { id, certification, supersededBy } = award
  const name = findCertification(program, certification)?.name ?? certification
  const title = t('acts.award.title', { certification, number: award.number })
  const possible = staff?.may.includes('awards.act') ? possibleActs(award) : []
  return (
    <StaffPage chrome={chrome} title={title} section="candidates">
      <div class="head">
        <h1>{name}</h1>
        <p>
          {supersededBy === null ? (
            <StandingMark t={t} standing={standingOn(today, award)} />
          ) : (
            <a href={paths.staff.award(supersededBy)}>{t('acts.award.merged')}</a>
          )}
        </p>
      </div>
      {done && (
        <p class="notice notice--good" role="status">
          {t(`acts.done.${done}`)} {t(award.hasAddress ? 'acts.done.told' : 'acts.effect.no-mail')}
        </p>
      )}
      {isLate && (
        <p class="notice notice--bad" role="status">
          {t('acts.late')}
        </p>
      )}
      {possible.length > 0 && (
        <div class="actions">
          {possible.map((kind) => (
            <a
              class={kind === 'revoke' ? 'button button--danger' : 'button button--quiet'}
              href={paths.staff.awardAct(id, kind)}
            >
              {t(`acts.kind.${kind}`)}
            </a>
          ))}
        </div>
      )}
      <AwardFactList t={t} today={today} award={award} isLinked={staff?.may.includes('candidates.view')} />
      <section class="stack">
        <h2>{t('acts.award.story')}</h2>
        <ul class="bullets">
          {awardStory(t, rules, { ...award, history: awardHistory(award) }, today).map((text) => (
            <li dir="auto">{text}</li>
          ))}
        </ul>
      </section>
      <DoneActs t={t} acts={acts} />
    </StaffPage>
  )
}
