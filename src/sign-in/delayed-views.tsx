import { formatInstant } from '../layout/dates.tsx'
import { type Chrome, Page } from '../layout/page.tsx'
import { Sentence, SLOT } from '../layout/sentence.tsx'
import { paths } from '../paths.ts'
import { Doors } from './account-fields.tsx'
import { PASSKEY_SCRIPTS, PasskeyForm } from './passkey-form.tsx'

type DelayedProps = {
  chrome: Chrome
  until: Date
  /** In seconds. */
  wait: number
  returnTo: string
}

/** Too many wrong tries: when the next may follow, and the ways in that do not have to wait. The same for every name. */
export function DelayedPage({ chrome, until, wait, returnTo }: DelayedProps) {
  const { t } = chrome
  const minutes = Math.ceil(wait / 60)
  return (
    <Page
      chrome={chrome}
      title={t('sign-in.delayed.title')}
      section="sign-in"
      scripts={PASSKEY_SCRIPTS}
      failed
      noindex
    >
      <div class="head">
        <h1>{t('sign-in.delayed.title')}</h1>
        <p>
          <Sentence
            text={t(minutes === 1 ? 'sign-in.delayed.minute' : 'sign-in.delayed.minutes', {
              minutes,
              time: SLOT,
            })}
          >
            <time datetime={until.toISOString()}>{formatInstant(t, until)}</time>
          </Sentence>
        </p>
        <p>{t('sign-in.delayed.ways')}</p>
      </div>
      <PasskeyForm
        t={t}
        action={paths.signInPasskey}
        returnTo={returnTo}
        title={t('sign-in.passkey.title')}
        submit={t('sign-in.passkey.submit')}
      />
      <Doors t={t} to={['forgotten', 'sign-in']} />
    </Page>
  )
}
