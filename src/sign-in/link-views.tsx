import { ErrorSummary, type FieldErrors, Input } from '../layout/form.tsx'
import { type Chrome, Page } from '../layout/page.tsx'
import { paths } from '../paths.ts'
import type { Program } from '../program/program.ts'
import { AccountField, Doors, exampleId } from './account-fields.tsx'

type LinkFormProps = { chrome: Chrome; program: Program; typed?: string; errors?: FieldErrors }

/** "Never logged in before?": the two ways to be found, side by side. */
export function FirstSignInPage({ chrome, program, typed = '', errors }: LinkFormProps) {
  const { t } = chrome
  return (
    <Page chrome={chrome} title={t('sign-in.first.title')} section="sign-in" failed={errors !== undefined}>
      <ErrorSummary t={t} errors={errors} />
      <div class="head">
        <h1>{t('sign-in.first.title')}</h1>
        <p>{t('sign-in.first.intro')}</p>
      </div>
      <form class="form" method="post" action={paths.firstSignIn}>
        <h2>{t('sign-in.first.by-email')}</h2>
        <Input
          t={t}
          name="email"
          label={t('sign-in.first.email')}
          hint={t('sign-in.first.email.hint')}
          type="email"
          autocomplete="email"
          value={errors?.email ? typed : undefined}
          errors={errors}
          required
        />
        <div>
          <button class="button" type="submit">
            {t('sign-in.first.email.submit')}
          </button>
        </div>
      </form>
      <form class="form" method="post" action={paths.firstSignIn}>
        <h2>{t('sign-in.first.by-id')}</h2>
        <Input
          t={t}
          name="candidateId"
          label={t('sign-in.first.id')}
          hint={t('sign-in.first.id.hint', { example: exampleId(program) })}
          autocomplete="username"
          value={errors?.candidateId ? typed : undefined}
          errors={errors}
          required
        />
        <div>
          <button class="button" type="submit">
            {t('sign-in.first.id.submit')}
          </button>
        </div>
      </form>
      <Doors t={t} to={['sign-in', 'forgotten']} />
    </Page>
  )
}

export function ForgottenPage({ chrome, program, typed = '', errors }: LinkFormProps) {
  const { t } = chrome
  return (
    <Page
      chrome={chrome}
      title={t('sign-in.forgotten.title')}
      section="sign-in"
      failed={errors !== undefined}
    >
      <ErrorSummary t={t} errors={errors} />
      <div class="head">
        <h1>{t('sign-in.forgotten.title')}</h1>
        <p>{t('sign-in.forgotten.intro')}</p>
      </div>
      <form class="form" method="post" action={paths.forgotten}>
        <AccountField t={t} program={program} value={typed} errors={errors} />
        <div>
          <button class="button" type="submit">
            {t('sign-in.forgotten.submit')}
          </button>
        </div>
      </form>
      <Doors t={t} to={['sign-in', 'first-sign-in', 'lost-address']} />
    </Page>
  )
}

/** The one answer to every request for a link, whether or not anybody was found. */
export function LinkSentPage({ chrome, program }: { chrome: Chrome; program: Program }) {
  const { t } = chrome
  const { email } = program.settings.support
  return (
    <Page chrome={chrome} title={t('sign-in.sent.title')} section="sign-in">
      <div class="head">
        <h1>{t('sign-in.sent.title')}</h1>
        <p>{t('sign-in.sent.text')}</p>
      </div>
      <div class="stack">
        <p>{t('sign-in.sent.missing')}</p>
        <p>
          <a href={`mailto:${email}`}>{t('sign-in.sent.support')}</a>
        </p>
      </div>
      <Doors t={t} to={['sign-in', 'first-sign-in', 'forgotten', 'lost-address']} />
    </Page>
  )
}
