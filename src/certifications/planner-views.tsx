import type { CalendarDate } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import { DateWithDistance, formatDate } from '../layout/dates.tsx'
import { ErrorSummary, type FieldErrors, Input, Select } from '../layout/form.tsx'
import { formatList } from '../layout/lists.ts'
import { type Chrome, Page } from '../layout/page.tsx'
import { Records } from '../layout/records.tsx'
import { paths } from '../paths.ts'
import { findExam, seriesCodesOn } from '../program/catalogue.ts'
import type { Program } from '../program/program.ts'
import type { AwardDifference } from './award-differences.ts'
import type { HeldAward } from './certification-status.ts'
import type { Plan } from './plan.ts'
import { Timeline } from './timeline.tsx'
import type { Step, Way } from './way-to.ts'
import { approvalName, courseName, examName } from './wording.ts'

type PlannerPageProps = {
  chrome: Chrome
  program: Program
  today: CalendarDate
  awards: readonly HeldAward[]
  /** Within so many months from now expires what is planned for. */
  months: number
  expiring: readonly { certification: string; expiresOn: CalendarDate }[]
  plan: Plan
  asked: { exam: string; on: string }
  /** The certification that somebody wants to reach, and how; null where none is asked for or there is no such. */
  goal: string
  way: Way | null
  /** Null where nothing was asked. */
  changes: readonly AwardDifference[] | null
  errors?: FieldErrors
}

export function PlannerPage(props: PlannerPageProps) {
  const { chrome, program, today, asked, changes, errors } = props
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
            options={[{ value: '', text: t('planner.exam.choose') }, ...bookable(t, program, today)]}
            errors={errors}
          />
          <Input
            t={t}
            name="on"
            type="date"
            label={t('planner.on')}
            value={asked.on || today}
            min={today}
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
                    {from > today && (
                      <div class="soft">{t('planner.not-before', { date: formatDate(t, from) })}</div>
                    )}
                  </>,
                  formatList(t, keeps),
                  <DateWithDistance t={t} date={by} today={today} />,
                  safeBy === null ? (
                    t('planner.no-second')
                  ) : (
                    <DateWithDistance t={t} date={safeBy} today={today} />
                  ),
                ]),
                ...plan.courses.map(({ course, by, keeps }) => [
                  courseName(t, program, course),
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

/** The fewest things to do on the way to a certification. */
function Reach({ chrome: { t }, program, today, goal, way }: PlannerPageProps) {
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
      {way?.isHeld && <p role="status">{t('planner.reach.held', { certification: way.certification })}</p>}
      {way && !way.isHeld && (
        <>
          {way.steps.length > 0 && (
            <Records
              caption={t.plural('planner.reach.steps', way.steps.length, {
                certification: way.certification,
              })}
              columns={[t('planner.column.step'), t('planner.column.for')]}
              rows={way.steps.map((step) => [stepName(t, program, step, today), step.for])}
            />
          )}
          <p class="soft">{t(way.isCertain ? 'planner.reach.certain' : 'planner.reach.uncertain')}</p>
        </>
      )}
    </section>
  )
}

function stepName(
  t: Translate,
  program: Program,
  { exam, course, approval }: Step,
  today: CalendarDate,
): string {
  if (course !== undefined) return courseName(t, program, course)
  if (exam === undefined) return approvalName(program, approval ?? '')
  const found = findExam(program, exam)
  const seriesCodes = found ? seriesCodesOn(found, today) : []
  return examName(t, program, { exam, seriesCodes: seriesCodes.length > 0 ? seriesCodes : [exam] })
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
        t(isEarned ? 'planner.earned' : 'planner.renewed'),
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

function bookable(t: Translate, program: Program, today: CalendarDate) {
  return program.exams.flatMap((exam) => {
    const seriesCodes = seriesCodesOn(exam, today)
    if (seriesCodes.length === 0) return []
    return [{ value: exam.code, text: examName(t, program, { exam: exam.code, seriesCodes }) }]
  })
}
