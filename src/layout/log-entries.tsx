import { actionInWords, actorInWords, detailsInWords } from '../audit/entry-words.ts'
import type { LogEntry } from '../audit/log-queries.ts'
import type { Translate } from '../i18n/messages.ts'
import { paths } from '../paths.ts'
import { Instant } from './dates.tsx'
import { Records } from './records.tsx'

const SHOWN_HASH = 12

type LogEntriesProps = {
  t: Translate
  caption: string
  entries: readonly LogEntry[]
  /** Whether the reader may open candidates. */
  linked: boolean
}

/** Entries of the audit log, in words. */
export function LogEntries({ t, caption, entries, linked }: LogEntriesProps) {
  const columns = ['action', 'seq', 'at', 'actor', 'about', 'details'] as const
  return (
    <Records
      caption={caption}
      columns={columns.map((column) => t(`audit-log.column.${column}`))}
      rows={entries.map((entry) => [
        actionInWords(t, entry.action),
        <>
          <span class="number">{entry.seq}</span>
          <div class="number soft">{entry.hash?.slice(0, SHOWN_HASH) ?? t('audit-log.unsealed')}</div>
        </>,
        <Instant t={t} at={entry.at} />,
        actorInWords(t, entry),
        <About t={t} entry={entry} linked={linked} />,
        detailsInWords(t, entry.details).map((line) => <div>{line}</div>),
      ])}
    />
  )
}

function About({ t, entry, linked }: { t: Translate; entry: LogEntry; linked: boolean }) {
  const { subject, candidateId, candidateName } = entry
  if (subject === null) return <>{t('audit-log.about.nobody')}</>
  if (candidateId === null) return <>{t('console.closed-account')}</>
  return (
    <>
      {linked ? <a href={paths.staff.candidate(candidateId)}>{candidateId}</a> : candidateId}
      <div class="soft">
        <bdi>{candidateName ?? t('console.closed-account')}</bdi>
      </div>
    </>
  )
}
