import { standingOn } from '../certifications/standing.ts'
import { courseName, periodOf } from '../certifications/wording.ts'
import type { CalendarDate } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import { DateWithDistance } from '../layout/dates.tsx'
import { ErrorSummary, type FieldErrors, Input, Select, Textarea } from '../layout/form.tsx'
import { formatList } from '../layout/lists.ts'
import { type Chrome, Page } from '../layout/page.tsx'
import { Records } from '../layout/records.tsx'
import { paths } from '../paths.ts'
import { certificationsAskingFor } from '../program/catalogue.ts'
import type { Program } from '../program/program.ts'
import type { Rules } from '../program/versions.ts'
import { NOTES_LIMIT } from './attendance-form.ts'
import type { AttendedCourse } from './attendance-history.ts'
import { History } from './history-views.tsx'
import type { OfferedCourse } from './offered-courses.ts'

export type AttendanceValues = { course: string; completedOn: string; notes: string }

type Award = {
  certification: string
  expiresOn: CalendarDate | null
  suspendedOn: CalendarDate | null
  emeritusOn: CalendarDate | null
  revokedOn: CalendarDate | null
}

type RecertificationPageProps = {
  chrome: Chrome
  program: Program
  rules: Rules
  offered: readonly OfferedCourse[]
  today: CalendarDate
  awards: readonly Award[]
  history: readonly AttendedCourse[]
  submission: string
  values: AttendanceValues
  errors?: FieldErrors
}

export function RecertificationPage(props: RecertificationPageProps) {
  const { chrome, program, rules, offered, today, awards, history, errors } = props
  const { t } = chrome
  const title = t('recertification.title')
  return (
    <Page chrome={chrome} title={title} section="exams" failed={errors !== undefined}>
      <ErrorSummary t={t} errors={errors} />
      <div class="head">
        <h1>{title}</h1>
        <p>{t('recertification.intro', { period: periodOf(t, program.renewal.months) })}</p>
        {program.renewal.course.submittedBeforeExpiry && <p>{inTime(t, program.renewal)}</p>}
      </div>
      {program.courses.length === 0 && (
        <div class="empty">
          <p>{t('recertification.no-courses')}</p>
        </div>
      )}
      {program.courses.length > 0 && <Courses t={t} program={program} awards={awards} today={today} />}
      {offered.length > 0 && <AttendanceForm {...props} />}
      <History t={t} rules={rules} history={history} today={today} />
    </Page>
  )
}

function inTime(t: Translate, { graceDays }: Program['renewal']) {
  return graceDays === 0 ? t('recertification.in-time') : t.plural('recertification.in-time.grace', graceDays)
}

type CoursesProps = { t: Translate; program: Program; awards: readonly Award[]; today: CalendarDate }

/** What each course renews, and whether the candidate holds it today. */
function Courses({ t, program, awards, today }: CoursesProps) {
  const active = (certification: string) =>
    awards.find((one) => one.certification === certification && standingOn(today, one) === 'active')
  return (
    <Records
      caption={t('recertification.courses')}
      columns={[
        t('recertification.column.course'),
        t('recertification.column.renews'),
        t('recertification.column.held'),
      ]}
      rows={program.courses.map(({ code, renews }) => {
        const held = renews.flatMap((certification) => active(certification) ?? [])
        return [
          courseName(t, program, code),
          <Renews t={t} renews={renews} partOf={certificationsAskingFor(program, `course ${code}`)} />,
          held.length === 0
            ? t('recertification.not-held')
            : held.map(({ certification, expiresOn }) => (
                <div>
                  {certification}{' '}
                  {expiresOn === null ? (
                    t('recertification.never-expires')
                  ) : (
                    <DateWithDistance t={t} date={expiresOn} today={today} />
                  )}
                </div>
              )),
        ]
      })}
    />
  )
}

type RenewsProps = { t: Translate; renews: readonly string[]; partOf: readonly string[] }

function Renews({ t, renews, partOf }: RenewsProps) {
  return (
    <>
      {formatList(t, renews)}
      {partOf.length > 0 && (
        <div class="soft">{t('recertification.part-of', { certifications: formatList(t, partOf) })}</div>
      )}
    </>
  )
}

function AttendanceForm({
  chrome: { t },
  offered,
  today,
  submission,
  values,
  errors,
}: RecertificationPageProps) {
  const option = ({ code, name, isOfToday }: OfferedCourse) => {
    const course = name === undefined ? code : t('certifications.course', { code, name })
    return { value: code, text: isOfToday ? course : t('recertification.course.earlier', { course }) }
  }
  return (
    <form class="form" method="post" action={paths.recertification} enctype="multipart/form-data" novalidate>
      <h2>{t('recertification.send')}</h2>
      <input type="hidden" name="submission" value={submission} />
      <Select
        t={t}
        name="course"
        label={t('recertification.course')}
        value={values.course}
        options={[{ value: '', text: t('recertification.course.choose') }, ...offered.map(option)]}
        errors={errors}
      />
      <Input
        t={t}
        name="completedOn"
        type="date"
        label={t('recertification.date')}
        hint={t('recertification.date.hint')}
        value={values.completedOn}
        max={today}
        errors={errors}
      />
      <Input
        t={t}
        name="photo"
        type="file"
        label={t('recertification.document')}
        hint={t('recertification.document.hint')}
        accept="application/pdf,image/jpeg,image/png,image/heic,image/heif,.heic,.heif"
        errors={errors}
      />
      <Textarea
        t={t}
        name="notes"
        label={t('recertification.notes')}
        hint={t('recertification.notes.hint')}
        value={values.notes}
        maxlength={NOTES_LIMIT}
        errors={errors}
        optional
      />
      <p class="soft">{t('recertification.promise')}</p>
      <div class="actions">
        <button class="button" type="submit">
          {t('recertification.submit')}
        </button>
        <a href={paths.exams}>{t('common.cancel')}</a>
      </div>
    </form>
  )
}
