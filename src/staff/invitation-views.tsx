import { ErrorSummary, type FieldErrors } from '../layout/form.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import type { AppOffer } from './app-offer.ts'
import { PasswordAndAppForm, RecoveryCodeList } from './app-offer-views.tsx'
import { PasskeyForm } from './passkey-form-views.tsx'
import type { Role } from './permissions.ts'

type InvitationProps = {
  chrome: StaffChrome
  token: string
  invited: { name: string; email: string; role: Role }
  offer: AppOffer
  errors?: FieldErrors
}

/** Both ways in; one of them, taken whole, is enough. */
export function InvitationPage({ chrome, token, invited, offer, errors }: InvitationProps) {
  const { t } = chrome
  const { name, email, role } = invited
  const action = paths.staff.invitation(token)
  return (
    <StaffPage
      chrome={chrome}
      title={t('staff.invitation.title')}
      failed={errors !== undefined}
      scripts={['passkeys.js']}
    >
      <ErrorSummary t={t} errors={errors} />
      <div class="head">
        <h1>{t('staff.invitation.title')}</h1>
        <p>{t('staff.invitation.intro', { name, role: t(`staff.role.${role}`) })}</p>
      </div>
      <section class="stack" id="passkey">
        <h2>{t('staff.invitation.passkey')}</h2>
        <p>{t('staff.invitation.passkey-why')}</p>
        <PasskeyForm
          t={t}
          kind="create"
          action={`${action}/passkey`}
          options={`${action}/passkey/challenge`}
          submit={t('staff.invitation.passkey-submit')}
          failed={t('staff.passkey.not-made')}
        />
      </section>
      <section class="stack">
        <h2>{t('staff.invitation.app')}</h2>
        <p>{t('staff.invitation.app-why')}</p>
        <PasswordAndAppForm
          t={t}
          action={action}
          email={email}
          offer={offer}
          submit={t('staff.invitation.app-submit')}
          errors={errors}
        />
      </section>
    </StaffPage>
  )
}

export function InvitationAcceptedPage({ chrome, codes }: { chrome: StaffChrome; codes: readonly string[] }) {
  const { t } = chrome
  return (
    <StaffPage chrome={chrome} title={t('staff.recovery-codes.title')}>
      <div class="head">
        <h1>{t('staff.recovery-codes.title')}</h1>
        <p>{t('staff.invitation.accepted')}</p>
      </div>
      <RecoveryCodeList t={t} codes={codes} />
      <p>
        <a class="button" href={paths.staff.home}>
          {t('staff.recovery-codes.kept')}
        </a>
      </p>
    </StaffPage>
  )
}

/** Used, too old, replaced or never ours: the answer is the same. Only an owner can send a fresh one. */
export function DeadInvitationPage({ chrome }: { chrome: StaffChrome }) {
  const { t } = chrome
  return (
    <StaffPage chrome={chrome} title={t('staff.invitation.dead.title')}>
      <div class="head">
        <h1>{t('staff.invitation.dead.title')}</h1>
        <p>{t('staff.invitation.dead.text')}</p>
      </div>
      <p>
        <a href={paths.staff.signIn}>{t('staff.sign-in.title')}</a>
      </p>
    </StaffPage>
  )
}
