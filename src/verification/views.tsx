import type { Translate } from '../i18n/messages.ts'
import { ErrorSummary, type FieldErrors, Input } from '../layout/form.tsx'
import { type Chrome, Page } from '../layout/page.tsx'
import { paths } from '../paths.ts'

export function VerifyPage({ chrome, ...form }: { chrome: Chrome; typed?: string; errors?: FieldErrors }) {
  const { t } = chrome
  return (
    <Page chrome={chrome} title={t('verification.title')} section="verify" failed={form.errors !== undefined}>
      <ErrorSummary t={t} errors={form.errors} />
      <div class="head">
        <h1>{t('verification.title')}</h1>
        <p>{t('verification.intro')}</p>
      </div>
      <CodeForm t={t} {...form} />
    </Page>
  )
}

/** Says the same of every code that is not on record, possible or not. */
export function UnknownCodePage({ chrome, typed }: { chrome: Chrome; typed: string }) {
  const { t } = chrome
  return (
    <Page chrome={chrome} title={t('verification.unknown.title')} section="verify" noindex>
      <div class="head">
        <h1>{t('verification.unknown.title')}</h1>
        <p>{t('verification.unknown.text')}</p>
      </div>
      <CodeForm t={t} typed={typed} />
    </Page>
  )
}

function CodeForm({ t, typed, errors }: { t: Translate; typed?: string; errors?: FieldErrors }) {
  return (
    <form class="form" method="get" action={paths.verify}>
      <Input
        t={t}
        name="code"
        label={t('verification.code')}
        hint={t('verification.code.hint')}
        value={typed}
        errors={errors}
        autocomplete="off"
        maxlength={100}
      />
      <div class="actions">
        <button class="button" type="submit">
          {t('verification.check')}
        </button>
      </div>
    </form>
  )
}
