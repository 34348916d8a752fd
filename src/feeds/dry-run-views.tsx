import type { Translate } from '../i18n/messages.ts'
import { reasonName } from '../import/reason-name.ts'
import { Records } from '../layout/records.tsx'
import type { DryRun } from './dry-run.ts'
import type { OpenedSample } from './open-sample.ts'
import { Member } from './sample-views.tsx'
import type { TriedSample } from './try-sample.ts'

const OUTCOMES = ['read', 'new', 'changed', 'unchanged', 'superseded', 'quarantined', 'skipped'] as const
const BRAKES: readonly string[] = ['empty', 'failing', 'unmatched']

type TriedProps = { t: Translate; tried: TriedSample }

/** What an import would do. */
export function Outcome({ t, tried: { opened, run } }: TriedProps) {
  const fault = opened.fault ?? opened.members.find((member) => member.is === 'other' && member.fault)?.fault
  return (
    <section class="stack">
      <h2>{t('feeds.dry')}</h2>
      {fault && (
        <div class="notice notice--bad">
          <p>{t('feeds.file.refused', { why: fault })}</p>
        </div>
      )}
      {run.tables.length === 0 ? <p>{t('feeds.dry.nothing')}</p> : <Run t={t} opened={opened} run={run} />}
    </section>
  )
}

/** File by file, what it was taken for and how it was read. */
export function Members({ t, tried: { opened, run } }: TriedProps) {
  if (opened.members.length === 0) return null
  return (
    <section class="stack">
      <h2>{t('feeds.file')}</h2>
      {opened.members.map((member) => (
        <Member t={t} member={member} read={readOf(member, run)} />
      ))}
    </section>
  )
}

type RunProps = { t: Translate; opened: OpenedSample; run: DryRun }

function Run({ t, opened, run }: RunProps) {
  const { counts, tables, reasons, faults, unknownCandidates, brakes, isWhole } = run
  const nameOf = (number: number) =>
    opened.members.find((member) => member.is === 'table' && member.table.number === number)?.name
  return (
    <>
      <p>
        {t('feeds.dry.now')} {!isWhole && t('feeds.dry.part', { count: counts.read })}
      </p>
      {brakes.length > 0 && (
        <div class="notice">
          <p>{t('feeds.dry.brakes')}</p>
          <ul>
            {brakes.map(({ kind }) => (
              <li>
                {t(`feeds.dry.brake.${BRAKES.includes(kind) ? kind : 'other'}` as 'feeds.dry.brake.other')}
              </li>
            ))}
          </ul>
        </div>
      )}
      <Records
        caption={t('feeds.dry.counts')}
        columns={[t('feeds.dry.table'), ...OUTCOMES.map((name) => t(`feeds.dry.${name}`))]}
        rows={[
          ...tables.map((table) => [
            <bdi>{nameOf(table.number)}</bdi>,
            ...OUTCOMES.map((name) => String(table.counts[name])),
          ]),
          ...(tables.length > 1
            ? [[t('feeds.dry.all'), ...OUTCOMES.map((name) => String(counts[name]))]]
            : []),
        ]}
      />
      {unknownCandidates > 0 && <p>{t.plural('feeds.dry.unknown', unknownCandidates)}</p>}
      {reasons.length > 0 && (
        <Records
          caption={t('feeds.dry.reasons')}
          columns={[t('feeds.dry.reason'), t('feeds.dry.rows')]}
          rows={reasons.map(({ reason, rows }) => [reasonName(t, reason), String(rows)])}
        />
      )}
      {faults.length > 0 && <Faults t={t} faults={faults} />}
    </>
  )
}

const FAULTS_SHOWN = 100

function Faults({ t, faults }: { t: Translate; faults: DryRun['faults'] }) {
  return (
    <details>
      <summary>{t('feeds.dry.faults')}</summary>
      {faults.length >= FAULTS_SHOWN && <p>{t('feeds.dry.faults-part', { count: faults.length })}</p>}
      <Records
        caption={t('feeds.dry.faults')}
        columns={[t('feeds.dry.line'), t('feeds.dry.reason'), t('feeds.dry.what')]}
        rows={faults.map(({ member, line, reason, message }) => [
          <>
            {line} <span class="soft">{member}</span>
          </>,
          reasonName(t, reason),
          <bdi>{message}</bdi>,
        ])}
      />
    </details>
  )
}

function readOf(member: OpenedSample['members'][number], { tables }: DryRun) {
  return member.is === 'table' ? tables.find(({ number }) => number === member.table.number) : undefined
}
