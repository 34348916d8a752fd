import { examName } from '../certifications/wording.ts'
import type { CalendarDate } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import { formatDate, formatDistance } from '../layout/dates.tsx'
import { formatList } from '../layout/lists.ts'
import { paths } from '../paths.ts'
import type { Program } from '../program/program.ts'
import type { Attention, NewResult } from './attention.ts'

/** More news than this stands in one list. */
const SINGLE_RESULTS = 3

type AttentionProps = { t: Translate; program: Program; today: CalendarDate; attention: Attention }

export function AttentionNotices({ t, program, today, attention }: AttentionProps) {
  const { suspended, expiring, late, newResults, missing, isReviewDue } = attention
  const supportEmail = program.settings.support.email
  return (
    <>
      {suspended.map(({ certification }) => (
        <div class="notice notice--bad">
          <strong>{t('home.suspended', { certification })}</strong>
          <p>
            {t('home.suspended.text')} <a href={`mailto:${supportEmail}`}>{t('footer.contact')}</a>
          </p>
        </div>
      ))}
      {expiring && <Expiring {...{ t, program, today, expiring }} />}
      {late.map((exam) => (
        <div class="notice">
          <strong>
            {t('home.late', {
              exam: exam.examCode,
              date: exam.appointmentOn ? formatDate(t, exam.appointmentOn) : '',
            })}
          </strong>
          <p>
            {exam.expectation.state === 'late' &&
              t('home.late.text', { date: formatDate(t, exam.expectation.since) })}{' '}
            <a href={paths.missingResult(exam.registrationId)}>{t('exams.late.ask')}</a>
          </p>
        </div>
      ))}
      <NewResults t={t} results={newResults} />
      {missing.length > 0 && (
        <div class="notice notice--plain">
          <strong>{t('home.profile')}</strong>
          <p>
            {t('home.profile.text', {
              missing: formatList(
                t,
                missing.map((fact) => t(`home.profile.${fact}`)),
                'disjunction',
              ),
            })}{' '}
            <a href={paths.profile}>{t('home.profile.link')}</a>
          </p>
        </div>
      )}
      {isReviewDue && (
        <form class="notice notice--plain" method="post" action={paths.profileReview}>
          <strong>{t('home.review')}</strong>
          <p>
            {t('home.review.text')} <a href={paths.profile}>{t('home.review.link')}</a>{' '}
            <button class="link" type="submit">
              {t('home.review.confirm')}
            </button>
          </p>
        </form>
      )}
    </>
  )
}

function Expiring({
  t,
  program,
  today,
  expiring: { awards, quickest },
}: Omit<AttentionProps, 'attention'> & { expiring: NonNullable<Attention['expiring']> }) {
  const lines = awards.flatMap(({ certification, expiresOn }) =>
    expiresOn === null
      ? []
      : [{ certification, date: formatDate(t, expiresOn), distance: formatDistance(t, today, expiresOn) }],
  )
  const [only, ...more] = lines
  return (
    <div class="notice">
      {only && more.length === 0 ? (
        <strong>{t('home.expiring.one', only)}</strong>
      ) : (
        <>
          <strong>{t.plural('home.expiring.many', lines.length)}</strong>
          <ul>
            {lines.map((line) => (
              <li>{t('home.expiring.item', line)}</li>
            ))}
          </ul>
        </>
      )}
      <p>
        {quickest &&
          t('home.expiring.quickest', {
            exam: examName(t, program, quickest),
            date: formatDate(t, quickest.by),
          })}{' '}
        {quickest && quickest.renews.length > 1 && t.plural('home.expiring.renews', quickest.renews.length)}{' '}
        {quickest &&
          quickest.from > today &&
          t('certifications.not-before', { date: formatDate(t, quickest.from) })}{' '}
        <a href={paths.status}>{t('home.expiring.link')}</a>
      </p>
    </div>
  )
}

/** A whole history that arrives at once is one piece of news; a result taken back is always one of its own. */
function NewResults({ t, results }: { t: Translate; results: readonly NewResult[] }) {
  const revoked = results.filter((result) => result.revoked)
  const others = results.filter((result) => !result.revoked)
  const areFew = others.length <= SINGLE_RESULTS
  return (
    <>
      {[...revoked, ...(areFew ? others : [])].map((result) => (
        <NewResultNotice t={t} result={result} />
      ))}
      {!areFew && (
        <div class="notice notice--plain">
          <strong>{t('home.results')}</strong>
          <ul>
            {others.slice(0, SINGLE_RESULTS).map((result) => (
              <li>{resultText(t, result)}</li>
            ))}
          </ul>
          <p>
            <a href={paths.exams}>{t('home.results.link')}</a>
          </p>
        </div>
      )}
    </>
  )
}

function NewResultNotice({ t, result }: { t: Translate; result: NewResult }) {
  const good = result.outcome === 'pass' ? 'notice--good' : 'notice--plain'
  return (
    <div class={`notice ${result.revoked ? 'notice--bad' : good}`}>
      <strong>{resultText(t, result)}</strong>
      <p>
        <a href={paths.exams}>{t('home.result.link')}</a>
      </p>
    </div>
  )
}

function resultText(t: Translate, { title, examCode, examOn, ...result }: NewResult): string {
  const word = t(`exams.outcome.${result.outcome}`)
  const outcome = result.revoked ? t('exams.outcome.revoked', { outcome: word }) : word
  return t('home.result', { exam: `${examCode} ${title}`, date: formatDate(t, examOn), outcome })
}
