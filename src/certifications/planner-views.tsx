import type { CalendarDate } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import { DateWithDistance, formatDate } from '../layout/dates.tsx'
import { ErrorSummary, type FieldErrors, Input, Select } from '../layout/form.tsx'
import { formatList } from '../layout/lists.ts'
import { type Chrome, Page } from '../layout/page.tsx'
import { Records } from '../layout/records.tsx'
import { paths } from '../paths.ts'
import { seriesCodesOn } from '../program/catalogue.ts'
import type { Program } from '../program/program.ts'
import type { AwardDifference } from './award-differences.ts'
import type { HeldAward } from './certification-status.ts'
import type { Plan } from './plan.ts'
import { offeredExams } from './planner-form.ts'
import { type Attempt, bookableFrom } from './retakes.ts'
import { Timeline } from './timeline.tsx'
import type { Step, Way } from './way-to.ts'
import { approvalName, courseName, examName, optionName } from './wording.ts'

type PlannerPageProps = {
  chrome: Chrome
  program: Program
  today: CalendarDate
  awards: readonly HeldAward[]
  attempts: readonly Attempt[]
  /** Within so many months from now expires what is planned for. */
  months: number
  expiring: readonly { certification: string; expiresOn: CalendarDate }[]
  plan: Plan
  asked: { exam: string; on: string }
  /** From when the exam that is asked for may be sat; null where there is no such. */
  maySitFrom: CalendarDate | null
  /** The certification that somebody wants to reach, and how; null where none is asked for or there is no such. */
  goal: string
  way: Way | null
  isGoalHeldBack: boolean
  /** Null where nothing was asked. */
  changes: readonly AwardDifference[] | null
  errors?: FieldErrors
}

export function PlannerPage(props: PlannerPageProps) {
  const { chrome, program, today, asked, maySitFrom, changes, errors } = props
  const { t } = chrome
  return (
    <Page chrome={chrome} title={t('planner.title')} section="certifications" failed={errors !== undefined}>
      <ErrorSummary t={t} errors={errors} />
      <div class="head">
        <h1>{t('planner.title')}</h1>
        <p>{t('planner.intro')}</p>
      </div>
      {props.awards.length > 0 && <Timeline t={t} awards={props.awards} today={today} />}
      <Fewest {...props} />
      <Reach {...props} />
      <section class="stack" aria-labelledby="what-if">
        <h2 id="what-if">{t('planner.what-if')}</h2>
        <form class="form" method="get" action={paths.planner} novalidate>
          <Select
            t={t}
            name="exam"
            label={t('planner.exam')}
            value={asked.exam}
            options={[
              { value: '', text: t('planner.exam.choose') },
              ...bookable(t, program, props.attempts, today),
            ]}
            errors={errors}
          />
          <Input
            t={t}
            name="on"
            type="date"
            label={t('planner.on')}
            value={asked.on || today}
            min={today}
            hint={
              maySitFrom !== null && maySitFrom > today
                ? t('planner.not-before', { date: formatDate(t, maySitFrom) })
                : undefined
            }
            errors={errors}
          />
          <div>
            <button class="button" type="submit">
              {t('planner.ask')}
            </button>
          </div>
        </form>
        {changes && <Changes t={t} today={today} changes={changes} on={asked.on} />}
      </section>
    </Page>
  )
}

/** What expires within the year, and the fewest exams that keep it. */
function Fewest({ chrome: { t }, program, today, awards, months, expiring, plan }: PlannerPageProps) {
  return (
    <section class="stack" aria-labelledby="fewest">
      <h2 id="fewest">{t('planner.fewest')}</h2>
      {expiring.length === 0 ? (
        <p>{awards.length === 0 ? t('planner.nothing-held') : t('planner.nothing-expires', { months })}</p>
      ) : (
        <>
          <p>
            {t('planner.expires', { months })}{' '}
            {formatList(
              t,
              expiring.map(({ certification }) => certification),
            )}
          </p>
          {plan.exams.length + plan.courses.length > 0 && (
            <Records
              caption={t.plural('planner.plan', plan.exams.length + plan.courses.length)}
              columns={[
                t('planner.column.step'),
                t('planner.column.keeps'),
                t('planner.column.by'),
                t('planner.column.safe'),
              ]}
              rows={[
                ...plan.exams.map(({ exam, seriesCodes, from, by, safeBy, keeps }) => [
                  <>
                    {examName(t, program, { exam, seriesCodes })}
                    <NotBefore {...{ t, today, from }} />
                  </>,
                  formatList(t, keeps),
                  <DateWithDistance t={t} date={by} today={today} />,
                  safeBy === null ? (
                    t('planner.no-second')
                  ) : (
                    <DateWithDistance t={t} date={safeBy} today={today} />
                  ),
                ]),
                ...plan.courses.map(({ course, from, by, keeps }) => [
                  <>
                    {courseName(t, program, course)}
                    <NotBefore {...{ t, today, from }} />
                  </>,
                  formatList(t, keeps),
                  <DateWithDistance t={t} date={by} today={today} />,
                  t('common.none'),
                ]),
              ]}
            />
          )}
          {plan.unkept.length > 0 && (
            <p>{t('planner.unkept', { certifications: formatList(t, plan.unkept) })}</p>
          )}
          <p class="soft">{t('planner.leave-time')}</p>
        </>
      )}
    </section>
  )
}

