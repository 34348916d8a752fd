import { DateOnly, Instant } from '../layout/dates.tsx'
import { ErrorSummary, type FieldErrors } from '../layout/form.tsx'
import { type Chrome, Page } from '../layout/page.tsx'
import { Sentence, SLOT } from '../layout/sentence.tsx'
import { paths } from '../paths.ts'
import type { Agreement } from './agreement.ts'

type AgreementProps = {
  chrome: Chrome
  agreement: Agreement
  /** Null while it is still to be accepted. */
  acceptedAt: Date | null
  returnTo: string
  /** A form was sent that has to be sent again. */
  notKept?: boolean
  errors?: FieldErrors
}

/** The whole text, and below it the box and the button; or when it was accepted. */
export function AgreementPage(props: AgreementProps) {
  const { chrome, agreement, acceptedAt, returnTo, notKept, errors } = props
  const { t } = chrome
  return (
    <Page chrome={chrome} title={agreement.title} failed={errors !== undefined}>
      <ErrorSummary t={t} errors={errors} />
      <div class="head">
        <h1>{agreement.title}</h1>
        <p>
          <Sentence text={t('agreement.version', { version: agreement.version, date: SLOT })}>
            <DateOnly t={t} date={agreement.effectiveOn} />
          </Sentence>
        </p>
      </div>
      {notKept && (
        <div class="notice" role="status">
          <p>{t('agreement.not-kept')}</p>
        </div>
      )}
      <div class="stack">
        {agreement.paragraphs.map((paragraph) => (
          <p>{paragraph}</p>
        ))}
      </div>
      {acceptedAt ? (
        <p>
          <Sentence text={t('agreement.accepted', { time: SLOT })}>
            <Instant t={t} at={acceptedAt} />
          </Sentence>
        </p>
      ) : (
        <AcceptForm {...{ chrome, agreement, returnTo, errors }} />
      )}
    </Page>
  )
}

function AcceptForm({
  chrome: { t },
  agreement,
  returnTo,
  errors,
}: Pick<AgreementProps, 'chrome' | 'agreement' | 'returnTo'> & { errors: FieldErrors | undefined }) {
  const wrong = errors?.accept
  return (
    <form class="form" method="post" action={paths.agreement} novalidate>
      <input type="hidden" name="version" value={agreement.version} />
      <input type="hidden" name="return_to" value={returnTo} />
      {wrong && (
        <p id="accept-error" class="field__error">
          {t(wrong[0] === 'agreement.changed' ? 'agreement.changed' : 'agreement.missing')}
        </p>
      )}
      <div class="check">
        <input
          id="accept"
          name="accept"
          type="checkbox"
          required
          {...(wrong && { 'aria-describedby': 'accept-error', 'aria-invalid': 'true' as const })}
        />
        <label for="accept">{t('agreement.accept')}</label>
      </div>
      <div>
        <button class="button" type="submit">
          {t('agreement.submit')}
        </button>
      </div>
      <p class="soft">
        {t('agreement.otherwise')} <a href={paths.privacy}>{t('menu.profile.privacy')}</a>
      </p>
    </form>
  )
}
