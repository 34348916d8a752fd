import type { Translate } from '../i18n/messages.ts'
import { Records } from '../layout/records.tsx'
import { paths } from '../paths.ts'
import { effectKinds } from './effects.ts'

export type FoundEffects = {
  id: number
  changed: number
  failing: number
  counts: Record<string, number>
}

/** What a run found, by kind: how many certifications, and where to see whose. */
export function EffectCounts({
  t,
  run: { id, changed, failing, counts },
}: {
  t: Translate
  run: FoundEffects
}) {
  const kinds = effectKinds.filter((kind) => (counts[kind] ?? 0) > 0)
  return (
    <>
      <p>
        {kinds.length === 0 ? t('program.effects.none') : t.plural('program.effects.found', changed)}{' '}
        {failing > 0 && t.plural('program.effects.failing', failing)}
      </p>
      {kinds.length > 0 && (
        <Records
          caption={t('program.effects.caption')}
          columns={[t('program.column.effect'), t('program.column.count'), t('program.effects.list')]}
          rows={kinds.map((kind) => [
            t(`program.effect.${kind}`),
            <span class="number">{counts[kind]!.toLocaleString(t.locale)}</span>,
            <a
              href={`${paths.staff.programRun(id)}?kind=${kind}`}
              aria-label={`${t('program.effects.list')}: ${t(`program.effect.${kind}`)}`}
            >
              {t('program.effects.list')}
            </a>,
          ])}
        />
      )}
    </>
  )
}

type Moving = { id: number; state: string; done: number; total: number; changed: number }

/** How far a run is; its script keeps it up to date, and without it the link does. */
export function RunProgress({ t, run, here }: { t: Translate; run: Moving; here: string }) {
  return (
    <section class="stack" aria-labelledby="progress" data-progress={paths.staff.programRunProgress(run.id)}>
      <h3 id="progress">{t('program.progress')}</h3>
      <progress max="1" value={shareOf(run)} aria-labelledby="progress" />
      <p data-progress-text role="status">
        {progressText(t, run)}
      </p>
      <p>
        <a href={here}>{t('program.progress.refresh')}</a>
      </p>
    </section>
  )
}

export function isMoving({ state }: Pick<Moving, 'state'>): boolean {
  return state === 'owed' || state === 'running'
}

export function shareOf({ done, total }: Pick<Moving, 'done' | 'total'>): number {
  return total === 0 ? 1 : Math.min(1, done / total)
}

export function progressText(t: Translate, { done, total, changed }: Moving): string {
  const [shownDone, shownTotal, shownChanged] = [done, total, changed].map((count) =>
    count.toLocaleString(t.locale),
  )
  return t('program.progress.text', { done: shownDone!, total: shownTotal!, changed: shownChanged! })
}
