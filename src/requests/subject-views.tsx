import type { Translate } from '../i18n/messages.ts'
import { Instant } from '../layout/dates.tsx'
import { paths } from '../paths.ts'
import type { Program } from '../program/program.ts'
import { QuestionTerms } from './ask/question-views.tsx'
import { type ClaimReview, CourseAsked } from './course-views.tsx'
import type { RecordName } from './name.ts'
import { NameComparison } from './name-comparison-views.tsx'
import { type AskedFor, isLive, isQuestion, type RequestState } from './request.ts'

/** What a request is about, as staff see it. */
export type Subject = AskedFor & {
  state: RequestState
  program: Program
  onRecord: RecordName
  recovery: {
    newAddress: string
    askedAt: Date
    confirmedAt: Date | null
    stoppedAt: Date | null
    doneAt: Date | null
  } | null
  other: { candidateId: string; fullName: string } | null
  /** Of a course that renews. */
  claim: ClaimReview | null
}

export function AskedOfStaff({ t, subject }: { t: Translate; subject: Subject }) {
  if (isQuestion(subject))
    return (
      <section class="stack" aria-labelledby="asked">
        <h2 id="asked">{t('requests.review.asked')}</h2>
        <dl class="printed">
          <QuestionTerms t={t} program={subject.program} question={subject} />
        </dl>
      </section>
    )
  switch (subject.kind) {
    case 'name_change':
      return <NameChangeAsked t={t} subject={subject} />
    case 'address_recovery':
      return <RecoveryAsked t={t} recovery={subject.recovery} />
    case 'merge_conflict':
      return <MergeAsked t={t} other={subject.other} />
    case 'course_completion':
      return subject.claim ? (
        <CourseAsked t={t} isOpen={isLive(subject.state)} details={subject.details} claim={subject.claim} />
      ) : null
  }
}

type NameChangeAskedProps = { t: Translate; subject: Subject & { kind: 'name_change' } }

/** While it is open, against the name that would change; afterwards, as it was asked. */
function NameChangeAsked({ t, subject: { state, onRecord, details } }: NameChangeAskedProps) {
  const { from, to, reason, explanation } = details
  const isOpen = isLive(state)
  return (
    <section class="stack" aria-labelledby="asked">
      <h2 id="asked">{t('requests.review.asked')}</h2>
      {isOpen && from.fullName !== onRecord.fullName && (
        <p>
          {t('requests.review.name-moved')} <bdi>{from.fullName}</bdi>
        </p>
      )}
      <NameComparison t={t} isOpen={isOpen} from={isOpen ? onRecord : from} to={to} />
      <dl class="printed">
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
      </dl>
    </section>
  )
}

function RecoveryAsked({ t, recovery }: { t: Translate; recovery: Subject['recovery'] }) {
  const steps = ['askedAt', 'confirmedAt', 'stoppedAt', 'doneAt'] as const
  return (
    <section class="stack" aria-labelledby="asked">
      <h2 id="asked">{t('requests.review.asked')}</h2>
      <p>{t('requests.review.recovery')}</p>
      {recovery && (
        <dl class="printed">
          <div>
            <dt>{t('requests.review.recovery.address')}</dt>
            <dd>{recovery.newAddress}</dd>
          </div>
          {steps.map((step) => {
            const at = recovery[step]
            return (
              at && (
                <div>
                  <dt>{t(`requests.review.recovery.${step}`)}</dt>
                  <dd>
                    <Instant t={t} at={at} />
                  </dd>
                </div>
              )
            )
          })}
        </dl>
      )}
    </section>
  )
}

function MergeAsked({ t, other }: { t: Translate; other: Subject['other'] }) {
  return (
    <section class="stack" aria-labelledby="asked">
      <h2 id="asked">{t('requests.review.asked')}</h2>
      <p>{t('requests.review.merge')}</p>
      <dl class="printed">
        <div>
          <dt>{t('requests.other-record')}</dt>
          <dd>
            {other ? (
              <>
                <bdi>{other.fullName}</bdi>,{' '}
                <a href={paths.staff.candidate(other.candidateId)}>{other.candidateId}</a>
              </>
            ) : (
              t('requests.review.merge.gone')
            )}
          </dd>
        </div>
      </dl>
    </section>
  )
}
