import { ErrorSummary, type FieldErrors, Input } from '../layout/form.tsx'
import { type Chrome, Page } from '../layout/page.tsx'
import { paths } from '../paths.ts'
import { inGroupsOfFour } from './authenticator-setup.ts'
import { BackToSecurity } from './back-link.tsx'
import { QrImage } from './qr-image.tsx'

export function AuthenticatorStartPage({ chrome }: { chrome: Chrome }) {
  const { t } = chrome
  return (
    <Page chrome={chrome} title={t('security.authenticator.set-up')} section="profile">
      <div class="head">
        <h1>{t('security.authenticator.set-up')}</h1>
        <p>{t('security.authenticator.intro')}</p>
      </div>
      <form method="post" action={paths.securityAuthenticator}>
        <button class="button" type="submit">
          {t('security.authenticator.start')}
        </button>
      </form>
      <BackToSecurity t={t} />
    </Page>
  )
}

type Setup = { base32: string; label: string; address: string }
type ConfirmProps = { chrome: Chrome; setup: Setup; errors?: FieldErrors }

/** What an app needs to know, to scan and to type; it counts for nothing until a code of it was right. */
export function ConfirmAuthenticatorPage({ chrome, setup, errors }: ConfirmProps) {
  const { t } = chrome
  const title = t('security.authenticator.set-up')
  return (
    <Page chrome={chrome} title={title} section="profile" failed={errors !== undefined}>
      <ErrorSummary t={t} errors={errors} />
      <div class="head">
        <h1>{title}</h1>
        <p>{t('security.authenticator.private')}</p>
      </div>
      <section class="stack">
        <h2>{t('security.authenticator.scan')}</h2>
        <QrImage text={setup.address} label={t('security.authenticator.qr')} />
        <h3>{t('security.authenticator.key')}</h3>
        <p>
          <code dir="ltr">{inGroupsOfFour(setup.base32)}</code>
        </p>
        <p class="soft">{t('security.authenticator.key.hint', { account: setup.label })}</p>
      </section>
      <form class="form" method="post" action={paths.confirmAuthenticator}>
        <Input
          t={t}
          name="code"
          label={t('security.authenticator.code')}
          hint={t('security.authenticator.code.hint')}
          inputmode="numeric"
          autocomplete="one-time-code"
          errors={errors}
          required
        />
        <div>
          <button class="button" type="submit">
            {t('security.authenticator.confirm')}
          </button>
        </div>
      </form>
      <BackToSecurity t={t} />
    </Page>
  )
}

export function TurnOffPage({ chrome }: { chrome: Chrome }) {
  const { t } = chrome
  return (
    <Page chrome={chrome} title={t('security.authenticator.remove.title')} section="profile">
      <div class="head">
        <h1>{t('security.authenticator.remove.title')}</h1>
        <p>{t('security.authenticator.remove.text')}</p>
      </div>
      <form class="actions" method="post" action={paths.removeAuthenticator}>
        <button class="button button--danger" type="submit">
          {t('security.authenticator.remove.submit')}
        </button>
        <a href={paths.security}>{t('common.cancel')}</a>
      </form>
    </Page>
  )
}
