import { ErrorSummary, type FieldErrors, Input } from '../layout/form.tsx'
import { type Chrome, Page } from '../layout/page.tsx'
import { paths } from '../paths.ts'
import { Doors } from './account-fields.tsx'
import { PASSWORD_MAX_CHARACTERS, PASSWORD_MIN_CHARACTERS } from './password.ts'

type SetPasswordProps = { chrome: Chrome; token: string; candidateId: string; errors?: FieldErrors }

/** Shows the candidate ID, for those who forgot it and for password managers to keep beside the password. */
export function SetPasswordPage({ chrome, token, candidateId, errors }: SetPasswordProps) {
  const { t } = chrome
  return (
    <Page chrome={chrome} title={t('sign-in.set.title')} failed={errors !== undefined} noindex>
      <ErrorSummary t={t} errors={errors} />
      <div class="head">
        <h1>{t('sign-in.set.title')}</h1>
        <p>{t('sign-in.set.intro')}</p>
      </div>
      <form class="form" method="post" action={paths.setPassword(token)}>
        <div class="field">
          <label for="username">{t('sign-in.set.id')}</label>
          <input id="username" autocomplete="username" value={candidateId} readonly />
        </div>
        <Input
          t={t}
          name="password"
          label={t('sign-in.new-password')}
          hint={t('sign-in.new-password.hint', {
            least: PASSWORD_MIN_CHARACTERS,
            most: PASSWORD_MAX_CHARACTERS,
          })}
          type="password"
          autocomplete="new-password"
          errors={errors}
          required
        />
        <div>
          <button class="button" type="submit">
            {t('sign-in.set.submit')}
          </button>
        </div>
      </form>
    </Page>
  )
}

/** Used, too old or never ours: the answer is the same, and the way on is too. */
export function DeadLinkPage({ chrome }: { chrome: Chrome }) {
  const { t } = chrome
  return (
    <Page chrome={chrome} title={t('sign-in.dead.title')} noindex>
      <div class="head">
        <h1>{t('sign-in.dead.title')}</h1>
        <p>{t('sign-in.dead.text')}</p>
      </div>
      <p>
        <a class="button" href={paths.forgotten}>
          {t('sign-in.dead.fresh')}
        </a>
      </p>
      <Doors t={t} to={['sign-in']} />
    </Page>
  )
}
