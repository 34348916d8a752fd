import { ErrorSummary, type FieldErrors, Input } from '../layout/form.tsx'
import { type Chrome, Page } from '../layout/page.tsx'
import { paths } from '../paths.ts'

type ProofProps = {
  chrome: Chrome
  token: string
  own: string
  other: { id: string; asksForCode: boolean }
  errors?: FieldErrors
}

/** Where the mailed link leads. Following it proves nothing yet: mail scanners open every link. */
export function ProofPage({ chrome, token, own, other, errors }: ProofProps) {
  const { t } = chrome
  return (
    <Page chrome={chrome} title={t('merge.proof.title')} section="profile" failed={errors !== undefined}>
      <ErrorSummary t={t} errors={errors} />
      <div class="head">
        <h1>{t('merge.proof.title')}</h1>
        <p>{t('merge.proof.text', { own, other: other.id })}</p>
      </div>
      <form class="form" method="post" action={paths.mergeProof(token)}>
        {other.asksForCode && (
          <Input
            t={t}
            name="code"
            label={t('merge.proof.code', { id: other.id })}
            hint={t('merge.proof.code.hint')}
            autocomplete="off"
            errors={errors}
            required
          />
        )}
        <div class="actions">
          <button class="button" type="submit">
            {t('merge.proof.submit')}
          </button>
          <a href={paths.merge}>{t('common.cancel')}</a>
        </div>
      </form>
    </Page>
  )
}

/** Used, too old, somebody else's or never ours: the answer is the same, and the way on is too. */
export function DeadProofPage({ chrome }: { chrome: Chrome }) {
  const { t } = chrome
  return (
    <Page chrome={chrome} title={t('merge.dead.title')} section="profile">
      <div class="head">
        <h1>{t('merge.dead.title')}</h1>
        <p>{t('merge.dead.text')}</p>
      </div>
      <p>
        <a class="button" href={paths.merge}>
          {t('merge.dead.fresh')}
        </a>
      </p>
    </Page>
  )
}
