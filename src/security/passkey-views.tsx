import type { Translate } from '../i18n/messages.ts'
import { Instant } from '../layout/dates.tsx'
import { ErrorSummary, type FieldErrors, Input } from '../layout/form.tsx'
import { type Chrome, Page } from '../layout/page.tsx'
import { paths } from '../paths.ts'
import { BackToSecurity } from './back-link.tsx'
import { NAME_LIMIT, PASSKEY_LIMIT } from './passkey-limit.ts'
import type { ListedPasskey } from './passkey-list-views.tsx'

type AddPasskeyProps = { chrome: Chrome; name: string; isFull: boolean; errors?: FieldErrors }

/** Without a script there is only the reason why there is no form; passkeys.js shows the one and hides the other. */
export function AddPasskeyPage({ chrome, name, isFull, errors }: AddPasskeyProps) {
  const { t } = chrome
  const title = t('security.passkey.title')
  return (
    <Page
      chrome={chrome}
      title={title}
      section="profile"
      failed={errors !== undefined}
      scripts={['passkeys.js']}
    >
      <ErrorSummary t={t} errors={errors} />
      <div class="head">
        <h1>{title}</h1>
        <p>{t('security.passkeys.what')}</p>
      </div>
      {isFull ? (
        <p class="notice">{t('security.passkeys.full', { limit: PASSKEY_LIMIT })}</p>
      ) : (
        <div id="passkey" class="stack" tabindex={-1}>
          <p class="notice" data-passkey-missing>
            {t('security.passkey.missing')}
          </p>
          <AddPasskeyForm t={t} name={name} errors={errors} />
        </div>
      )}
      <BackToSecurity t={t} />
    </Page>
  )
}

type FormProps = { t: Translate; name: string; errors: FieldErrors | undefined }

function AddPasskeyForm({ t, name, errors }: FormProps) {
  return (
    <form
      class="form"
      method="post"
      action={paths.securityPasskeys}
      data-passkey="create"
      data-options={paths.securityPasskeyChallenge}
      hidden
    >
      <input type="hidden" name="passkey" />
      <Input
        t={t}
        name="name"
        label={t('security.passkey.name')}
        hint={t('security.passkey.name.hint')}
        value={name}
        maxlength={NAME_LIMIT}
        errors={errors}
        dir="auto"
        optional
      />
      <p class="field__error" role="alert" data-passkey-error="" hidden>
        {t('security.passkey.failed')}
      </p>
      <p class="field__error" role="alert" data-passkey-error="InvalidStateError" hidden>
        {t('security.passkey.known')}
      </p>
      <div>
        <button class="button" type="submit">
          {t('security.passkey.submit')}
        </button>
      </div>
    </form>
  )
}

type RemovePasskeyProps = { chrome: Chrome; passkey: ListedPasskey; isLastWay: boolean }

export function RemovePasskeyPage({ chrome, passkey, isLastWay }: RemovePasskeyProps) {
  const { t } = chrome
  const { credentialId, name, createdAt } = passkey
  return (
    <Page chrome={chrome} title={t('security.passkey.remove.title')} section="profile">
      <div class="head">
        <h1>{t('security.passkey.remove.title')}</h1>
        <p>{t('security.passkey.remove.text')}</p>
      </div>
      {isLastWay && <p class="notice">{t('security.passkey.remove.last')}</p>}
      <dl class="printed">
        <div>
          <dt>{t('security.passkeys.name')}</dt>
          <dd>
            <bdi>{name}</bdi>
          </dd>
        </div>
        <div>
          <dt>{t('security.passkeys.added')}</dt>
          <dd>
            <Instant t={t} at={createdAt} />
          </dd>
        </div>
      </dl>
      <form class="actions" method="post" action={paths.removePasskey(credentialId)}>
        <button class="button button--danger" type="submit">
          {t('security.passkey.remove.submit')}
        </button>
        <a href={paths.security}>{t('common.cancel')}</a>
      </form>
    </Page>
  )
}
