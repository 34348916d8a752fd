import type { CalendarDate } from '../core/calendar-date.ts'
import { DateWithDistance, Instant } from '../layout/dates.tsx'
import { Records } from '../layout/records.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import type { DoubtedCourse } from './course-standing-queries.ts'

type DoubtedCoursesProps = { chrome: StaffChrome; courses: readonly DoubtedCourse[]; today: CalendarDate }

/** What staff approved and a feed has taken back since. */
export function DoubtedCoursesPage({ chrome, courses, today }: DoubtedCoursesProps) {
  const { t } = chrome
  const title = t('recertification.doubted.title')
  return (
    <StaffPage chrome={chrome} title={title} section="requests">
      <div class="head">
        <h1>{title}</h1>
        <p>{t('recertification.doubted.intro')}</p>
      </div>
      {courses.length === 0 ? (
        <div class="empty">
          <p>{t('recertification.doubted.empty')}</p>
        </div>
      ) : (
        <Records
          caption={t('recertification.doubted.caption')}
          columns={[
            t('recertification.column.course'),
            t('requests.queue.candidate'),
            t('recertification.column.completed'),
            t('recertification.doubted.since'),
          ]}
          rows={courses.map(({ requestId, course, candidateId, fullName, completedOn, doubtedAt }) => [
            <a href={paths.staff.request(requestId)}>{course}</a>,
            <>
              <bdi>{fullName}</bdi>, {candidateId}
            </>,
            <DateWithDistance t={t} date={completedOn} today={today} />,
            doubtedAt && <Instant t={t} at={doubtedAt} />,
          ])}
        />
      )}
      <p>
        <a href={paths.staff.requests}>{t('requests.review.all')}</a>
      </p>
    </StaffPage>
  )
}
