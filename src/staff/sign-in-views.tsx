import type { Translate } from '../i18n/messages.ts'
import { ErrorSummary, type FieldErrors, Input } from '../layout/form.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import { PasskeyForm } from './passkey-form-views.tsx'

/** Why somebody is shown this page again; the words of the query that says so. */
export const STAFF_NOTICES = ['signed-out', 'session-ended', 'expired', 'passkey-refused'] as const
export type StaffNotice = (typeof STAFF_NOTICES)[number]

type SignInProps = {
  chrome: StaffChrome
  returnTo: string
  email?: string
  notice?: StaffNotice | null
  errors?: FieldErrors
}

export function StaffSignInPage({ chrome, returnTo, email, notice = null, errors }: SignInProps) {
  const { t } = chrome
  return (
    <StaffPage
      chrome={chrome}
      title={t('staff.sign-in.title')}
      failed={errors !== undefined}
      scripts={['passkeys.js']}
    >
      <ErrorSummary t={t} errors={errors} />
      {notice && (
        <div class={notice === 'signed-out' ? 'notice notice--good' : 'notice'} role="status">
          <p>{t(`staff.sign-in.${notice}`)}</p>
        </div>
      )}
      <div class="head">
        <h1>{t('staff.sign-in.title')}</h1>
        <p>{t('staff.sign-in.intro')}</p>
      </div>
      <PasskeySignIn t={t} returnTo={returnTo} />
      <form class="form" method="post" action={paths.staff.signIn}>
        <h2>{t('staff.sign-in.by-password')}</h2>
        <Input
          t={t}
          name="email"
          label={t('staff.email')}
          type="email"
          value={email}
          autocomplete="username"
          errors={errors}
          required
        />
        <PasswordField t={t} errors={errors} />
        <input type="hidden" name="return_to" value={returnTo} />
        <div>
          <button class="button" type="submit">
            {t('staff.sign-in.submit')}
          </button>
        </div>
      </form>
    </StaffPage>
  )
}

function PasskeySignIn({ t, returnTo }: { t: Translate; returnTo: string }) {
  return (
    <PasskeyForm
      t={t}
      kind="get"
      action={paths.staff.signInPasskey}
      options={paths.staff.signInPasskeyChallenge}
      submit={t('staff.sign-in.passkey')}
      failed={t('staff.sign-in.passkey-failed')}
    >
      <input type="hidden" name="return_to" value={returnTo} />
    </PasskeyForm>
  )
}

function PasswordField({ t, errors }: { t: Translate; errors: FieldErrors | undefined }) {
  return (
    <Input
      t={t}
      name="password"
      label={t('staff.password')}
      type="password"
      autocomplete="current-password"
      errors={errors}
      required
    />
  )
}

export function CodeField({
  t,
  errors,
  hint,
}: {
  t: Translate
  errors: FieldErrors | undefined
  hint: string
}) {
  return (
    <Input
      t={t}
      name="code"
      label={t('staff.code')}
      hint={hint}
      autocomplete="one-time-code"
      maxlength={40}
      errors={errors}
      required
    />
  )
}

export function StaffCodePage({ chrome, errors }: { chrome: StaffChrome; errors?: FieldErrors }) {
  const { t } = chrome
  return (
    <StaffPage chrome={chrome} title={t('staff.code.title')} failed={errors !== undefined}>
      <ErrorSummary t={t} errors={errors} />
      <div class="head">
        <h1>{t('staff.code.title')}</h1>
        <p>{t('staff.code.intro')}</p>
      </div>
      <form class="form" method="post" action={paths.staff.signInCode}>
        <CodeField t={t} errors={errors} hint={t('staff.code.hint')} />
        <div>
          <button class="button" type="submit">
            {t('staff.code.submit')}
          </button>
        </div>
      </form>
      <p>
        <a href={paths.staff.signIn}>{t('staff.code.start-again')}</a>
      </p>
    </StaffPage>
  )
}

/** Step-up. Whoever has no password and app is not offered them. */
export function StaffAgainPage({
  chrome,
  returnTo,
  hasApp,
  errors,
}: {
  chrome: StaffChrome
  returnTo: string
  hasApp: boolean
  errors?: FieldErrors
}) {
  const { t } = chrome
  return (
    <StaffPage
      chrome={chrome}
      title={t('staff.again.title')}
      failed={errors !== undefined}
      scripts={['passkeys.js']}
    >
      <ErrorSummary t={t} errors={errors} />
      <div class="head">
        <h1>{t('staff.again.title')}</h1>
        <p>{t('staff.again.intro')}</p>
      </div>
      <PasskeySignIn t={t} returnTo={returnTo} />
      {hasApp && (
        <form class="form" method="post" action={paths.staff.signInAgain}>
          <h2>{t('staff.sign-in.by-password')}</h2>
          <PasswordField t={t} errors={errors} />
          <CodeField t={t} errors={errors} hint={t('staff.code.hint')} />
          <input type="hidden" name="return_to" value={returnTo} />
          <div>
            <button class="button" type="submit">
              {t('staff.again.submit')}
            </button>
          </div>
        </form>
      )}
      <p>
        <a href={paths.staff.home}>{t('staff.again.leave')}</a>
      </p>
    </StaffPage>
  )
}
