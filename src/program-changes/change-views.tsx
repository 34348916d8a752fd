import type { Translate } from '../i18n/messages.ts'
import { formatDate, Instant } from '../layout/dates.tsx'
import { Records } from '../layout/records.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import type { Difference } from './differences.ts'
import { EffectCounts, type FoundEffects, isMoving, RunProgress } from './effect-views.tsx'
import { Effective } from './program-views.tsx'
import type { VersionState } from './version-queries.ts'

export const CHANGE_NOTICES = ['applied', 'dropped', 'late', 'saved', 'taken-up', 'trying'] as const
export type ChangeNotice = (typeof CHANGE_NOTICES)[number]

type ShownRun = FoundEffects & {
  state: 'owed' | 'running' | 'done' | 'failed' | 'stopped'
  done: number
  total: number
  finishedAt: Date | null
}

export type ShownChange = {
  id: number
  title: string
  effectiveOn: string | null
  version: number
  state: 'draft' | 'applied' | 'dropped'
  madeBy: number
  madeByName: string | null
  madeAt: Date
  changedBy: number
  changedByName: string | null
  changedAt: Date
  decidedByName: string | null
  decidedAt: Date | null
  trial: ShownRun | null
  evaluation: ShownRun | null
  isOutdated: boolean
  /** Whether its dry run is one to decide by. */
  isFresh: boolean
  /** The evaluation that has to end before this is tried or decided. */
  busyWith: number | null
  /** The version that it made, and what that is today. */
  became: { version: number; state: VersionState } | null
}

type ChangePageProps = {
  chrome: StaffChrome
  change: ShownChange
  differences: readonly Difference[]
  /** How many places more are different than are shown. */
  more: number
  /** Whether the one who looks may put it in force, and whether they are one of its authors. */
  may: boolean
  isAuthor: boolean
  notice: ChangeNotice | null
}

/** One change: what it is, what it would do to everybody, and putting it in force. */
export function ChangePage({ chrome, change, differences, more, may, isAuthor, notice }: ChangePageProps) {
  const { t } = chrome
  const { id, title, state, trial, evaluation, isOutdated } = change
  const isRunning = [trial, evaluation].some((run) => run !== null && isMoving(run))
  const here = paths.staff.programChange(id)
  return (
    <StaffPage
      chrome={chrome}
      title={t('program.change.title', { title })}
      section="program"
      scripts={isRunning ? ['delivery-progress.js'] : []}
    >
      {notice && isStillSo(notice, change) && (
        <div class={notice === 'late' ? 'notice notice--bad' : 'notice notice--good'} role="status">
          <p>{t(`program.decision.notice.${notice}`)}</p>
        </div>
      )}
      <div class="head">
        <h1 dir="auto">{title}</h1>
        <p>{stateInWords(t, change)}</p>
      </div>
      {isOutdated && <p class="notice notice--bad">{t('program.change.outdated')}</p>}
      <Facts t={t} change={change} />
      <section class="stack" aria-labelledby="differences">
        <h2 id="differences">{t('program.change.differences')}</h2>
        <Differences t={t} differences={differences} />
        {more > 0 && <p>{t.plural('program.change.differences.more', more)}</p>}
        <p class="actions">
          {may && state === 'draft' && (
            <a href={paths.staff.programChangeDocument(id)}>{t('program.change.edit')}</a>
          )}
          <a href={paths.staff.programChangeJson(id)}>{t('program.change.whole')}</a>
        </p>
      </section>
      <section class="stack" aria-labelledby="trial">
        <h2 id="trial">{t('program.trial')}</h2>
        <Trial {...{ t, change, may, here }} />
      </section>
      {may && state !== 'applied' && <Decision {...{ t, change, isAuthor }} />}
      {evaluation && (
        <section class="stack" aria-labelledby="evaluation">
          <h2 id="evaluation">
            <a href={paths.staff.programRun(evaluation.id)}>
              {t('program.run.name', { run: evaluation.id })}
            </a>
          </h2>
          {isMoving(evaluation) ? (
            <RunProgress t={t} run={evaluation} here={here} />
          ) : (
            <EffectCounts t={t} run={evaluation} />
          )}
        </section>
      )}
      <p>
        <a href={paths.staff.program}>{t('program.back')}</a>
      </p>
    </StaffPage>
  )
}

/** An address is kept and looked at again; what it tells of may be over by then. */
function isStillSo(notice: ChangeNotice, { state, trial }: ShownChange): boolean {
  switch (notice) {
    case 'trying':
      return trial !== null && isMoving(trial)
    case 'applied':
    case 'dropped':
      return state === notice
    case 'saved':
    case 'taken-up':
      return state === 'draft'
    case 'late':
      return true
  }
}

function stateInWords(t: Translate, { state, effectiveOn, became }: ShownChange): string {
  if (state !== 'applied' || became === null) return t(`program.change.state.${state}`)
  const { version } = became
  const date = effectiveOn === null ? '' : formatDate(t, effectiveOn)
  return t(`program.change.became.${became.state}`, { version, date })
}

