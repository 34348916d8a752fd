import type { MessageKey, Translate } from '../i18n/messages.ts'
import type { FieldErrors } from '../layout/form.tsx'
import { paths } from '../paths.ts'

type PhotoFormProps = { t: Translate; token: string; errors: FieldErrors | undefined }

export function PhotoForm({ t, token, errors }: PhotoFormProps) {
  const wrong = errors?.photo?.[0]
  const describedBy = wrong ? 'photo-hint photo-error' : 'photo-hint'
  return (
    <form class="form" method="post" action={paths.recoveryPhoto(token)} enctype="multipart/form-data">
      <div class={wrong ? 'field field--invalid' : 'field'}>
        <label for="photo">{t('recovery.photo.label')}</label>
        <p id="photo-hint" class="field__hint">
          {t('recovery.photo.hint')}
        </p>
        {wrong && (
          <p id="photo-error" class="field__error">
            {t(wrong as MessageKey & 'common.save')}
          </p>
        )}
        <input
          id="photo"
          name="photo"
          type="file"
          accept="image/jpeg,image/png,image/heic,application/pdf"
          aria-describedby={describedBy}
          {...(wrong && { 'aria-invalid': 'true' as const })}
          required
        />
      </div>
      <div>
        <button class="button" type="submit">
          {t('recovery.photo.submit')}
        </button>
      </div>
    </form>
  )
}
