import type { Translate } from '../i18n/messages.ts'
import { paths } from '../paths.ts'

/** The link in a field to copy by hand, and the Share icon that copies it where there is a script. */
export function ShareLink({ t, id, link }: { t: Translate; id: number; link: string }) {
  const field = `link-${id}`
  return (
    <div class="share">
      <label class="visually-hidden" for={field}>
        {t('transcripts.share.link')}
      </label>
      <input id={field} class="share__link" type="text" value={link} readonly dir="ltr" />
      <button
        class="icon"
        type="button"
        title={t('transcripts.share.copy')}
        data-copy={field}
        data-copied={t('transcripts.share.copied')}
        data-manual={t('transcripts.share.manual')}
        hidden
      >
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <circle cx="18" cy="5" r="2.6" />
          <circle cx="6" cy="12" r="2.6" />
          <circle cx="18" cy="19" r="2.6" />
          <path d="M8.3 10.7 15.7 6.3M8.3 13.3l7.4 4.4" />
        </svg>
        {t('transcripts.share')}
      </button>
      <a class="share__open" href={new URL(link).pathname}>
        {t('transcripts.open')}
      </a>
      <p id={`${field}-status`} class="share__status" role="status" />
    </div>
  )
}

/** The ways to change a transcript that still has a future. */
export function TranscriptActions({ t, id }: { t: Translate; id: number }) {
  return (
    <div class="actions">
      <a href={paths.editTranscript(id)}>{t('transcripts.edit')}</a>
      <a href={paths.disableTranscript(id)}>{t('transcripts.disable')}</a>
    </div>
  )
}
