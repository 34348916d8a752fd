import type { CalendarDate } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import { DateOnly, Instant } from '../layout/dates.tsx'
import { Records } from '../layout/records.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import { editKinds } from './edits.ts'

type Version = { version: number; effectiveOn: CalendarDate | null; appliedAt: Date; begunAt: Date | null }
type Change = {
  id: number
  title: string
  effectiveOn: CalendarDate | null
  changedAt: Date
  changedBy: string
}
type Run = {
  id: number
  state: 'owed' | 'running' | 'done' | 'failed' | 'stopped'
  done: number
  total: number
  changed: number
  mails: 'held' | 'released' | 'discarded' | null
}

type ProgramPageProps = {
  chrome: StaffChrome
  versions: readonly Version[]
  changes: readonly Change[]
  runs: readonly Run[]
}

/** The versions of the program, what is being changed, and what changes have done. */
export function ProgramPage({ chrome, versions, changes, runs }: ProgramPageProps) {
  const { t, staff } = chrome
  return (
    <StaffPage chrome={chrome} title={t('program.title')} section="program">
      <div class="head">
        <h1>{t('program.title')}</h1>
        <p>{t('program.intro')}</p>
      </div>
      {staff?.may.includes('program.change') && <Begin t={t} />}
      <section class="stack" aria-labelledby="changes">
        <h2 id="changes">{t('program.changes')}</h2>
        {changes.length === 0 ? <p>{t('program.changes.empty')}</p> : <Changes t={t} changes={changes} />}
      </section>
      <section class="stack" aria-labelledby="versions">
        <h2 id="versions">{t('program.versions')}</h2>
        <Versions t={t} versions={versions} />
      </section>
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

function Versions({ t, versions }: { t: Translate; versions: readonly Version[] }) {
  const inForce = versions.find(({ begunAt }) => begunAt !== null)?.version
  const stateOf = ({ version, begunAt }: Version) => {
    if (version === inForce) return t('program.version.in-force')
    return begunAt === null ? t('program.version.ahead') : t('program.version.past')
  }
  return (
    <Records
      caption={t('program.versions.caption')}
      columns={[
        t('program.column.version'),
        t('program.column.state'),
        t('program.column.from'),
        t('program.column.applied'),
      ]}
      rows={versions.map((one) => [
        <a href={paths.staff.programVersion(one.version)}>
          {t('program.version.name', { version: one.version })}
        </a>,
        stateOf(one),
        <Effective t={t} on={one.effectiveOn} />,
        <Instant t={t} at={one.appliedAt} />,
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
      rows={runs.map(({ id, state, done, total, changed, mails }) => [
        <a href={paths.staff.programRun(id)}>{t('program.run.name', { run: id })}</a>,
        t(`program.run.state.${state}`),
        t('program.run.of', { done: done.toLocaleString(t.locale), total: total.toLocaleString(t.locale) }),
        changed.toLocaleString(t.locale),
        mails === null ? '' : t(`program.mails.${mails}`),
      ])}
    />
  )
}
