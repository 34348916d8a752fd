import {
  type CertificationStatus,
  type HeldAward,
  isActive,
  type ShownStanding,
} from '../certifications/certification-status.ts'
import { creditText } from '../certifications/credit-text.ts'
import { canBeKept } from '../certifications/kept-awards.ts'
import { MilestoneList, type ShownMilestone } from '../certifications/milestone-list.tsx'
import { isEmeritusOn } from '../certifications/standing.ts'
import { Timeline } from '../certifications/timeline.tsx'
import { lastDayFor, optionsFor, waysToKeep } from '../certifications/ways-to-keep.ts'
import type { Keeping } from '../certifications/what-keeps.ts'
import { optionName, periodOf, requirementsText } from '../certifications/wording.ts'
import type { CalendarDate } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import { DateOnly, DateWithDistance, formatDate } from '../layout/dates.tsx'
import { formatList } from '../layout/lists.ts'
import { Records } from '../layout/records.tsx'
import { StandingMark } from '../layout/standing-mark.tsx'
import type { Program } from '../program/program.ts'
import type { Rules } from '../program/versions.ts'

/** What they have reached, and the rules of the days on which they did. */
export type SeenMilestones = { rules: Rules; milestones: readonly ShownMilestone[] }
type SeenProps = { t: Translate; program: Program; today: CalendarDate }

/** What the Status page says, in the candidate's words; its downloads are named, and cannot be opened. */
export function SeenAwards({
  t,
  program,
  today,
  status: { awards, waiting },
  rules,
  keepings,
  milestones,
}: SeenProps & SeenMilestones & { status: CertificationStatus; keepings: readonly Keeping[] }) {
  return (
    <>
      <h2>{t('certifications.title')}</h2>
      {awards.length === 0 ? (
        <p>{t('certifications.empty.title')}</p>
      ) : (
        <>
          <Timeline t={t} awards={awards} today={today} />
          <Records
            caption={t.plural('certifications.count', awards.filter(isActive).length)}
            columns={[
              t('console.column.certification'),
              t('console.column.state'),
              t('console.column.dates'),
              t('certifications.number'),
              t('certifications.keeps'),
              t('console.seen.downloads'),
            ]}
            rows={awards.map((award) => [
              <>
                {award.certification}
                {award.name !== award.certification && <div class="soft">{award.name}</div>}
              </>,
              <Standing t={t} standing={award.standing} />,
              <Dates t={t} award={award} today={today} />,
              <span class="number">{award.number}</span>,
              <Keeps {...{ t, program, award, keepings }} />,
              isActive(award)
                ? `${t('certifications.ecertificate')}, ${t('certifications.logo')}`
                : t('common.none'),
            ])}
          />
        </>
      )}
      {milestones.length > 0 && (
        <section class="stack">
          <h3>{t('certifications.milestones')}</h3>
          <MilestoneList t={t} rules={rules} milestones={milestones} />
        </section>
      )}
      {waiting.length > 0 && (
        <section class="stack">
          <h3>{t('certifications.waiting')}</h3>
          <ul class="bullets">
            {waiting.map(({ name, done, missing }) => (
              <li>
                {name}:{' '}
                {t('certifications.waiting.done', {
                  things: formatList(
                    t,
                    done.map((credit) => creditText(t, program, credit)),
                  ),
                })}{' '}
                {missing.length > 0
                  ? t('certifications.waiting.needs', {
                      certifications: requirementsText(t, program, missing, today),
                    })
                  : t('certifications.waiting.soon')}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function Standing({ t, standing }: { t: Translate; standing: ShownStanding }) {
  if (standing !== 'expiring') return <StandingMark t={t} standing={standing} />
  return <span class="standing standing--expiring">{t('certifications.standing.expiring')}</span>
}

function Dates({ t, award, today }: { t: Translate; award: HeldAward; today: CalendarDate }) {
  const { awardedOn, expiresOn, emeritusOn } = award
  return (
    <>
      <div>
        {t('certifications.awarded')} <DateOnly t={t} date={awardedOn} />
      </div>
      {expiresOn === null ? (
        t('certifications.never-expires')
      ) : (
        <div>
          {t(expiresOn < today ? 'certifications.expired' : 'certifications.expires')}{' '}
          <DateWithDistance t={t} date={expiresOn} today={today} />
        </div>
      )}
      {emeritusOn && isEmeritusOn(today, award) && (
        <div>
          {t('certifications.emeritus')} <DateOnly t={t} date={emeritusOn} />
        </div>
      )}
    </>
  )
}

type KeepsProps = { t: Translate; program: Program; award: HeldAward; keepings: readonly Keeping[] }

function Keeps({ t, program, award, keepings }: KeepsProps) {
  const { standing, expiresOn, graceUntil, regained } = award
  if (standing === 'suspended' || standing === 'revoked') return <>{t(`certifications.${standing}.text`)}</>
  if (regained) return <>{t('certifications.regained')}</>
  const options = canBeKept(award) ? optionsFor(keepings, award.certification) : []
  const last = lastDayFor(options)
  if (expiresOn === null || (!isActive(award) && last === null)) return <>{t('common.none')}</>
  if (last === null) return <>{t('certifications.keeps.none')}</>
  return (
    <details>
      <summary>
        {t(graceUntil === null ? 'certifications.keeps.by' : 'certifications.renews.by', {
          date: formatDate(t, last),
          period: periodOf(t, program.renewal.months),
        })}
      </summary>
      <ul>
        {waysToKeep(options).flatMap((way) =>
          way.options.map((option) => (
            <li>
              {optionName(t, program, option)}
              {option.by < last &&
                ` (${t('certifications.keeps.until', { date: formatDate(t, option.by) })})`}
            </li>
          )),
        )}
      </ul>
    </details>
  )
}
