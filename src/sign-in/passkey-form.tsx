import type { Translate } from '../i18n/messages.ts'
import { paths } from '../paths.ts'

/** What a page with a passkey form loads. */
export const PASSKEY_SCRIPTS = ['passkeys.js']

type PasskeyFormProps = { t: Translate; action: string; returnTo: string; title: string; submit: string }

/** Hidden until the script finds that the browser has passkeys. */
export function PasskeyForm({ t, action, returnTo, title, submit }: PasskeyFormProps) {
  return (
    <form
      class="form"
      method="post"
      action={action}
      id="passkey"
      data-passkey="get"
      data-options={paths.signInPasskeyChallenge}
      hidden
    >
      <h2>{title}</h2>
      <input type="hidden" name="passkey" value="" />
      <input type="hidden" name="return_to" value={returnTo} />
      <p class="field__error" role="alert" data-passkey-error="" hidden>
        {t('sign-in.passkey.nothing')}
      </p>
      <div>
        <button class="button" type="submit">
          {submit}
        </button>
      </div>
    </form>
  )
}
