import type { Translate } from '../i18n/messages.ts'
import { paths } from '../paths.ts'
import { type Progress, shareDone } from './progress.ts'
import { progressText } from './progress-words.ts'

/** How far the import is; delivery-progress.js keeps it up to date, and without it the link does. */
export function ImportProgress({ t, id, progress }: { t: Translate; id: string; progress: Progress }) {
  return (
    <section class="stack" aria-labelledby="progress" data-progress={paths.staff.deliveryProgress(id)}>
      <h2 id="progress">{t('deliveries.progress')}</h2>
      <progress max="1" value={shareDone(progress)} aria-labelledby="progress" />
      <p data-progress-text role="status">
        {progressText(t, progress)}
      </p>
      <p>
        <a href={paths.staff.delivery(id)}>{t('deliveries.refresh')}</a>
      </p>
    </section>
  )
}
