import { courseName } from '../certifications/wording.ts'
import type { Translate } from '../i18n/messages.ts'
import { DateOnly } from '../layout/dates.tsx'
import type { Program } from '../program/program.ts'
import type { CandidateRecord } from './candidate-queries.ts'
import { FromFeed } from './person-views.tsx'
import { RecordSection } from './section-views.tsx'

type CoursesProps = { t: Translate; record: CandidateRecord; limit: number; program: Program }

/** Courses that renew, each once for its last day, with all who told of it. */
export function Courses({ t, record: { courses }, limit, program }: CoursesProps) {
  const days = Map.groupBy(courses, ({ course, completedOn }) => `${completedOn} ${course}`)
  return (
    <RecordSection
      t={t}
      title={t('console.courses')}
      limit={limit}
      columns={[
        t('recertification.column.course'),
        t('recertification.column.completed'),
        t('console.column.state'),
        t('console.column.source'),
      ]}
      rows={[...days.values()].map((told) => [
        courseName(t, program, told[0]!.course),
        <DateOnly t={t} date={told[0]!.completedOn} />,
        t(standingOf(told)),
        told.map((one) => (
          <div>
            <Source t={t} course={one} />
            {(one.takenBackAt || (told.length > 1 && one.validity === 'revoked')) && (
              <div class="soft">
                {t(one.takenBackAt ? 'recertification.taken-back.short' : 'console.courses.revoked')}
              </div>
            )}
          </div>
        )),
      ])}
    />
  )
}

/** It counts as long as one of them does. */
function standingOf(told: CandidateRecord['courses']) {
  if (told.some(({ validity, takenBackAt }) => validity === 'valid' && !takenBackAt))
    return 'console.courses.valid'
  return told.some(({ takenBackAt }) => takenBackAt)
    ? 'recertification.taken-back.short'
    : 'console.courses.revoked'
}

function Source({ t, course }: { t: Translate; course: CandidateRecord['courses'][number] }) {
  const { line, delivery, requestId } = course
  if (line !== null) return <FromFeed t={t} delivery={delivery} line={line} />
  return (
    <>
      {requestId === null
        ? t('console.from.unknown')
        : t('recertification.review.request', { id: requestId })}
    </>
  )
}
