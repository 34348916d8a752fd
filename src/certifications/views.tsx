import type { CalendarDate } from '../core/calendar-date.ts'
import { DateWithDistance, formatDate, formatDistance } from '../layout/dates.tsx'
import { formatList } from '../layout/lists.ts'
import { type Chrome, Page } from '../layout/page.tsx'
import { paths } from '../paths.ts'
import { seriesCodesOn } from '../program/catalogue.ts'
import type { Program } from '../program/program.ts'
import type { Rules } from '../program/versions.ts'
import { AwardItem } from './award-views.tsx'
import { type CertificationStatus, type HeldAward, isActive } from './certification-status.ts'
import { creditText } from './credit-text.ts'
import { MilestoneList, type ShownMilestone } from './milestone-list.tsx'
import { quickestRenewal } from './quickest-renewal.ts'
import { Timeline } from './timeline.tsx'
import type { Keeping } from './what-keeps.ts'
import { examName, requirementsText } from './wording.ts'

type StatusProps = { chrome: Chrome; program: Program; today: CalendarDate; status: CertificationStatus }
type Judged = { rules: Rules; keepings: readonly Keeping[]; milestones: readonly ShownMilestone[] }

export function StatusPage(props: StatusProps & Judged) {
  const { chrome, program, rules, today, status, keepings, milestones } = props
  const { awards, waiting } = status
  const { t } = chrome
  const expiring = awards.filter(({ standing }) => standing === 'expiring')
  return (
    <Page chrome={chrome} title={t('certifications.title')} section="certifications">
      <div class="head">
        <h1>{t('certifications.title')}</h1>
        {awards.length > 0 && (
          <p>
            {t.plural('certifications.count', awards.filter(isActive).length)}{' '}
            {expiring.length > 0 &&
              t.plural('certifications.count.soon', expiring.length, {
                days: program.settings.expiringSoonDays,
              })}{' '}
            {t('certifications.dates', { zone: program.settings.timeZone })}
          </p>
        )}
      </div>
      {expiring.length > 0 && <ExpiryNotice {...{ chrome, program, today, expiring, keepings }} />}
      {awards.length > 0 && (
        <>
          <Timeline t={t} awards={awards} today={today} />
          <section>
            <h2 class="visually-hidden">{t('certifications.list')}</h2>
            <ul class="awards">
              {awards.map((award) => (
                <AwardItem {...{ t, program, rules, today, award, keepings }} />
              ))}
            </ul>
          </section>
          {awards.some((award) => isActive(award) && award.expiresOn !== null) && (
            <p>
              <a href={paths.expiryCalendar} download="certifications.ics">
                {t('certifications.calendar')}
              </a>{' '}
              <span class="soft">{t('certifications.calendar.hint')}</span>
            </p>
          )}
        </>
      )}
      {milestones.length > 0 && (
        <section class="stack">
          <h2>{t('certifications.milestones')}</h2>
          <p>{t('certifications.milestones.text')}</p>
          <MilestoneList t={t} rules={rules} milestones={milestones} />
        </section>
      )}
      {waiting.length > 0 && <WaitingCertifications {...{ chrome, program, today, waiting }} />}
      {awards.length === 0 && <NoCertifications {...{ chrome, program, today }} />}
    </Page>
  )
}

function ExpiryNotice({
  chrome: { t },
  program,
  today,
  expiring,
  keepings,
}: Omit<StatusProps, 'status'> & { keepings: readonly Keeping[] } & { expiring: readonly HeldAward[] }) {
  const quickest = quickestRenewal(
    keepings,
    expiring.map(({ certification }) => certification),
  )
  const dated = expiring.flatMap(({ certification, expiresOn }) =>
    expiresOn === null ? [] : [{ certification, expiresOn }],
  )
  const [only, ...more] = dated
  return (
    <div class="notice">
      {only && more.length === 0 ? (
        <strong>
          {t('certifications.notice.one', {
            certification: only.certification,
            date: formatDate(t, only.expiresOn),
            distance: formatDistance(t, today, only.expiresOn),
          })}
        </strong>
      ) : (
        <>
          <strong>{t.plural('certifications.notice.many', dated.length)}</strong>
          <ul>
            {dated.map(({ certification, expiresOn }) => (
              <li>
                {certification}: <DateWithDistance t={t} date={expiresOn} today={today} />
              </li>
            ))}
          </ul>
        </>
      )}
      {quickest && (
        <p>
          {t('certifications.notice.quickest', {
            exam: examName(t, program, quickest),
            date: formatDate(t, quickest.by),
          })}{' '}
          {quickest.renews.length > 1 && t.plural('certifications.notice.renews', quickest.renews.length)}{' '}
          {quickest.from > today && t('certifications.not-before', { date: formatDate(t, quickest.from) })}{' '}
          <a href={program.settings.registrationUrl}>{t('certifications.notice.book')}</a>
        </p>
      )}
    </div>
  )
}

function WaitingCertifications({
  chrome: { t },
  program,
  today,
  waiting,
}: Omit<StatusProps, 'status'> & Pick<CertificationStatus, 'waiting'>) {
  return (
    <section class="stack">
      <h2>{t('certifications.waiting')}</h2>
      {waiting.map(({ name, done, missing }) => (
        <div>
          <h3>{name}</h3>
          <p>
            {t('certifications.waiting.done', {
              things: formatList(
                t,
                done.map((credit) => creditText(t, program, credit)),
              ),
            })}{' '}
            {missing.length > 0
              ? t('certifications.waiting.needs', {
                  certifications: requirementsText(t, program, missing, today),
                })
              : t('certifications.waiting.soon')}
          </p>
        </div>
      ))}
    </section>
  )
}

/** Says how one earns a certification, and with which exams one can begin. */
function NoCertifications({ chrome: { t }, program, today }: Omit<StatusProps, 'status'>) {
  const beginnings = program.certifications
    .flatMap(({ requires }) => program.exams.filter(({ code }) => code === requires.exam))
    .map((exam) => ({ exam: exam.code, seriesCodes: seriesCodesOn(exam, today) }))
    .filter(({ seriesCodes }) => seriesCodes.length > 0)
    .slice(0, 3)
  const exams = formatList(
    t,
    beginnings.map((exam) => examName(t, program, exam)),
    'disjunction',
  )
  return (
    <div class="empty">
      <h2>{t('certifications.empty.title')}</h2>
      <p>{t('certifications.empty.text', { exams })}</p>
      <p>
        <a href={program.settings.registrationUrl}>{t('certifications.empty.register')}</a>
      </p>
    </div>
  )
}
