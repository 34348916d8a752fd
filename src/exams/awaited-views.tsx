import type { CalendarDate } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import { DateWithDistance, formatDate } from '../layout/dates.tsx'
import { paths } from '../paths.ts'
import type { AwaitedExam } from './exam-list.ts'

type ListProps = { t: Translate; exams: readonly AwaitedExam[]; today: CalendarDate }

export function UpcomingExams({ t, exams, today }: ListProps) {
  return (
    <section class="stack">
      <h2>{t('exams.upcoming.title')}</h2>
      <table class="records">
        <caption>{t('exams.upcoming.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('exams.column.exam')}</th>
            <th scope="col">{t('exams.column.date')}</th>
            <th scope="col">{t('exams.column.place')}</th>
            <th scope="col">{t('exams.column.registration')}</th>
          </tr>
        </thead>
        <tbody>
          {exams.map((exam) => (
            <tr>
              <ExamName title={exam.title} examCode={exam.examCode} />
              <td>
                <Appointment t={t} exam={exam} today={today} />
              </td>
              <td data-label={t('exams.column.place')}>{exam.siteCode ?? t('exams.place.unknown')}</td>
              <td data-label={t('exams.column.registration')}>
                <span class="number">{exam.registrationId}</span>
                <div class="soft">{t(`exams.state.${exam.state}`)}</div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Appointment({ t, exam, today }: { t: Translate; exam: AwaitedExam; today: CalendarDate }) {
  const { appointmentOn, appointmentTime: time, timeZone: zone, eligibleTo } = exam
  if (appointmentOn === null) {
    if (eligibleTo === null) return <>{t('exams.unbooked')}</>
    return <>{t('exams.unbooked.until', { date: formatDate(t, eligibleTo) })}</>
  }
  return (
    <>
      <DateWithDistance t={t} date={appointmentOn} today={today} />
      {time && (
        <div class="soft">
          {zone ? t('exams.time.zone', { time, zone }) : t('exams.time.local', { time })}
        </div>
      )}
    </>
  )
}

/** Says when each result is due, and from the day it is late, how to ask for it. */
export function AwaitedResults({ t, exams, today }: ListProps) {
  return (
    <section class="stack">
      <h2>{t('exams.due.title')}</h2>
      <table class="records">
        <caption>{t('exams.due.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('exams.column.exam')}</th>
            <th scope="col">{t('exams.column.date')}</th>
            <th scope="col">{t('exams.column.registration')}</th>
            <th scope="col">{t('exams.column.result')}</th>
          </tr>
        </thead>
        <tbody>
          {exams.map((exam) => (
            <tr>
              <ExamName title={exam.title} examCode={exam.examCode} />
              <td>
                {exam.appointmentOn && <DateWithDistance t={t} date={exam.appointmentOn} today={today} />}
              </td>
              <td data-label={t('exams.column.registration')}>
                <span class="number">{exam.registrationId}</span>
              </td>
              <td>
                <Expectation t={t} exam={exam} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Expectation({ t, exam }: { t: Translate; exam: AwaitedExam }) {
  const { expectation } = exam
  if (expectation.state === 'expected') {
    return <>{t('exams.expected.by', { date: formatDate(t, expectation.by) })}</>
  }
  if (expectation.state !== 'late') return null
  return (
    <>
      <span class="standing standing--expiring">{t('exams.late')}</span>
      <div>{t('exams.late.since', { date: formatDate(t, expectation.since) })}</div>
      <div>
        <a href={paths.missingResult(exam.registrationId)}>{t('exams.late.ask')}</a>
      </div>
    </>
  )
}

function ExamName({ title, examCode }: { title: string; examCode: string }) {
  return (
    <th scope="row">
      {title}
      {title !== examCode && <div class="soft number">{examCode}</div>}
    </th>
  )
}
