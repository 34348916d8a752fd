import type { Child } from 'hono/jsx'
import { ErrorSummary, type FieldErrors, Input } from '../layout/form.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import type { AppOffer } from './app-offer.ts'
import { NewPasswordField, PasswordAndAppForm, RecoveryCodeList } from './app-offer-views.tsx'
import { PasskeyForm } from './passkey-form-views.tsx'

type FrameProps = {
  chrome: StaffChrome
  title: string
  intro: string
  errors?: FieldErrors | undefined
  scripts?: readonly string[]
  children: Child
}

/** A page of one change to one's own sign-in. */
export function ChangeFrame({ chrome, title, intro, errors, scripts = [], children }: FrameProps) {
  const { t } = chrome
  return (
    <StaffPage
      chrome={chrome}
      title={title}
      section="security"
      failed={errors !== undefined}
      scripts={scripts}
    >
      <ErrorSummary t={t} errors={errors} />
      <div class="head">
        <h1>{title}</h1>
        <p>{intro}</p>
      </div>
      {children}
      <p>
        <a href={paths.staff.security}>{t('staff.security.back')}</a>
      </p>
    </StaffPage>
  )
}

type PageProps = { chrome: StaffChrome; errors?: FieldErrors }

export function AddPasskeyPage({ chrome, errors, device }: PageProps & { device: string }) {
  const { t } = chrome
  return (
    <ChangeFrame
      chrome={chrome}
      title={t('staff.security.add-passkey')}
      intro={t('staff.invitation.passkey-why')}
      errors={errors}
      scripts={['passkeys.js']}
    >
      <PasskeyForm
        t={t}
        kind="create"
        action={paths.staff.ownPasskeys}
        options={paths.staff.ownPasskeyChallenge}
        submit={t('staff.security.add-passkey-submit')}
        failed={t('staff.passkey.not-made')}
      >
        <Input
          t={t}
          name="name"
          label={t('staff.security.passkey-name')}
          hint={t('staff.security.passkey-name-hint')}
          value={device}
          maxlength={100}
          errors={errors}
          dir="auto"
        />
      </PasskeyForm>
    </ChangeFrame>
  )
}

export function ChangePasswordPage({ chrome, errors }: PageProps) {
  const { t } = chrome
  return (
    <ChangeFrame
      chrome={chrome}
      title={t('staff.security.change-password')}
      intro={t('staff.security.change-password-intro')}
      errors={errors}
    >
      <form class="form" method="post" action={paths.staff.ownPassword}>
        <Input
          t={t}
          name="current"
          label={t('staff.security.current-password')}
          type="password"
          autocomplete="current-password"
          errors={errors}
          required
        />
        <NewPasswordField t={t} errors={errors} />
        <div>
          <button class="button" type="submit">
            {t('staff.security.change-password-submit')}
          </button>
        </div>
      </form>
    </ChangeFrame>
  )
}

export function SetAppPage({ chrome, errors, email, offer }: PageProps & { email: string; offer: AppOffer }) {
  const { t } = chrome
  return (
    <ChangeFrame
      chrome={chrome}
      title={t('staff.security.set-app')}
      intro={t('staff.security.set-app-intro')}
      errors={errors}
    >
      <PasswordAndAppForm
        t={t}
        action={paths.staff.ownApp}
        submit={t('staff.security.set-app-submit')}
        {...{ email, offer, errors }}
      />
    </ChangeFrame>
  )
}

export function NewCodesPage({ chrome, codes }: { chrome: StaffChrome; codes: readonly string[] }) {
  const { t } = chrome
  return (
    <ChangeFrame
      chrome={chrome}
      title={t('staff.recovery-codes.title')}
      intro={t('staff.recovery-codes.replaced')}
    >
      <RecoveryCodeList t={t} codes={codes} />
    </ChangeFrame>
  )
}

type ConfirmProps = PageProps & { title: string; text: string; action: string; submit: string }

/** Says what will happen; a button does it. */
export function ConfirmChangePage({ chrome, errors, title, text, action, submit }: ConfirmProps) {
  return (
    <ChangeFrame chrome={chrome} title={title} intro={text} errors={errors}>
      <form method="post" action={action} id="change">
        <button class="button button--danger" type="submit">
          {submit}
        </button>
      </form>
    </ChangeFrame>
  )
}
