import { examName } from '../certifications/wording.ts'
import type { CalendarDate } from '../core/calendar-date.ts'
import { DateWithDistance } from '../layout/dates.tsx'
import { DeliveriesMenu } from '../layout/deliveries-menu.tsx'
import { Records } from '../layout/records.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import type { LateRegistration } from './late-list.ts'

type LateResultsPageProps = {
  chrome: StaffChrome
  today: CalendarDate
  /** Each with the last day on which its result was not late. */
  late: readonly (LateRegistration & { dueOn: CalendarDate })[]
  next: string | null
}

export function LateResultsPage({ chrome, today, late, next }: LateResultsPageProps) {
  const { t, program, staff } = chrome
  const mayViewCandidate = staff?.may.includes('candidates.view') ?? false
  return (
    <StaffPage chrome={chrome} title={t('late.title')} section="deliveries">
      <div class="head">
        <h1>{t('late.title')}</h1>
        <p>{t('late.intro', { days: program.settings.results.lateAfterBusinessDays })}</p>
      </div>
      <DeliveriesMenu chrome={chrome} room="late-results" />
      {late.length === 0 ? (
        <div class="empty">
          <p>{t('late.empty')}</p>
        </div>
      ) : (
        <Records
          caption={t.plural('late.caption', late.length)}
          columns={[
            t('exams.column.registration'),
            t('results.fact.candidate'),
            t('exams.column.exam'),
            t('results.fact.sat'),
            t('late.column.since'),
          ]}
          rows={late.map((one) => [
            <>
              <span class="number">{one.registrationId}</span>
              <div class="soft">
                <bdi>{one.feedName}</bdi>
              </div>
            </>,
            mayViewCandidate ? (
              <>
                <a href={paths.staff.candidate(one.candidateId)}>{one.candidateId}</a>
                <div class="soft">
                  <bdi>{one.fullName}</bdi>
                </div>
              </>
            ) : (
              one.candidateId
            ),
            examName(t, program, { exam: one.exam, seriesCodes: [one.examCode] }),
            <>
              <DateWithDistance t={t} date={one.appointmentOn} today={today} />
              <div class="soft">{t(`exams.state.${one.state}`)}</div>
              {one.siteCode !== null && <div class="soft">{t('console.site', { site: one.siteCode })}</div>}
            </>,
            <DateWithDistance t={t} date={one.dueOn} today={today} />,
          ])}
        />
      )}
      {next !== null && (
        <p>
          <a href={next}>{t('late.next')}</a>
        </p>
      )}
    </StaffPage>
  )
}
