import { type QrCode, qrCode } from '../documents/qr.ts'
import type { Translate } from '../i18n/messages.ts'
import { type FieldErrors, Input } from '../layout/form.tsx'
import { PASSWORD_MAX_CHARACTERS, PASSWORD_MIN_CHARACTERS } from '../sign-in/password.ts'
import type { AppOffer } from './app-offer.ts'
import { CodeField } from './sign-in-views.tsx'

type PasswordAndAppProps = {
  t: Translate
  action: string
  email: string
  offer: AppOffer
  submit: string
  errors: FieldErrors | undefined
}

/** Chooses a password and takes an authenticator app into use, in one form: the one is nothing without the other. */
export function PasswordAndAppForm({ t, action, email, offer, submit, errors }: PasswordAndAppProps) {
  return (
    <form class="form" method="post" action={action}>
      <div class="field">
        <label for="username">{t('staff.email')}</label>
        <input id="username" autocomplete="username" value={email} readonly />
      </div>
      <NewPasswordField t={t} errors={errors} />
      <div class="stack">
        <p>{t('staff.app.scan')}</p>
        <QrPicture code={qrCode(offer.address)} label={t('staff.app.qr')} />
        <p>
          {t('staff.app.type')} <code>{offer.base32.match(/.{1,4}/g)!.join(' ')}</code>
        </p>
      </div>
      <input type="hidden" name="offer" value={offer.sealed} />
      <CodeField t={t} errors={errors} hint={t('staff.app.code-hint')} />
      <div>
        <button class="button" type="submit">
          {submit}
        </button>
      </div>
    </form>
  )
}

export function NewPasswordField({ t, errors }: { t: Translate; errors: FieldErrors | undefined }) {
  return (
    <Input
      t={t}
      name="password"
      label={t('sign-in.new-password')}
      hint={t('sign-in.new-password.hint', { least: PASSWORD_MIN_CHARACTERS, most: PASSWORD_MAX_CHARACTERS })}
      type="password"
      autocomplete="new-password"
      errors={errors}
      required
    />
  )
}

/** Dark on light whatever the colours of the page are: scanners want it so. */
function QrPicture({ code, label }: { code: QrCode; label: string }) {
  const path = code.boxes.map(([x, y, width, height]) => `M${x} ${y}h${width}v${height}h-${width}z`).join('')
  return (
    <svg
      viewBox={`0 0 ${code.modules} ${code.modules}`}
      width="220"
      height="220"
      role="img"
      aria-label={label}
    >
      <rect width={code.modules} height={code.modules} fill="#fff" />
      <path d={path} fill="#000" shape-rendering="crispEdges" />
    </svg>
  )
}

/** The only time that the codes are shown. */
export function RecoveryCodeList({ t, codes }: { t: Translate; codes: readonly string[] }) {
  return (
    <>
      <div class="notice">
        <p>{t('staff.recovery-codes.keep')}</p>
      </div>
      <ol>
        {codes.map((code) => (
          <li>
            <code>{code}</code>
          </li>
        ))}
      </ol>
    </>
  )
}
