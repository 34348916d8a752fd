import type { Translate } from '../i18n/messages.ts'
import { DateOnly } from '../layout/dates.tsx'
import { Records } from '../layout/records.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import { EffectCounts, isMoving, RunProgress } from './effect-views.tsx'
import { type Effect, type EffectKind, MOST_LISTED_OF_A_KIND } from './effects.ts'

type ShownRun = {
  id: number
  kind: 'trial' | 'evaluation'
  changeId: number | null
  state: 'owed' | 'running' | 'done' | 'failed' | 'stopped'
  done: number
  total: number
  changed: number
  failing: number
  counts: Record<string, number>
  mails: 'held' | 'released' | 'discarded' | null
  mailsWritten: number
}

type RunPageProps = {
  chrome: StaffChrome
  run: ShownRun
  kind: EffectKind | null
  effects: readonly (Omit<Effect, 'awardedOn'> & { candidateId: string })[]
  page: number
  hasNext: boolean
  may: boolean
}

/** What one run changed or would change, whose, and what becomes of its mails. */
export function RunPage(props: RunPageProps) {
  const { chrome, run, kind, effects, page, hasNext, may } = props
  const { t } = chrome
  const title = t('program.run.title', { run: run.id })
  const here = paths.staff.programRun(run.id)
  return (
    <StaffPage
      chrome={chrome}
      title={title}
      section="program"
      scripts={isMoving(run) ? ['delivery-progress.js'] : []}
    >
      <div class="head">
        <h1>{title}</h1>
        <p>
          {t(`program.run.${run.kind}`)} {t(`program.run.state.${run.state}`)}.{' '}
          {run.changeId !== null && (
            <a href={paths.staff.programChange(run.changeId)}>{t('program.run.change')}</a>
          )}
        </p>
      </div>
      {isMoving(run) ? <RunProgress t={t} run={run} here={here} /> : <EffectCounts t={t} run={run} />}
      {may && run.state === 'failed' && run.kind === 'evaluation' && (
        <form class="stack" method="post" action={paths.staff.programRunAgain(run.id)}>
          <p>{t('program.run.failed')}</p>
          <div>
            <button class="button" type="submit">
              {t('program.run.again')}
            </button>
          </div>
        </form>
      )}
      {run.mails && <Mails {...{ t, run, may }} />}
      {effects.length > 0 && (
        <section class="stack" aria-labelledby="effects">
          <h2 id="effects">
            {t('program.run.effects')} {kind && `· ${t(`program.effect.${kind}`)}`}
          </h2>
          <Effects {...{ t, effects, chrome }} />
          {isCutShort(run.counts, kind) && (
            <p class="soft">
              {t('program.run.effects.most', { count: MOST_LISTED_OF_A_KIND.toLocaleString(t.locale) })}
            </p>
          )}
          <p class="actions">
            {page > 1 && <a href={here + query(kind, 1)}>{t('program.run.effects.first')}</a>}
            {hasNext && <a href={here + query(kind, page + 1)}>{t('program.run.effects.next')}</a>}
            {kind && <a href={here}>{t('program.run.all')}</a>}
          </p>
        </section>
      )}
      <p>
        <a href={paths.staff.program}>{t('program.back')}</a>
      </p>
    </StaffPage>
  )
}

/** Whether fewer are listed than were counted. */
function isCutShort(counts: Record<string, number>, kind: EffectKind | null): boolean {
  const counted = kind === null ? Object.values(counts) : [counts[kind] ?? 0]
  return counted.some((count) => count > MOST_LISTED_OF_A_KIND)
}

function query(kind: EffectKind | null, page: number): string {
  return `?${kind === null ? '' : `kind=${kind}&`}page=${page}`
}

type EffectsProps = Pick<RunPageProps, 'chrome' | 'effects'> & { t: Translate }

/** Whose they are is for those who may look at candidates. */
function Effects({ t, chrome, effects }: EffectsProps) {
  const mayOpen = chrome.staff?.may.includes('candidates.view') === true
  const date = (on: string | null) => (on === null ? t('common.none') : <DateOnly t={t} date={on} />)
  return (
    <Records
      caption={t('program.run.effects.caption')}
      columns={[
        t('program.column.candidate'),
        t('program.column.certification'),
        t('program.column.effect'),
        t('program.column.before'),
        t('program.column.after'),
      ]}
      rows={effects.map(({ candidateId, certification, kind, beforeOn, afterOn }) => [
        mayOpen ? <a href={paths.staff.candidate(candidateId)}>{candidateId}</a> : t('program.run.hidden'),
        certification,
        t(
          kind === 'lost'
            ? `program.effect.lost.${afterOn === null ? 'off' : 'expired'}`
            : `program.effect.${kind}`,
        ),
        date(beforeOn),
        date(afterOn),
      ])}
    />
  )
}

type MailsProps = Pick<RunPageProps, 'run' | 'may'> & { t: Translate }

function Mails({ t, run: { id, mails, state, mailsWritten }, may }: MailsProps) {
  return (
    <section class="stack" aria-labelledby="mails">
      <h2 id="mails">{t('program.run.mails')}</h2>
      {mails === 'held' ? (
        <>
          <p>
            {mailsWritten === 0 && state === 'done'
              ? t('program.run.mails.none')
              : t.plural('program.run.mails.held', mailsWritten)}{' '}
            {state !== 'done' && t('program.run.mails.wait')}
          </p>
          {may && state === 'done' && mailsWritten > 0 && (
            <form class="actions" method="post" action={paths.staff.programRunMails(id)}>
              <button class="button" type="submit" name="to" value="released">
                {t('program.run.mails.release')}
              </button>
              <button class="button button--quiet" type="submit" name="to" value="discarded">
                {t('program.run.mails.discard')}
              </button>
            </form>
          )}
        </>
      ) : (
        <p>{t(`program.run.mails.done.${mails ?? 'discarded'}`)}</p>
      )}
    </section>
  )
}
