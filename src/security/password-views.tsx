import { ErrorSummary, type FieldErrors, Input } from '../layout/form.tsx'
import { type Chrome, Page } from '../layout/page.tsx'
import { paths } from '../paths.ts'
import { PASSWORD_MAX_CHARACTERS, PASSWORD_MIN_CHARACTERS } from '../sign-in/password.ts'
import { BackToSecurity } from './back-link.tsx'

type PasswordProps = { chrome: Chrome; candidateId: string; hasPassword: boolean; errors?: FieldErrors }

/** Never shows a password again that was typed; the candidate ID is for password managers to keep beside it. */
export function PasswordPage({ chrome, candidateId, hasPassword, errors }: PasswordProps) {
  const { t } = chrome
  const title = t(hasPassword ? 'security.password.change' : 'security.password.choose')
  return (
    <Page chrome={chrome} title={title} section="profile" failed={errors !== undefined}>
      <ErrorSummary t={t} errors={errors} />
      <div class="head">
        <h1>{title}</h1>
        <p>{t('security.password.intro')}</p>
      </div>
      <form class="form" method="post" action={paths.securityPassword}>
        <div class="field">
          <label for="username">{t('sign-in.set.id')}</label>
          <input id="username" autocomplete="username" value={candidateId} readonly />
        </div>
        {hasPassword && (
          <Input
            t={t}
            name="current"
            label={t('security.password.current')}
            type="password"
            autocomplete="current-password"
            errors={errors}
            required
          />
        )}
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
            {t('security.password.save')}
          </button>
        </div>
      </form>
      <BackToSecurity t={t} />
    </Page>
  )
}
