import { awardHistory } from '../certifications/award-history.ts'
import { awardStory } from '../certifications/award-story.ts'
import { MilestoneList } from '../certifications/milestone-list.tsx'
import { isEmeritusOn, standingOn } from '../certifications/standing.ts'
import type { CalendarDate } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import { DateOnly, Instant } from '../layout/dates.tsx'
import { StandingMark } from '../layout/standing-mark.tsx'
import { paths } from '../paths.ts'
import type { Rules } from '../program/versions.ts'
import { linkStateOn } from '../transcripts/link-state.ts'
import { printedVerificationCode } from '../verification/verification-code.ts'
import type { CandidateRecord } from './candidate-queries.ts'
import { RecordSection } from './section-views.tsx'

type RecordProps = { t: Translate; record: CandidateRecord; limit: number; today: CalendarDate }

type AwardsProps = RecordProps & { linked: boolean }

export function Awards({ t, record: { awards, rules }, limit, today, linked }: AwardsProps) {
  return (
    <RecordSection
      t={t}
      title={t('console.awards')}
      limit={limit}
      columns={[
        t('console.column.certification'),
        t('console.column.state'),
        t('console.column.dates'),
        t('console.column.numbers'),
        t('console.column.why'),
      ]}
      rows={awards.map((award) => [
        linked ? <a href={paths.staff.award(award.id)}>{award.certification}</a> : award.certification,
        award.supersededBy === null ? (
          <StandingMark t={t} standing={standingOn(today, award)} />
        ) : (
          t('console.awards.merged')
        ),
        <Dates t={t} award={award} today={today} />,
        <>
          <div class="number">{award.number}</div>
          <div class="number soft">{printedVerificationCode(award.verificationCode)}</div>
        </>,
        <Why t={t} rules={rules} award={award} today={today} />,
      ])}
    />
  )
}

type AwardProps = { t: Translate; award: CandidateRecord['awards'][number] }

function Dates({ t, award, today }: AwardProps & { today: CalendarDate }) {
  const { awardedOn, expiresOn, suspendedOn, revokedOn, emeritusOn } = award
  const dates = [
    ['certifications.awarded', awardedOn],
    ['certifications.expires', expiresOn],
    ['certifications.suspended', suspendedOn],
    ['certifications.revoked', revokedOn],
    ['certifications.emeritus', isEmeritusOn(today, award) ? emeritusOn : null],
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
      {expiresOn === null && <div>{t('certifications.never-expires')}</div>}
    </>
  )
}

/** Why it is as it is, in the words in which the candidate reads it, and when it was recorded. */
function Why({ t, rules, award, today }: AwardProps & { rules: Rules; today: CalendarDate }) {
  const story = awardStory(t, rules, { ...award, history: awardHistory(award) }, today)
  return (
    <ul>
      {story.map((text) => (
        <li>{text}</li>
      ))}
      <li class="soft">
        {t('console.awards.recorded')} <Instant t={t} at={award.createdAt} />
      </li>
    </ul>
  )
}

export function Milestones({ t, record: { milestones, rules } }: Pick<RecordProps, 't' | 'record'>) {
  if (milestones.length === 0) return null
  return (
    <section class="stack">
      <h2>{t('certifications.milestones')}</h2>
      <MilestoneList t={t} rules={rules} milestones={milestones} />
    </section>
  )
}

export function Transcripts({ t, record: { transcripts }, limit, today }: RecordProps) {
  return (
    <RecordSection
      t={t}
      title={t('console.transcripts')}
      limit={limit}
      columns={[
        t('console.transcripts.published'),
        t('console.transcripts.through'),
        t('console.column.state'),
        t('console.column.awards'),
      ]}
      rows={transcripts.map((one) => [
        <Instant t={t} at={one.createdAt} />,
        <DateOnly t={t} date={one.validThrough} />,
        <>
          {t(`console.transcripts.${linkStateOn(today, one)}`)}{' '}
          {one.disabledAt && <Instant t={t} at={one.disabledAt} />}
        </>,
        one.awards,
      ])}
    />
  )
}
