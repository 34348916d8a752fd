import { sealOf } from '../certifications/seal-of.ts'
import type { CalendarDate } from '../core/calendar-date.ts'
import { Seal } from '../documents/seal.tsx'
import { DateWithDistance, formatDate } from '../layout/dates.tsx'
import { formatList } from '../layout/lists.ts'
import { type Chrome, Page } from '../layout/page.tsx'
import { paths } from '../paths.ts'
import type { Program } from '../program/program.ts'
import { type HomeSummary, isCalm } from './attention.ts'
import { AttentionNotices } from './attention-views.tsx'

type HomeProps = {
  chrome: Chrome
  program: Program
  today: CalendarDate
  candidate: { name: string; candidateId: string }
  summary: HomeSummary
}

/** What needs attention now, then the rest. */
export function HomePage({ chrome, program, today, candidate, summary }: HomeProps) {
  const { t } = chrome
  const { attention } = summary
  return (
    <Page chrome={chrome} title={t('home.title')} section="home">
      <div class="head">
        <h1 dir="auto">{t('home.greeting', { name: candidate.name })}</h1>
        <p>{t('common.candidate-id', { id: candidate.candidateId })}</p>
      </div>
      <section class="notices">
        <h2>{t('home.attention')}</h2>
        {isCalm(attention) ? (
          <p class="soft">{t('home.attention.none')}</p>
        ) : (
          <AttentionNotices {...{ t, program, today, attention }} />
        )}
      </section>
      <div class="rooms">
        <CertificationsRoom t={t} program={program} summary={summary} />
        <ExamsRoom t={t} program={program} today={today} summary={summary} />
        <section class="stack">
          <h2>{t('home.share')}</h2>
          <p>{t('home.share.text')}</p>
          <p>
            <a href={paths.transcripts}>{t('home.share.link')}</a>
          </p>
        </section>
      </div>
    </Page>
  )
}

type RoomProps = { t: Chrome['t']; program: Program }

function CertificationsRoom({ t, program, summary }: RoomProps & { summary: HomeSummary }) {
  const { active, emeritus } = summary
  return (
    <section class="stack">
      <h2>{t('home.certifications')}</h2>
      <p>
        {active.length > 0
          ? t.plural('home.certifications.count', active.length)
          : t('home.certifications.none')}
      </p>
      {active.length > 0 && (
        <ul class="seals">
          {active.map(({ certification, expiresOn }) => (
            <li>
              <Seal {...sealOf(program, certification)} size={40} />
              <span>
                {certification}{' '}
                <span class="soft">
                  {expiresOn
                    ? t('home.certifications.until', { date: formatDate(t, expiresOn) })
                    : t('home.certifications.forever')}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
      {emeritus.length > 0 && (
        <p>
          {t('home.certifications.emeritus', {
            certifications: formatList(
              t,
              emeritus.map(({ certification }) => certification),
            ),
          })}
        </p>
      )}
      <p>
        <a href={paths.status}>{t('home.certifications.link')}</a>
      </p>
    </section>
  )
}

function ExamsRoom({ t, program, today, summary }: RoomProps & Pick<HomeProps, 'today' | 'summary'>) {
  const { next, awaitedCount } = summary
  return (
    <section class="stack">
      <h2>{t('home.exams')}</h2>
      {next?.appointmentOn ? (
        <dl class="facts">
          <div>
            <dt>{t('home.exams.next')}</dt>
            <dd>
              <span class="number">{next.examCode}</span> {next.title}
              {', '}
              <DateWithDistance t={t} date={next.appointmentOn} today={today} />
            </dd>
          </div>
        </dl>
      ) : (
        <p>{t('home.exams.none')}</p>
      )}
      {awaitedCount > 0 && <p>{t.plural('home.exams.awaited', awaitedCount)}</p>}
      <p>
        <a href={paths.exams}>{t('home.exams.link')}</a>
      </p>
      <p>
        <a href={program.settings.registrationUrl}>{t('home.exams.register')}</a>
      </p>
    </section>
  )
}
