import type { CalendarDate } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import { DateOnly, Instant } from '../layout/dates.tsx'
import { Records } from '../layout/records.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import { editKinds } from './edits.ts'
import type { VersionState } from './version-queries.ts'

type Version = {
  version: number
  effectiveOn: CalendarDate | null
  appliedAt: Date
  state: VersionState
  changeId: number | null
  title: string | null
  appliedBy: string | null
}
type Change = {
  id: number
  title: string
  effectiveOn: CalendarDate | null
  changedAt: Date
  changedBy: string
}
type Decided = {
  id: number
  title: string
  state: 'draft' | 'applied' | 'dropped'
  decidedAt: Date | null
  madeBy: string
  decidedBy: string | null
}
type Run = {
  id: number
  state: 'owed' | 'running' | 'done' | 'failed' | 'stopped'
  done: number
  total: number
  changed: number
  mails: 'held' | 'released' | 'discarded' | null
  mailsWritten: number
}

type ProgramPageProps = {
  chrome: StaffChrome
  /** A version that somebody wanted to take back. */
  withdrawn: number | null
  versions: readonly Version[]
  changes: readonly Change[]
  decided: readonly Decided[]
  runs: readonly Run[]
}

/** The versions of the program, what is being changed, and what changes have done. */
export function ProgramPage({ chrome, withdrawn, versions, changes, decided, runs }: ProgramPageProps) {
  const { t, staff } = chrome
  const may = staff?.may.includes('program.change') === true
  const isTakenBack = versions.some(({ version, state }) => version === withdrawn && state === 'withdrawn')
  return (
    <StaffPage chrome={chrome} title={t('program.title')} section="program">
      {withdrawn !== null && (
        <div class={`notice notice--${isTakenBack ? 'good' : 'bad'}`} role="status">
          <p>
            {isTakenBack
              ? t('program.version.withdraw.done', { version: withdrawn })
              : t('program.version.withdraw.late')}
          </p>
        </div>
      )}
      <div class="head">
        <h1>{t('program.title')}</h1>
        <p>{t('program.intro')}</p>
      </div>
      {may && <Begin t={t} />}
      <section class="stack" aria-labelledby="changes">
        <h2 id="changes">{t('program.changes')}</h2>
        {changes.length === 0 ? <p>{t('program.changes.empty')}</p> : <Changes t={t} changes={changes} />}
      </section>
      <section class="stack" aria-labelledby="versions">
        <h2 id="versions">{t('program.versions')}</h2>
        <Versions {...{ t, versions, may }} />
      </section>
      {decided.length > 0 && (
        <section class="stack" aria-labelledby="decided">
          <h2 id="decided">{t('program.decided')}</h2>
          <DecidedChanges t={t} decided={decided} />
        </section>
      )}
      {runs.length > 0 && (
        <section class="stack" aria-labelledby="runs">
          <h2 id="runs">{t('program.runs')}</h2>
          <Runs t={t} runs={runs} />
        </section>
      )}
    </StaffPage>
  )
}

function Begin({ t }: { t: Translate }) {
  return (
    <section class="stack" aria-labelledby="begin">
      <h2 id="begin">{t('program.change')}</h2>
      <dl class="ways">
        {editKinds.map((kind) => (
          <div>
            <dt>
              <a href={paths.staff.newProgramChange(kind)}>{t(`program.kind.${kind}`)}</a>
            </dt>
            <dd>{t(`program.kind.${kind}.what`)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Changes({ t, changes }: { t: Translate; changes: readonly Change[] }) {
  return (
    <Records
      caption={t('program.changes.caption')}
      columns={[
        t('program.column.change'),
        t('program.column.from'),
        t('program.column.by'),
        t('program.column.at'),
      ]}
      rows={changes.map(({ id, title, effectiveOn, changedBy, changedAt }) => [
        <a href={paths.staff.programChange(id)} dir="auto">
          {title}
        </a>,
        <Effective t={t} on={effectiveOn} />,
        <bdi>{changedBy}</bdi>,
        <Instant t={t} at={changedAt} />,
      ])}
    />
  )
}

export function Effective({ t, on }: { t: Translate; on: CalendarDate | null }) {
  if (on === null) return <span>{t('program.from-the-beginning')}</span>
  return <DateOnly t={t} date={on} />
}

type VersionsProps = { t: Translate; versions: readonly Version[]; may: boolean }

function Versions({ t, versions, may }: VersionsProps) {
  return (
    <Records
      caption={t('program.versions.caption')}
      columns={[
        t('program.column.version'),
        t('program.column.state'),
        t('program.column.from'),
        t('program.column.change'),
        t('program.column.applied'),
      ]}
      rows={versions.map((one) => [
        one.state === 'withdraws' ? (
          t('program.version.name', { version: one.version })
        ) : (
          <a href={paths.staff.programVersion(one.version)}>
            {t('program.version.name', { version: one.version })}
          </a>
        ),
        <>
          {t(`program.version.state.${one.state}`)}{' '}
          {may && one.state === 'ahead' && (
            <a href={paths.staff.programWithdrawal(one.version)}>
              {t('program.version.withdraw.title', { version: one.version })}
            </a>
          )}
        </>,
        <Effective t={t} on={one.effectiveOn} />,
        one.changeId !== null && (
          <a href={paths.staff.programChange(one.changeId)} dir="auto">
            {one.title}
          </a>
        ),
        <>
          <Instant t={t} at={one.appliedAt} />, <bdi>{one.appliedBy ?? t('program.version.by-command')}</bdi>
        </>,
      ])}
    />
  )
}

function DecidedChanges({ t, decided }: { t: Translate; decided: readonly Decided[] }) {
  return (
    <Records
      caption={t('program.decided.caption')}
      columns={[
        t('program.column.change'),
        t('program.column.state'),
        t('program.column.made-by'),
        t('program.column.decided-by'),
        t('program.column.decided-at'),
      ]}
      rows={decided.map(({ id, title, state, madeBy, decidedBy, decidedAt }) => [
        <a href={paths.staff.programChange(id)} dir="auto">
          {title}
        </a>,
        t(state === 'applied' ? 'program.decided.applied' : 'program.decided.dropped'),
        <bdi>{madeBy}</bdi>,
        <bdi>{decidedBy}</bdi>,
        decidedAt && <Instant t={t} at={decidedAt} />,
      ])}
    />
  )
}

function Runs({ t, runs }: { t: Translate; runs: readonly Run[] }) {
  return (
    <Records
      caption={t('program.runs.caption')}
      columns={[
        t('program.column.run'),
        t('program.column.state'),
        t('program.column.done'),
        t('program.column.changed'),
        t('program.column.mails'),
      ]}
      rows={runs.map(({ id, state, done, total, changed, mails, mailsWritten }) => [
        <a href={paths.staff.programRun(id)}>{t('program.run.name', { run: id })}</a>,
        t(`program.run.state.${state}`),
        t('program.run.of', { done: done.toLocaleString(t.locale), total: total.toLocaleString(t.locale) }),
        changed.toLocaleString(t.locale),
        mails === null ? '' : t(`program.mails.${state === 'done' && mailsWritten === 0 ? 'none' : mails}`),
      ])}
    />
  )
}
