import { ErrorSummary, type FieldErrors, Input } from '../layout/form.tsx'
import { type Chrome, Page } from '../layout/page.tsx'
import { paths } from '../paths.ts'

const GOES = ['person', 'access', 'transcripts', 'files'] as const
const STAYS = ['results', 'audit', 'hash', 'backup', 'vendor'] as const

type ClosingProps = {
  chrome: Chrome
  candidateId: string
  values: { verification: string; confirm: string }
  errors?: FieldErrors
}

/** What closing does, word for word, and the form that begins it. */
export function ClosingPage({ chrome, candidateId, values, errors }: ClosingProps) {
  const { t } = chrome
  return (
    <Page chrome={chrome} title={t('privacy.close.title')} section="profile" failed={errors !== undefined}>
      <ErrorSummary t={t} errors={errors} />
      <div class="head">
        <h1>{t('privacy.close.title')}</h1>
        <p>{t('privacy.close.text')}</p>
      </div>
      <section class="stack">
        <h2>{t('privacy.close.goes')}</h2>
        <ul class="bullets">
          {GOES.map((item) => (
            <li>{t(`privacy.close.goes.${item}`)}</li>
          ))}
        </ul>
      </section>
      <section class="stack">
        <h2>{t('privacy.close.stays')}</h2>
        <ul class="bullets">
          {STAYS.map((item) => (
            <li>{t(`privacy.close.stays.${item}`)}</li>
          ))}
        </ul>
      </section>
      <form class="form" method="post" action={paths.closing}>
        <Verification chrome={chrome} chosen={values.verification} errors={errors} />
        <Input
          t={t}
          name="confirm"
          label={t('privacy.close.confirm')}
          hint={t('privacy.close.confirm.hint', { id: candidateId })}
          value={values.confirm}
          maxlength={50}
          errors={errors}
          required
        />
        <div class="actions">
          <button class="button button--danger" type="submit">
            {t('privacy.close.submit')}
          </button>
          <a href={paths.privacy}>{t('common.cancel')}</a>
        </div>
      </form>
    </Page>
  )
}

type VerificationProps = { chrome: Chrome; chosen: string; errors: FieldErrors | undefined }

function Verification({ chrome: { t }, chosen, errors }: VerificationProps) {
  return (
    <fieldset class="form__group">
      <legend>{t('privacy.close.verification')}</legend>
      {errors?.verification && (
        <p id="verification-error" class="field__error">
          {t('privacy.close.verification.missing')}
        </p>
      )}
      {(['ends', 'keeps'] as const).map((choice) => (
        <div class="check">
          <input
            id={choice === 'ends' ? 'verification' : 'verification-keeps'}
            name="verification"
            type="radio"
            value={choice}
            checked={chosen === choice}
            aria-describedby={`verification-${choice}-hint`}
            {...(errors?.verification && { 'aria-invalid': 'true' as const })}
          />
          <label for={choice === 'ends' ? 'verification' : 'verification-keeps'}>
            {t(`privacy.close.verification.${choice}`)}
          </label>
          <span id={`verification-${choice}-hint`} class="soft">
            {t(`privacy.close.verification.${choice}.hint`)}
          </span>
        </div>
      ))}
    </fieldset>
  )
}
