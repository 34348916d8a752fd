import type { Translate } from '../i18n/messages.ts'
import { Instant } from '../layout/dates.tsx'
import { paths } from '../paths.ts'
import type { CandidateRecord } from './candidate-queries.ts'
import { RecordSection } from './section-views.tsx'

type RecordProps = { t: Translate; record: CandidateRecord; limit: number }

export function Requests({ t, record: { requests }, limit, linked }: RecordProps & { linked: boolean }) {
  return (
    <RecordSection
      t={t}
      title={t('console.requests')}
      limit={limit}
      columns={[
        t('console.column.what'),
        t('console.column.when'),
        t('console.column.state'),
        t('console.column.decided'),
      ]}
      rows={requests.map((one) => [
        linked ? (
          <a href={paths.staff.request(one.id)}>{t(`console.requests.${one.kind}`)}</a>
        ) : (
          t(`console.requests.${one.kind}`)
        ),
        <Instant t={t} at={one.createdAt} />,
        t(`console.requests.${one.state}`),
        one.decidedAt ? (
          <>
            <Instant t={t} at={one.decidedAt} /> <div class="soft">{one.decidedBy}</div>
          </>
        ) : (
          t('common.none')
        ),
      ])}
    />
  )
}

export function Methods({ t, record: { methods }, limit }: RecordProps) {
  return (
    <RecordSection
      t={t}
      title={t('console.methods')}
      limit={limit}
      columns={[t('console.column.what'), t('console.column.since'), t('console.column.last-used')]}
      rows={methods.map((one) => [
        <>
          {t(`console.methods.${one.kind}`)}
          {one.name && <div class="soft">{one.name}</div>}
          {one.left !== null && <div class="soft">{t.plural('console.methods.left', one.left)}</div>}
        </>,
        <Instant t={t} at={new Date(one.since)} />,
        one.used === null ? t('console.unknown-date') : <Instant t={t} at={new Date(one.used)} />,
      ])}
    />
  )
}

export function Sessions({ t, record: { sessions }, limit }: RecordProps) {
  return (
    <RecordSection
      t={t}
      title={t('console.sessions')}
      limit={limit}
      columns={[
        t('console.column.device'),
        t('console.column.method'),
        t('console.column.began'),
        t('console.column.last-used'),
      ]}
      rows={sessions.map((one) => [
        one.device || t('console.sessions.unknown-device'),
        t(`console.sessions.${one.method}`),
        <Instant t={t} at={one.createdAt} />,
        <Instant t={t} at={one.lastSeenAt} />,
      ])}
    />
  )
}

export function Recoveries({ t, record: { recoveries }, limit }: RecordProps) {
  const steps = ['askedAt', 'confirmedAt', 'effectiveAt', 'stoppedAt', 'doneAt'] as const
  return (
    <RecordSection
      t={t}
      title={t('console.recoveries')}
      limit={limit}
      columns={[t('console.column.an-address'), t('console.column.proof'), t('console.column.when')]}
      rows={recoveries.map((one) => [
        one.address,
        t(`console.recoveries.${one.proof}`),
        steps.map((step) => {
          const at = one[step]
          return (
            at && (
              <div>
                {t(`console.recoveries.${step}`)} <Instant t={t} at={at} />
              </div>
            )
          )
        }),
      ])}
    />
  )
}

/** That there was a mail, and what became of it; its words are the candidate's. */
export function Mails({ t, record: { mails }, limit }: RecordProps) {
  return (
    <RecordSection
      t={t}
      title={t('console.mails')}
      limit={limit}
      columns={[
        t('console.column.what'),
        t('console.column.to'),
        t('console.column.owed'),
        t('console.column.state'),
      ]}
      rows={mails.map((one) => [
        one.template,
        one.recipient ?? t('console.mails.primary'),
        <Instant t={t} at={one.owedAt} />,
        <>
          {one.sentAt && (
            <>
              {t('console.mails.sent')} <Instant t={t} at={one.sentAt} />
            </>
          )}
          {one.givenUpAt && (
            <>
              {t('console.mails.given-up')} <Instant t={t} at={one.givenUpAt} />
            </>
          )}
          {!one.sentAt && !one.givenUpAt && t('console.mails.waiting', { attempts: one.attempts })}
        </>,
      ])}
    />
  )
}
