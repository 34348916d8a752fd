import { courseName } from '../certifications/wording.ts'
import type { Translate } from '../i18n/messages.ts'
import { isUnnumbered } from '../import/sitting.ts'
import { DateOnly } from '../layout/dates.tsx'
import { Records } from '../layout/records.tsx'
import { paths } from '../paths.ts'
import type { Program } from '../program/program.ts'
import type { DeliveryDetail } from './delivery-detail.ts'

type CompletedCoursesProps = { t: Translate; program: Program; detail: DeliveryDetail }

/** The completed courses that stand as this delivery said. */
export function CompletedCourses({ t, program, detail: { delivery, courses } }: CompletedCoursesProps) {
  if (courses.shown.length === 0) return null
  const next =
    courses.next &&
    `${paths.staff.delivery(delivery.id)}?${new URLSearchParams({ 'courses-after': courses.next })}#courses`
  return (
    <section class="stack" aria-labelledby="courses">
      <h2 id="courses">{t('deliveries.courses')}</h2>
      <Records
        caption={t.plural('deliveries.courses.caption', courses.shown.length)}
        columns={[
          t('deliveries.courses.enrolment'),
          t('deliveries.courses.course'),
          t('deliveries.courses.completed'),
          t('deliveries.courses.validity'),
          t('deliveries.column.line'),
        ]}
        rows={courses.shown.map(({ enrolmentId, course, completedOn, validity, line, member }) => [
          isUnnumbered(enrolmentId) ? t('deliveries.courses.unnumbered') : <bdi>{enrolmentId}</bdi>,
          courseName(t, program, course),
          <DateOnly t={t} date={completedOn} />,
          t(`deliveries.courses.${validity}`),
          <>
            {t('deliveries.line', { line })}
            <div class="soft">
              <bdi>{member}</bdi>
            </div>
          </>,
        ])}
      />
      {next && (
        <p>
          <a href={next}>{t('deliveries.courses.next')}</a>
        </p>
      )}
    </section>
  )
}
