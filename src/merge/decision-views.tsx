import { formatInstant } from '../layout/dates.tsx'
import type { FieldErrors } from '../layout/form.tsx'
import type { Chrome } from '../layout/page.tsx'
import { Sentence, SLOT } from '../layout/sentence.tsx'
import { paths } from '../paths.ts'
import type { Preview } from './preview.ts'

export type PreviewProps = {
  chrome: Chrome
  proofId: number
  own: { id: string; name: string }
  preview: Preview
  /** The form's own key, for the request that it may become. */
  submission: string
  errors?: FieldErrors
}

/** The box and the button; or why the records cannot be merged here. */
export function Decision(props: PreviewProps) {
  const { chrome, preview } = props
  const { t } = chrome
  const { undoUntil, conflicts, other, isClosing } = preview
  if (isClosing) {
    return (
      <section class="notice">
        <h2>{t('merge.closing.title')}</h2>
        <p>{t('merge.closing.text')}</p>
      </section>
    )
  }
  if (undoUntil) {
    return (
      <section class="notice">
        <h2>
          <Sentence text={t('merge.undo.title', { time: SLOT })}>
            <time datetime={undoUntil.toISOString()}>{formatInstant(t, undoUntil)}</time>
          </Sentence>
        </h2>
        <p>{t('merge.undo.text', { other: other.id })}</p>
      </section>
    )
  }
  return conflicts.length > 0 ? <ConflictForm {...props} /> : <MergeForm {...props} />
}

function ConflictForm({ chrome: { t }, proofId, preview, submission }: PreviewProps) {
  return (
    <section class="notice">
      <h2>{t('merge.conflict.title')}</h2>
      <p>{t('merge.conflict.text')}</p>
      <ul class="bullets">
        {preview.conflicts.map(({ kind, registrationIds: [one, other] }) => (
          <li>
            {kind === 'same_registration'
              ? t('merge.conflict.same_registration', { one })
              : t(`merge.conflict.${kind}`, { one, other })}
          </li>
        ))}
      </ul>
      <form class="actions" method="post" action={paths.mergePreview(proofId)}>
        <input type="hidden" name="other" value={preview.other.id} />
        <input type="hidden" name="submission" value={submission} />
        <button class="button" type="submit">
          {t('merge.conflict.submit')}
        </button>
        <a href={paths.merge}>{t('common.cancel')}</a>
      </form>
    </section>
  )
}

function MergeForm({ chrome: { t }, proofId, preview, submission, errors }: PreviewProps) {
  const wrong = errors?.sure
  return (
    <form class="form" method="post" action={paths.mergePreview(proofId)} novalidate>
      <input type="hidden" name="other" value={preview.other.id} />
      <input type="hidden" name="submission" value={submission} />
      {wrong && (
        <p id="sure-error" class="field__error">
          {t(wrong[0] === 'merge.changed' ? 'merge.changed' : 'merge.sure.missing')}
        </p>
      )}
      <div class="check">
        <input
          id="sure"
          name="sure"
          type="checkbox"
          required
          {...(wrong && { 'aria-describedby': 'sure-error', 'aria-invalid': 'true' as const })}
        />
        <label for="sure">{t('merge.sure')}</label>
      </div>
      <div class="actions">
        <button class="button button--danger" type="submit">
          {t('merge.submit')}
        </button>
        <a href={paths.merge}>{t('common.cancel')}</a>
      </div>
    </form>
  )
}
