import type { Child } from 'hono/jsx'
import { examName } from '../certifications/wording.ts'
import type { CalendarDate } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import { DateOnly, DateWithDistance, Instant } from '../layout/dates.tsx'
import { Records } from '../layout/records.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import type { ResultDetail, StandingResult } from './result-detail.ts'
import { RestingAwards, ResultReviews } from './result-effect-views.tsx'
import { ResultVersions } from './result-version-views.tsx'
import type { ComparedVersion } from './version-differences.ts'
import { outcomeText } from './version-views.tsx'

type ResultPageProps = {
  chrome: StaffChrome
  today: CalendarDate
  detail: ResultDetail
  /** The latest first. */
  versions: readonly ComparedVersion[]
}

export function ResultPage({ chrome, today, detail, versions }: ResultPageProps) {
  const { t, program, staff } = chrome
  const { result, sections, reviews, awards } = detail
  const title = t('results.title', { registration: result.registrationId })
  const mayViewCandidate = staff?.may.includes('candidates.view') ?? false
  return (
    <StaffPage chrome={chrome} title={title} section="deliveries">
      <div class="head">
        <h1>{title}</h1>
        <p>{examName(t, program, { exam: result.exam, seriesCodes: [result.examCode] })}</p>
        <p>
          <strong>{outcomeText(t, result)}</strong>
        </p>
      </div>
      <ResultFacts t={t} today={today} result={result} mayViewCandidate={mayViewCandidate} />
      {sections.length > 0 && (
        <section class="stack" aria-labelledby="sections">
          <h2 id="sections">{t('exams.sections')}</h2>
          <Records
            caption={t.plural('results.sections.caption', sections.length)}
            columns={[t('results.column.section'), t('results.column.percent'), t('exams.column.score')]}
            rows={sections.map(({ name, percent, score, maxScore }) => [
              <bdi>{name}</bdi>,
              percent === null ? t('common.none') : t('exams.sections.percent', { percent }),
              score === null ? t('common.none') : scoreText(t, score, maxScore),
            ])}
          />
        </section>
      )}
      <ResultVersions t={t} versions={versions} />
      <ResultReviews t={t} reviews={reviews} />
      <RestingAwards t={t} awards={awards} />
    </StaffPage>
  )
}

type FactsProps = { t: Translate; today: CalendarDate; result: StandingResult; mayViewCandidate: boolean }

/** What stands: three axes, never one status. */
function ResultFacts({ t, today, result, mayViewCandidate }: FactsProps) {
  const { candidateId, score, passingScore, appointmentOn, registrationState } = result
  const facts: (readonly [string, Child] | null)[] = [
    [
      t('results.fact.candidate'),
      mayViewCandidate ? <a href={paths.staff.candidate(candidateId)}>{candidateId}</a> : candidateId,
    ],
    [t('results.fact.delivery'), t(`results.delivery.${result.delivery}`)],
    [t('results.fact.grade'), t(`results.grade.${result.grade}`)],
    [t('results.fact.validity'), t(`results.validity.${result.validity}`)],
    score === null
      ? null
      : [
          t('exams.column.score'),
          passingScore === null ? score : t('exams.score.cut', { score, passing: passingScore }),
        ],
    [
      t('results.fact.sat'),
      <>
        <DateWithDistance t={t} date={result.examOn} today={today} /> {result.examTime}
      </>,
    ],
    result.siteCode === null ? null : [t('results.fact.site'), result.siteCode],
    result.attempt === null ? null : [t('results.fact.attempt'), result.attempt],
    result.form === null ? null : [t('results.fact.form'), result.form],
    result.language === null ? null : [t('results.fact.language'), result.language],
    registrationState && [
      t('results.fact.booking'),
      <>
        {t(`exams.state.${registrationState}`)} {appointmentOn && <DateOnly t={t} date={appointmentOn} />}
      </>,
    ],
    [t('deliveries.fact.feed'), <bdi>{result.feedName}</bdi>],
    [t('results.fact.first'), <Instant t={t} at={new Date(result.firstImportedAt)} />],
  ]
  return (
    <section class="stack" aria-labelledby="stands">
      <h2 id="stands">{t('results.stands')}</h2>
      <dl class="printed">
        {facts.map(
          (fact) =>
            fact && (
              <div>
                <dt>{fact[0]}</dt>
                <dd>{fact[1]}</dd>
              </div>
            ),
        )}
      </dl>
    </section>
  )
}

function scoreText(t: Translate, score: string, max: string | null): string {
  return max === null ? score : t('exams.sections.score', { score, max })
}
