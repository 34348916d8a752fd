import type { Child } from 'hono/jsx'
import type { Translate } from '../i18n/messages.ts'

type PasskeyFormProps = {
  t: Translate
  kind: 'get' | 'create'
  action: string
  /** Where passkeys.js gets the options from. */
  options: string
  submit: string
  failed: string
  children?: Child
}

/** A form that passkeys.js shows where the browser has passkeys; without it nothing here can be sent. */
export function PasskeyForm({ t, kind, action, options, submit, failed, children }: PasskeyFormProps) {
  return (
    <>
      <p data-passkey-missing>{t('staff.passkey.missing')}</p>
      <form class="form" method="post" action={action} data-passkey={kind} data-options={options} hidden>
        {children}
        <input type="hidden" name="passkey" />
        <p class="field__error" data-passkey-error hidden role="alert">
          {failed}
        </p>
        {kind === 'create' && (
          <p class="field__error" data-passkey-error="InvalidStateError" hidden role="alert">
            {t('staff.passkey.known')}
          </p>
        )}
        <div>
          <button class="button" type="submit">
            {submit}
          </button>
        </div>
      </form>
    </>
  )
}
