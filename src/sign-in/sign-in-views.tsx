import { ErrorSummary, type FieldErrors, Input } from '../layout/form.tsx'
import { type Chrome, Page } from '../layout/page.tsx'
import { paths } from '../paths.ts'
import type { Program } from '../program/program.ts'
import { AccountField, Doors } from './account-fields.tsx'
import { PASSKEY_SCRIPTS, PasskeyForm } from './passkey-form.tsx'

/** Why somebody is shown this page again; the words of the query that says so. */
export const NOTICES = ['signed-out', 'session-ended', 'late'] as const

type SignInProps = {
  chrome: Chrome
  program: Program
  returnTo: string
  account?: string
  notice?: (typeof NOTICES)[number] | null
  errors?: FieldErrors
}

export function SignInPage({ chrome, program, returnTo, account = '', notice = null, errors }: SignInProps) {
  const { t } = chrome
  return (
    <Page
      chrome={chrome}
      title={t('sign-in.title')}
      section="sign-in"
      failed={errors !== undefined}
      scripts={PASSKEY_SCRIPTS}
    >
      <ErrorSummary t={t} errors={errors} />
      {notice && (
        <div class={notice === 'signed-out' ? 'notice notice--good' : 'notice'} role="status">
          <p>{t(`sign-in.${notice}`)}</p>
        </div>
      )}
      <div class="head">
        <h1>{t('sign-in.title')}</h1>
        <p>{t('sign-in.intro')}</p>
      </div>
      <form class="form" method="post" action={paths.signIn}>
        <AccountField t={t} program={program} value={account} errors={errors} />
        <Input
          t={t}
          name="password"
          label={t('sign-in.password')}
          type="password"
          autocomplete="current-password"
          errors={errors}
          required
        />
        <input type="hidden" name="return_to" value={returnTo} />
        <div>
          <button class="button" type="submit">
            {t('sign-in.submit')}
          </button>
        </div>
      </form>
      <PasskeyForm
        t={t}
        action={paths.signInPasskey}
        returnTo={returnTo}
        title={t('sign-in.passkey.title')}
        submit={t('sign-in.passkey.submit')}
      />
      <Doors t={t} to={['first-sign-in', 'forgotten', 'lost-address', 'verify']} />
    </Page>
  )
}
