import { outcomeOfResult } from '../exams/exam-outcome.ts'
import type { Translate } from '../i18n/messages.ts'
import { DateOnly, Instant } from '../layout/dates.tsx'
import { paths } from '../paths.ts'
import type { CandidateRecord } from './candidate-queries.ts'
import { FromFeed } from './person-views.tsx'
import { RecordSection } from './section-views.tsx'

type RecordProps = { t: Translate; record: CandidateRecord; limit: number }

export function Registrations({ t, record: { registrations }, limit }: RecordProps) {
  return (
    <RecordSection
      t={t}
      title={t('console.registrations')}
      limit={limit}
      columns={[
        t('exams.column.registration'),
        t('exams.column.exam'),
        t('exams.column.date'),
        t('console.column.state'),
        t('console.column.source'),
      ]}
      rows={registrations.map((one) => [
        <span class="number">{one.registrationId}</span>,
        one.examCode,
        <>
          {one.appointmentOn ? <DateOnly t={t} date={one.appointmentOn} /> : t('exams.unbooked')}{' '}
          {one.appointmentTime}
          {one.siteCode && <div class="soft">{t('console.site', { site: one.siteCode })}</div>}
        </>,
        t(`exams.state.${one.state}`),
        <FromFeed t={t} {...one} />,
      ])}
    />
  )
}

/** Results with every version that ever arrived. Staff see the grade also of what is not released, and that it is not. */
export function Results({
  t,
  record: { results, versions },
  limit,
  linked,
}: RecordProps & { linked: boolean }) {
  const versionsOf = Map.groupBy(versions, ({ registrationId }) => registrationId)
  return (
    <RecordSection
      t={t}
      title={t('console.results')}
      limit={limit}
      columns={[
        t('exams.column.registration'),
        t('exams.column.exam'),
        t('exams.column.date'),
        t('exams.column.result'),
        t('console.column.source'),
      ]}
      rows={results.map((one) => [
        linked ? (
          <a class="number" href={paths.staff.result(one.id)}>
            {one.registrationId}
          </a>
        ) : (
          <span class="number">{one.registrationId}</span>
        ),
        one.examCode,
        <DateOnly t={t} date={one.examOn} />,
        <Outcome t={t} result={one} />,
        <>
          <FromFeed t={t} {...one} />
          <div class="soft">
            {t('console.results.first')} <Instant t={t} at={one.firstImportedAt} />
          </div>
          <Versions t={t} versions={versionsOf.get(one.registrationId) ?? []} />
        </>,
      ])}
    />
  )
}

function Outcome({ t, result }: { t: Translate; result: CandidateRecord['results'][number] }) {
  const { outcome: delivery, grade, validity, score } = result
  const outcome = outcomeOfResult({ delivery, grade, validity })
  const word = t(`exams.outcome.${outcome}`)
  return (
    <>
      {validity === 'revoked' ? t('exams.outcome.revoked', { outcome: word }) : word}
      {score !== null && <div class="soft">{t('console.results.score', { score })}</div>}
      {validity === 'held' && <div class="soft">{t('console.results.held', { grade })}</div>}
    </>
  )
}

function Versions({ t, versions }: { t: Translate; versions: CandidateRecord['versions'] }) {
  if (versions.length === 0) return null
  return (
    <details>
      <summary>{t.plural('console.results.versions', versions.length)}</summary>
      <ul>
        {versions.map((one) => (
          <li>
            {t(`console.results.version.${one.outcome}`)}: <FromFeed t={t} {...one} /> ({one.member}),{' '}
            <Instant t={t} at={one.importedAt} />
          </li>
        ))}
      </ul>
    </details>
  )
}
