import { ErrorSummary, type FieldErrors, Input } from '../layout/form.tsx'
import { type Chrome, Page } from '../layout/page.tsx'
import { paths } from '../paths.ts'
import { PASSKEY_SCRIPTS, PasskeyForm } from './passkey-form.tsx'

type AgainProps = {
  chrome: Chrome
  methods: { hasPassword: boolean; hasTotp: boolean; hasPasskey: boolean }
  returnTo: string
  errors?: FieldErrors
}

/** Who they are, once more, by any way that they have; those who have none are shown how to get one. */
export function AgainPage({ chrome, methods, returnTo, errors }: AgainProps) {
  const { t } = chrome
  const { hasPassword, hasTotp, hasPasskey } = methods
  return (
    <Page
      chrome={chrome}
      title={t('sign-in.again.title')}
      failed={errors !== undefined}
      scripts={PASSKEY_SCRIPTS}
      noindex
    >
      <ErrorSummary t={t} errors={errors} />
      <div class="head">
        <h1>{t('sign-in.again.title')}</h1>
        <p>{t('sign-in.again.intro')}</p>
      </div>
      {hasPassword && (
        <form class="form" method="post" action={paths.signInAgain}>
          <Input
            t={t}
            name="password"
            label={t('sign-in.password')}
            type="password"
            autocomplete="current-password"
            errors={errors}
            required
          />
          {hasTotp && (
            <Input
              t={t}
              name="code"
              label={t('sign-in.code')}
              hint={t('sign-in.again.code.hint')}
              autocomplete="one-time-code"
              errors={errors}
              required
            />
          )}
          <input type="hidden" name="return_to" value={returnTo} />
          <div>
            <button class="button" type="submit">
              {t('sign-in.again.submit')}
            </button>
          </div>
        </form>
      )}
      {hasPasskey && (
        <PasskeyForm
          t={t}
          action={paths.signInAgain}
          returnTo={returnTo}
          title={t('sign-in.again.passkey.title')}
          submit={t('sign-in.again.passkey.submit')}
        />
      )}
      <p>
        {t(hasPassword || hasPasskey ? 'sign-in.again.forgotten' : 'sign-in.again.none')}{' '}
        <a href={paths.forgotten}>{t('sign-in.again.link')}</a>
      </p>
    </Page>
  )
}
