import type { CertificationStatus } from '../certifications/certification-status.ts'
import type { Keeping } from '../certifications/what-keeps.ts'
import type { CalendarDate } from '../core/calendar-date.ts'
import type { AwaitedExam } from '../exams/exam-list.ts'
import type { Translate } from '../i18n/messages.ts'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import { SeenAwards, type SeenMilestones } from './seen-award-views.tsx'
import { SeenExams, type SeenHistory } from './seen-exam-views.tsx'

type AsCandidatePageProps = SeenMilestones & {
  chrome: StaffChrome
  /** The candidate's own words. */
  theirs: Translate
  person: { id: string; fullName: string }
  today: CalendarDate
  status: CertificationStatus
  keepings: readonly Keeping[]
  awaited: { upcoming: AwaitedExam[]; due: AwaitedExam[] }
  history: SeenHistory
}

/** The candidate's Status and Exams pages in one, framed, with nothing to press. */
export function AsCandidatePage({
  chrome,
  theirs,
  person: { id, fullName },
  today,
  status,
  rules,
  keepings,
  milestones,
  awaited,
  history,
}: AsCandidatePageProps) {
  const { t, program } = chrome
  return (
    <StaffPage chrome={chrome} title={t('console.seen.title', { name: fullName })} section="candidates">
      <div class="head">
        <h1>{t('console.seen.title', { name: fullName })}</h1>
      </div>
      <div class="notice">
        <strong>{t('console.seen.notice', { name: fullName })}</strong>
        <p>{t('console.seen.text')}</p>
        <p>
          <a href={paths.staff.candidate(id)}>{t('console.seen.back')}</a>
        </p>
      </div>
      <SeenAwards t={theirs} {...{ program, today, status, rules, keepings, milestones }} />
      <SeenExams
        t={theirs}
        today={today}
        awaited={awaited}
        history={history}
        here={paths.staff.asCandidate(id)}
      />
    </StaffPage>
  )
}
