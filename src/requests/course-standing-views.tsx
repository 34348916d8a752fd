import type { CalendarDate } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import { DateWithDistance, Instant } from '../layout/dates.tsx'
import { type FieldErrors, Textarea } from '../layout/form.tsx'
import { Records } from '../layout/records.tsx'
import { paths } from '../paths.ts'
import type { CourseEffect } from '../recertification/course-effect.ts'
import { TAKE_BACK_LIMIT } from './course-standing-form.ts'
import type { CourseStanding } from './course-standing-queries.ts'

type CourseStandingProps = {
  t: Translate
  requestId: number
  standing: CourseStanding
  effect: CourseEffect
  today: CalendarDate
  mayDecide: boolean
  typedReason: string
  errors: FieldErrors | undefined
}

/** An approved course: whether it counts, and, for who may, taking it back. */
export function CourseStandingSection(props: CourseStandingProps) {
  const { t, standing, mayDecide } = props
  const { doubtedAt, takenBackAt, takenBackReason, takenBackBy } = standing
  if (takenBackAt)
    return (
      <div class="notice notice--bad">
        <p>
          {t('recertification.taken-back')} <Instant t={t} at={takenBackAt} />{' '}
          {takenBackBy !== null && t('requests.review.by', { name: takenBackBy })}
        </p>
        <p class="remarks" dir="auto">
          {takenBackReason}
        </p>
      </div>
    )
  return (
    <>
      {doubtedAt && (
        <div class="notice notice--bad">
          <p>
            {t('recertification.doubted')} <Instant t={t} at={doubtedAt} />.
          </p>
        </div>
      )}
      {mayDecide && doubtedAt && <StandForm {...props} />}
      {mayDecide && <TakeBackForm {...props} />}
    </>
  )
}

function StandForm({ t, requestId }: CourseStandingProps) {
  return (
    <form class="form" method="post" action={paths.staff.requestCourse(requestId)}>
      <input type="hidden" name="act" value="stand" />
      <p>{t('recertification.stand.text')}</p>
      <div>
        <button class="button button--quiet" type="submit">
          {t('recertification.stand')}
        </button>
      </div>
    </form>
  )
}

function TakeBackForm({ t, requestId, effect, today, typedReason, errors }: CourseStandingProps) {
  const dated = (date: CalendarDate | null) =>
    date === null ? t('recertification.never-expires') : <DateWithDistance t={t} date={date} today={today} />
  return (
    <section class="stack" aria-labelledby="take-back">
      <h2 id="take-back">{t('recertification.take-back')}</h2>
      <p>{t('recertification.take-back.text')}</p>
      {effect.changed.length === 0 ? (
        <p>{t('recertification.take-back.nothing')}</p>
      ) : (
        <Records
          caption={t('recertification.take-back.effect')}
          columns={[
            t('recertification.review.certification'),
            t('recertification.review.before'),
            t('recertification.review.after'),
          ]}
          rows={effect.changed.map(({ certification, isEarned, before, after }) => [
            certification,
            dated(after),
            isEarned ? t('recertification.take-back.lost') : dated(before),
          ])}
        />
      )}
      <form class="form" method="post" action={paths.staff.requestCourse(requestId)} novalidate>
        <input type="hidden" name="act" value="take-back" />
        <Textarea
          t={t}
          name="reason"
          label={t('requests.reason')}
          hint={t('requests.decide.reason.hint')}
          value={typedReason}
          maxlength={TAKE_BACK_LIMIT}
          errors={errors}
        />
        <div>
          <button class="button button--danger" type="submit">
            {t('recertification.take-back.submit')}
          </button>
        </div>
      </form>
    </section>
  )
}
