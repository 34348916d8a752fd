import { courseName } from '../certifications/wording.ts'
import type { CalendarDate } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import { DateWithDistance } from '../layout/dates.tsx'
import { formatList } from '../layout/lists.ts'
import { Records } from '../layout/records.tsx'
import { paths } from '../paths.ts'
import type { Program } from '../program/program.ts'
import type { CourseEffect } from '../recertification/course-effect.ts'
import type { CourseStanding } from './course-standing-queries.ts'
import type { RequestDetails, RequestState } from './request.ts'

/** What a reviewer sees of a claim beside what it says: what approving it does, who told of it, too, and who sent the
 * same document. */
export type ClaimReview = {
  program: Program
  today: CalendarDate
  effect: CourseEffect
  /** What feeds told of this course on this day. */
  told: readonly { validity: 'valid' | 'revoked'; delivery: string | null; line: number }[]
  /** What became of it once it was approved. */
  standing: CourseStanding | null
  sameFiles: readonly { id: number; candidateId: string; fullName: string; state: RequestState }[]
}

type CourseAskedProps = {
  t: Translate
  isOpen: boolean
  details: RequestDetails['course_completion']
  claim: ClaimReview
}

export function CourseAsked({ t, isOpen, details, claim }: CourseAskedProps) {
  const { program, today, effect, sameFiles, told } = claim
  return (
    <section class="stack" aria-labelledby="asked">
      <h2 id="asked">{t('requests.review.asked')}</h2>
      <CourseFacts t={t} program={program} today={today} details={details} />
      {isOpen && <Told t={t} told={told} />}
      {isOpen && <Effect t={t} effect={effect} today={today} />}
      {sameFiles.length > 0 && (
        <div class="notice notice--bad">
          <p>{t('recertification.review.same-file')}</p>
          <ul>
            {sameFiles.map(({ id, candidateId, fullName, state }) => (
              <li>
                <a href={paths.staff.request(id)}>{t('recertification.review.request', { id })}</a>{' '}
                <bdi>{fullName}</bdi>, {candidateId}, {t(`requests.state.${state}`)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}

/** What the candidate said of the course. */
export function CourseFacts({
  t,
  program,
  today,
  details,
}: Pick<CourseAskedProps, 't' | 'details'> & Pick<ClaimReview, 'program' | 'today'>) {
  return (
    <dl class="printed">
      <CourseTerms t={t} program={program} today={today} details={details} />
    </dl>
  )
}

/** The same, for a list of facts that is there already. */
export function CourseTerms({
  t,
  program,
  today,
  details: { course, completedOn, notes },
}: Pick<CourseAskedProps, 't' | 'details'> & Pick<ClaimReview, 'program' | 'today'>) {
  return (
    <>
      <div>
        <dt>{t('recertification.course')}</dt>
        <dd>{courseName(t, program, course)}</dd>
      </div>
      <div>
        <dt>{t('recertification.date')}</dt>
        <dd>
          <DateWithDistance t={t} date={completedOn} today={today} />
        </dd>
      </div>
      {notes !== '' && (
        <div>
          <dt>{t('recertification.notes')}</dt>
          <dd class="remarks" dir="auto">
            {notes}
          </dd>
        </div>
      )}
    </>
  )
}

/** A feed that told of the same course: then it counts already, or was taken back by whoever holds it. */
function Told({ t, told }: { t: Translate; told: ClaimReview['told'] }) {
  return (
    <>
      {told.map(({ validity, delivery, line }) => (
        <div class={validity === 'valid' ? 'notice' : 'notice notice--bad'}>
          <p>
            {t(`recertification.review.told.${validity}`)}{' '}
            {t('console.from.feed', { delivery: delivery ?? t('console.from.unknown'), line })}.
          </p>
        </div>
      ))}
    </>
  )
}

function Effect({ t, effect, today }: { t: Translate; effect: CourseEffect; today: CalendarDate }) {
  if (effect.why !== null)
    return (
      <div class="notice notice--bad">
        <p>
          {t('recertification.review.nothing')} {t(`recertification.why.${effect.why}`)}
        </p>
      </div>
    )
  const { changed, countsFor } = effect
  return (
    <>
      {changed.length > 0 && (
        <Records
          caption={t('recertification.review.effect')}
          columns={[
            t('recertification.review.certification'),
            t('recertification.review.before'),
            t('recertification.review.after'),
          ]}
          rows={changed.map(({ certification, isEarned, before, after }) => [
            certification,
            isEarned ? (
              t('recertification.review.earned')
            ) : (
              <DateWithDistance t={t} date={before} today={today} />
            ),
            after === null ? (
              t('recertification.never-expires')
            ) : (
              <DateWithDistance t={t} date={after} today={today} />
            ),
          ])}
        />
      )}
      {countsFor.length > 0 && (
        <p>{t('recertification.review.counts', { certifications: formatList(t, countsFor) })}</p>
      )}
    </>
  )
}
