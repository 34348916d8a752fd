import type { CalendarDate } from '../core/calendar-date.ts'
import { type Chrome, Page } from '../layout/page.tsx'
import type { Program } from '../program/program.ts'
import { AwaitedResults, UpcomingExams } from './awaited-views.tsx'
import type { AwaitedExam, PastExam } from './exam-list.ts'
import { ExamHistory } from './history-views.tsx'

export type ExamsPageProps = {
  chrome: Chrome
  program: Program
  today: CalendarDate
  upcoming: readonly AwaitedExam[]
  due: readonly AwaitedExam[]
  history: { exams: readonly PastExam[]; count: number; page: number; pages: number }
}

export function ExamsPage({ chrome, program, today, upcoming, due, history }: ExamsPageProps) {
  const { t } = chrome
  const { results, registrationUrl } = program.settings
  const isEmpty = upcoming.length + due.length + history.count === 0
  return (
    <Page chrome={chrome} title={t('exams.title')} section="exams">
      <div class="head">
        <h1>{t('exams.title')}</h1>
        <p>{t('exams.lead', { usual: results.usualBusinessDays })}</p>
      </div>
      {isEmpty && (
        <div class="empty">
          <h2>{t('exams.empty.title')}</h2>
          <p>{t('exams.empty.text')}</p>
          <p>
            <a href={registrationUrl}>{t('exams.empty.register')}</a>
          </p>
        </div>
      )}
      {due.length > 0 && <AwaitedResults t={t} exams={due} today={today} />}
      {upcoming.length > 0 && <UpcomingExams t={t} exams={upcoming} today={today} />}
      {history.count > 0 && <ExamHistory t={t} {...history} />}
    </Page>
  )
}
