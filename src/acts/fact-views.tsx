import { isEmeritusOn } from '../certifications/standing.ts'
import type { CalendarDate } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import { DateOnly, DateWithDistance, Instant } from '../layout/dates.tsx'
import { paths } from '../paths.ts'
import { printedVerificationCode } from '../verification/verification-code.ts'
import type { AwardOfStaff } from './award-queries.ts'

type AwardFactListProps = {
  t: Translate
  today: CalendarDate
  award: AwardOfStaff['award']
  isLinked: boolean | undefined
}

export function AwardFactList({ t, today, award, isLinked }: AwardFactListProps) {
  const { candidateId, fullName, erasedAt, number, verificationCode, recordedAt } = award
  const { awardedOn, expiresOn, suspendedOn, revokedOn, emeritusOn } = award
  const dates: [string, CalendarDate | null][] = [
    [t('certifications.suspended'), suspendedOn],
    [t('certifications.revoked'), revokedOn],
    [t('certifications.emeritus'), isEmeritusOn(today, award) ? emeritusOn : null],
  ]
  return (
    <dl class="printed">
      <div>
        <dt>{t('acts.candidate')}</dt>
        <dd>
          <bdi>{erasedAt ? t('console.closed-account') : fullName}</bdi>,{' '}
          {isLinked ? <a href={paths.staff.candidate(candidateId)}>{candidateId}</a> : candidateId}
        </dd>
      </div>
      <div>
        <dt>{t('certifications.number')}</dt>
        <dd class="number">{number}</dd>
      </div>
      <div>
        <dt>{t('acts.code')}</dt>
        <dd>
          <a class="number" href={paths.verifyCode(verificationCode)}>
            {printedVerificationCode(verificationCode)}
          </a>
        </dd>
      </div>
      <div>
        <dt>{t('certifications.awarded')}</dt>
        <dd>
          <DateOnly t={t} date={awardedOn} />
        </dd>
      </div>
      <div>
        <dt>{t('certifications.expires')}</dt>
        <dd>
          {expiresOn === null ? (
            t('certifications.never-expires')
          ) : (
            <DateWithDistance t={t} date={expiresOn} today={today} />
          )}
        </dd>
      </div>
      {dates.map(
        ([term, date]) =>
          date && (
            <div>
              <dt>{term}</dt>
              <dd>
                <DateOnly t={t} date={date} />
              </dd>
            </div>
          ),
      )}
      <div>
        <dt>{t('acts.recorded')}</dt>
        <dd>
          <Instant t={t} at={recordedAt} />
        </dd>
      </div>
    </dl>
  )
}