function Facts({ t, change }: { t: Translate; change: ShownChange }) {
  const people = [
    ['program.change.made', change.madeByName, change.madeAt],
    ['program.change.rewritten', change.version > 1 ? change.changedByName : null, change.changedAt],
    ['program.change.decided', change.decidedByName, change.decidedAt],
  ] as const
  return (
    <dl class="facts">
      <div>
        <dt>{t('program.column.from')}</dt>
        <dd>
          <Effective t={t} on={change.effectiveOn} />
        </dd>
      </div>
      {people.map(
        ([name, who, at]) =>
          who !== null &&
          at !== null && (
            <div>
              <dt>{t(name)}</dt>
              <dd>
                <bdi>{who}</bdi>, <Instant t={t} at={at} />
              </dd>
            </div>
          ),
      )}
    </dl>
  )
}

function Differences({ t, differences }: { t: Translate; differences: readonly Difference[] }) {
  if (differences.length === 0) return <p>{t('program.change.differences.none')}</p>
  const value = (text: string | null) =>
    text === null ? <span class="soft">{t('program.change.absent')}</span> : <code>{text}</code>
  return (
    <Records
      caption={t('program.change.differences.caption')}
      columns={[t('program.column.place'), t('program.column.before'), t('program.column.after')]}
      rows={differences.map(({ path, before, after }) => [
        <Place path={path} />,
        value(before),
        value(after),
      ])}
    />
  )
}

/** A long place breaks between its parts first. */
function Place({ path }: { path: string }) {
  return (
    <code>
      {path.split(/(?<=\.)/).map((part) => (
        <>
          {part}
          <wbr />
        </>
      ))}
    </code>
  )
}

type TrialProps = { t: Translate; change: ShownChange; may: boolean; here: string }

function Trial({ t, change, may, here }: TrialProps) {
  const { id, version, state, trial, isOutdated, isFresh, busyWith } = change
  if (trial && isMoving(trial)) return <RunProgress t={t} run={trial} here={here} />
  const isDone = trial?.state === 'done'
  return (
    <>
      {trial === null && <p>{t('program.trial.none')}</p>}
      {trial?.state === 'failed' && <p>{t('program.trial.failed')}</p>}
      {trial?.state === 'stopped' && <p>{t('program.trial.stopped')}</p>}
      {isDone && (
        <p>
          {t('program.trial.ended')} {trial.finishedAt && <Instant t={t} at={trial.finishedAt} />}
        </p>
      )}
      {isDone && <EffectCounts t={t} run={trial} />}
      {isDone && <p class="soft">{t('program.trial.owed')}</p>}
      {isDone && state === 'draft' && !isFresh && <p class="notice notice--bad">{t('program.trial.old')}</p>}
      {state === 'draft' && busyWith !== null && <Busy t={t} run={busyWith} />}
      {may && state === 'draft' && !isOutdated && busyWith === null && (
        <form method="post" action={paths.staff.programChangeTrial(id)}>
          <input type="hidden" name="version" value={String(version)} />
          <button class={isDone ? 'button button--quiet' : 'button'} type="submit">
            {t(isDone ? 'program.trial.again' : 'program.trial.start')}
          </button>
        </form>
      )}
    </>
  )
}

function Busy({ t, run }: { t: Translate; run: number }) {
  return (
    <p class="notice">
      {t('program.trial.busy')} <a href={paths.staff.programRun(run)}>{t('program.run.name', { run })}</a>
    </p>
  )
}

/** Putting a draft in force or dropping it; what was dropped can be taken up again. */
function Decision({ t, change, isAuthor }: { t: Translate; change: ShownChange; isAuthor: boolean }) {
  const { id, version, state, isOutdated, isFresh, busyWith } = change
  const button = (to: string, kind: string) => (
    <button class={kind} type="submit" name="to" value={to}>
      {t(`program.decision.${to as 'apply' | 'drop' | 'take-up'}`)}
    </button>
  )
  return (
    <section class="stack" aria-labelledby="decision">
      <h2 id="decision">{t('program.decision')}</h2>
      {state === 'draft' ? (
        <>
          <p>{t('program.decision.text')}</p>
          {!isFresh && <p>{t('program.decision.untried')}</p>}
          {isAuthor && <p>{t('program.decision.second')}</p>}
        </>
      ) : (
        <p>{t('program.decision.dropped')}</p>
      )}
      <form class="actions" method="post" action={paths.staff.programChangeDecision(id)}>
        <input type="hidden" name="version" value={String(version)} />
        {state === 'draft' &&
          isFresh &&
          !isAuthor &&
          !isOutdated &&
          busyWith === null &&
          button('apply', 'button')}
        {state === 'draft' ? button('drop', 'button button--danger') : button('take-up', 'button')}
      </form>
    </section>
  )
}
