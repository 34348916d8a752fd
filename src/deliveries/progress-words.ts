import type { Translate } from '../i18n/messages.ts'
import { type Progress, shareDone, stageOf } from './progress.ts'

/** How far an import is, in one sentence. */
export function progressText(t: Translate, progress: Progress): string {
  const stage = stageOf(progress)
  const percent = new Intl.NumberFormat(t.locale, { style: 'percent' }).format(shareDone(progress))
  const rows = t.plural('deliveries.rows', progress.rows)
  if (stage === 'staging') return t('deliveries.stage.staging', { rows, percent })
  if (stage === 'applying') {
    const applied = new Intl.NumberFormat(t.locale).format(progress.counts.read)
    return t('deliveries.stage.applying', { applied, rows, percent })
  }
  return t(`deliveries.stage.${stage}`)
}
