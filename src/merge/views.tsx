import { ErrorSummary, type FieldErrors, Input } from '../layout/form.tsx'
import { type Chrome, Page } from '../layout/page.tsx'
import { paths } from '../paths.ts'

type MergeProps = {
  chrome: Chrome
  proofs: readonly { id: number; otherId: string }[]
  notice?: 'merge.done' | 'merge.sent' | null
  typed?: { account?: string; record?: string }
  errors?: FieldErrors
}

/** Where a merge begins: records that are proved, and two ways to prove one. */
export function MergePage({ chrome, proofs, notice, typed, errors }: MergeProps) {
  const { t } = chrome
  return (
    <Page chrome={chrome} title={t('merge.title')} section="profile" failed={errors !== undefined}>
      <ErrorSummary t={t} errors={errors} />
      <div class="head">
        <h1>{t('merge.title')}</h1>
        <p>{t('merge.intro')}</p>
      </div>
      {notice && (
        <div class="notice notice--good" role="status">
          <p>{t(notice)}</p>
        </div>
      )}
      {proofs.length > 0 && (
        <section class="stack">
          <h2>{t('merge.proved.title')}</h2>
          <ul class="bullets">
            {proofs.map(({ id, otherId }) => (
              <li>
                <a href={paths.mergePreview(id)}>{t('merge.proved.link', { id: otherId })}</a>
              </li>
            ))}
          </ul>
        </section>
      )}
      <LinkForm {...{ chrome, typed, errors }} />
      <PasswordForm {...{ chrome, typed, errors }} />
    </Page>
  )
}

type FormProps = Pick<MergeProps, 'chrome'> & {
  typed: MergeProps['typed']
  errors: FieldErrors | undefined
}

function LinkForm({ chrome: { t }, typed, errors }: FormProps) {
  return (
    <form class="form" method="post" action={paths.merge}>
      <h2>{t('merge.link.title')}</h2>
      <p>{t('merge.link.text')}</p>
      <input type="hidden" name="by" value="link" />
      <Input
        t={t}
        name="account"
        label={t('merge.link.account')}
        value={typed?.account}
        autocomplete="off"
        errors={errors}
        required
      />
      <div>
        <button class="button" type="submit">
          {t('merge.link.submit')}
        </button>
      </div>
    </form>
  )
}

function PasswordForm({ chrome: { t }, typed, errors }: FormProps) {
  return (
    <form class="form" method="post" action={paths.merge}>
      <h2>{t('merge.password.title')}</h2>
      <input type="hidden" name="by" value="password" />
      <Input
        t={t}
        name="record"
        label={t('merge.password.record')}
        value={typed?.record}
        autocomplete="off"
        errors={errors}
        required
      />
      <Input
        t={t}
        name="password"
        type="password"
        label={t('merge.password.password')}
        autocomplete="off"
        errors={errors}
        required
      />
      <Input
        t={t}
        name="code"
        label={t('merge.password.code')}
        hint={t('merge.password.code.hint')}
        autocomplete="off"
        optional
      />
      <div>
        <button class="button" type="submit">
          {t('merge.password.submit')}
        </button>
      </div>
    </form>
  )
}
