import type { CalendarDate } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import { Instant } from '../layout/dates.tsx'
import type { Program } from '../program/program.ts'
import { QuestionTerms } from './ask/question-views.tsx'
import { CourseTerms } from './course-views.tsx'
import { isQuestion } from './request.ts'
import type { OwnRequestFacts } from './views.tsx'

export type PhotoFate = { sentAt: Date; destroyedAt: Date | null } | null

type AskedProps = { t: Translate; request: OwnRequestFacts; program: Program; today: CalendarDate }

/** What was asked, by kind. */
export function Asked({ t, request, program, today }: AskedProps) {
  if (request.kind === 'course_completion')
    return <CourseTerms t={t} program={program} today={today} details={request.details} />
  if (request.kind === 'address_recovery') return null
  if (isQuestion(request)) return <QuestionTerms t={t} program={program} question={request} />
  if (request.kind === 'merge_conflict')
    return (
      <div>
        <dt>{t('requests.other-record')}</dt>
        <dd>{request.details.otherId}</dd>
      </div>
    )
  const { from, to, reason, explanation } = request.details
  return (
    <>
      <div>
        <dt>{t('requests.name.before')}</dt>
        <dd dir="auto">{from.fullName}</dd>
      </div>
      <div>
        <dt>{t('requests.name.after')}</dt>
        <dd dir="auto">
          <strong>{to.fullName}</strong>
        </dd>
      </div>
      {to.nativeName !== null && (
        <div>
          <dt>{t('requests.name.native')}</dt>
          <dd dir="auto">{to.nativeName}</dd>
        </div>
      )}
      <div>
        <dt>{t('requests.name.reason')}</dt>
        <dd>{t(`requests.name.reason.${reason}`)}</dd>
      </div>
      {explanation !== '' && (
        <div>
          <dt>{t('requests.name.explanation')}</dt>
          <dd class="remarks" dir="auto">
            {explanation}
          </dd>
        </div>
      )}
    </>
  )
}

export function PhotoLine({ t, photo, isOpen }: { t: Translate; photo: PhotoFate; isOpen: boolean }) {
  if (photo === null) return <>{t('requests.photo.none')}</>
  if (photo.destroyedAt === null) return <>{t('requests.photo.kept')}</>
  return (
    <>
      {t('requests.photo.destroyed')} <Instant t={t} at={photo.destroyedAt} />
      {isOpen && <div>{t('requests.photo.too-old')}</div>}
    </>
  )
}