/** It cannot be done earlier, or would keep less. */
function NotBefore({ t, today, from }: { t: Translate; today: CalendarDate; from: CalendarDate }) {
  if (from <= today) return null
  return <div class="soft">{t('certifications.not-before', { date: formatDate(t, from) })}</div>
}

/** The fewest things to do on the way to a certification. */
function Reach({ chrome: { t }, program, today, goal, way, isGoalHeldBack }: PlannerPageProps) {
  return (
    <section class="stack" aria-labelledby="reach">
      <h2 id="reach">{t('planner.reach')}</h2>
      <form class="form" method="get" action={paths.planner} novalidate>
        <Select
          t={t}
          name="goal"
          label={t('planner.goal')}
          value={goal}
          options={[
            { value: '', text: t('planner.goal.choose') },
            ...program.certifications.map(({ code, name }) => ({ value: code, text: name })),
          ]}
        />
        <div>
          <button class="button" type="submit">
            {t('planner.reach.ask')}
          </button>
        </div>
      </form>
      {goal !== '' && way === null && <p role="status">{t('planner.reach.unknown')}</p>}
      {way?.isHeld && (
        <p role="status">
          {t(isGoalHeldBack ? 'planner.reach.held-back' : 'planner.reach.held', {
            certification: way.certification,
          })}
        </p>
      )}
      {way && !way.isHeld && (
        <>
          {way.steps.length > 0 && (
            <Records
              caption={t.plural('planner.reach.steps', way.steps.length, {
                certification: way.certification,
              })}
              columns={[t('planner.column.step'), t('planner.column.for')]}
              rows={way.steps.map((step) => [
                <>
                  {stepName(t, program, step)}
                  <NotBefore {...{ t, today, from: step.from }} />
                </>,
                step.for,
              ])}
            />
          )}
          <p class="soft">{t(certaintyOf(way))}</p>
        </>
      )}
    </section>
  )
}

function certaintyOf({ steps, isCertain }: Way) {
  if (isCertain) return 'planner.reach.certain'
  return steps.length === 0 ? 'planner.reach.no-way' : 'planner.reach.uncertain'
}

function stepName(t: Translate, program: Program, step: Step): string {
  return 'approval' in step ? approvalName(program, step.approval) : optionName(t, program, step)
}

type ChangesProps = { t: Translate; today: CalendarDate; changes: readonly AwardDifference[]; on: string }

function Changes({ t, today, changes, on }: ChangesProps) {
  if (changes.length === 0)
    return (
      <div class="notice" role="status">
        <p>{t('planner.changes.none')}</p>
      </div>
    )
  return (
    <Records
      caption={t('planner.changes', { date: formatDate(t, on) })}
      columns={[
        t('planner.column.certification'),
        t('planner.column.what'),
        t('planner.column.before'),
        t('planner.column.after'),
      ]}
      rows={changes.map(({ certification, before, after, isEarned }) => [
        certification,
        t(isEarned ? 'planner.earned' : before !== null && before < on ? 'planner.again' : 'planner.renewed'),
        before === null ? (
          t(isEarned ? 'planner.not-held' : 'planner.never')
        ) : (
          <DateWithDistance t={t} date={before} today={today} />
        ),
        after === null ? t('planner.never') : <DateWithDistance t={t} date={after} today={today} />,
      ])}
    />
  )
}

function bookable(t: Translate, program: Program, attempts: readonly Attempt[], today: CalendarDate) {
  return offeredExams(program, attempts, today).map((exam) => {
    const seriesCodes = seriesCodesOn(exam, bookableFrom(program, exam, attempts, today)!)
    return { value: exam.code, text: examName(t, program, { exam: exam.code, seriesCodes }) }
  })
}
