import { calendarDateIn } from '../core/calendar-date.ts'
import { paths } from '../paths.ts'
import { DateOnly } from './dates.tsx'
import type { Chrome } from './page.tsx'
import { Sentence, SLOT } from './sentence.tsx'

/** On every page of somebody whose account is about to close: when, and the button that keeps it. */
export function ClosingNotice({ chrome: { t, program, viewer } }: { chrome: Chrome }) {
  if (!viewer?.closesAt) return null
  const date = calendarDateIn(program?.settings.timeZone ?? 'UTC', viewer.closesAt)
  return (
    <aside class="notice notice--bad" aria-label={t('privacy.close.title')}>
      <p>
        <Sentence text={t('privacy.closing.text', { date: SLOT })}>
          <DateOnly t={t} date={date} />
        </Sentence>
      </p>
      <form method="post" action={paths.keepAccount}>
        <button class="button" type="submit">
          {t('privacy.closing.stop')}
        </button>
      </form>
    </aside>
  )
}
