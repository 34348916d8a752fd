import { ErrorSummary, type FieldErrors, Input } from '../layout/form.tsx'
import { type Chrome, Page } from '../layout/page.tsx'
import { paths } from '../paths.ts'
import { Doors } from './account-fields.tsx'

/** The code from the app, and for those without their phone a recovery code. What was typed is not shown again. */
export function CodePage({ chrome, errors }: { chrome: Chrome; errors?: FieldErrors }) {
  const { t } = chrome
  return (
    <Page
      chrome={chrome}
      title={t('sign-in.code.title')}
      section="sign-in"
      failed={errors !== undefined}
      noindex
    >
      <ErrorSummary t={t} errors={errors} />
      <div class="head">
        <h1>{t('sign-in.code.title')}</h1>
        <p>{t('sign-in.code.intro')}</p>
      </div>
      <form class="form" method="post" action={paths.signInCode}>
        <Input
          t={t}
          name="code"
          label={t('sign-in.code')}
          hint={t('sign-in.code.hint')}
          inputmode="numeric"
          autocomplete="one-time-code"
          errors={errors}
          required
        />
        <div>
          <button class="button" type="submit">
            {t('sign-in.code.submit')}
          </button>
        </div>
      </form>
      <form class="form" method="post" action={paths.signInCode}>
        <h2>{t('sign-in.recovery_code.title')}</h2>
        <Input
          t={t}
          name="recovery_code"
          label={t('sign-in.recovery_code')}
          hint={t('sign-in.recovery_code.hint')}
          autocomplete="off"
          errors={errors}
          required
        />
        <div>
          <button class="button" type="submit">
            {t('sign-in.recovery_code.submit')}
          </button>
        </div>
      </form>
      <Doors t={t} to={['sign-in']} />
    </Page>
  )
}
