import type { Translate } from '../i18n/messages.ts'
import { formatInstant } from '../layout/dates.tsx'
import { ErrorSummary, type FieldErrors } from '../layout/form.tsx'
import { type Chrome, Page } from '../layout/page.tsx'
import { Sentence, SLOT } from '../layout/sentence.tsx'
import { paths } from '../paths.ts'
import type { Preview } from './preview.ts'

type PreviewProps = {
  chrome: Chrome
  proofId: number
  own: { id: string; name: string }
  preview: Preview
  /** The form's own key, for the request that it may become. */
  submission: string
  errors?: FieldErrors
}

/** All that merging would do, and then the box and the button; or why it cannot be done here. */
export function PreviewPage({ chrome, proofId, own, preview, submission, errors }: PreviewProps) {
  const { t } = chrome
  const { other } = preview
  const title = t('merge.preview.title', { other: other.id, own: own.id })
  return (
    <Page chrome={chrome} title={title} section="profile" failed={errors !== undefined}>
      <ErrorSummary t={t} errors={errors} />
      <div class="head">
        <h1>{title}</h1>
        <p>{t('merge.preview.intro')}</p>
      </div>
      <BothRecords {...{ t, own, other }} />
      <Joining t={t} preview={preview} />
      <Doubled t={t} preview={preview} />
      <section class="stack">
        <h2>{t('merge.preview.ends')}</h2>
        <p>{t('merge.preview.ends.text', { other: other.id })}</p>
      </section>
      <Decision {...{ chrome, proofId, own, preview, submission }} {...(errors && { errors })} />
    </Page>
  )
}

function BothRecords({
  t,
  own,
  other,
}: { t: Translate } & Pick<PreviewProps, 'own'> & Pick<Preview, 'other'>) {
  const rows = [
    { ...own, fate: t('merge.preview.stays') },
    { ...other, fate: t('merge.preview.joins') },
  ]
  return (
    <table class="records">
      <caption>{t('merge.preview.caption')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('merge.preview.which')}</th>
          <th scope="col">{t('merge.preview.id')}</th>
          <th scope="col">{t('merge.preview.name')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, name, fate }) => (
          <tr>
            <th scope="row">{fate}</th>
            <td class="number" data-label={t('merge.preview.id')}>
              {id}
            </td>
            <td data-label={t('merge.preview.name')}>
              <bdi>{name}</bdi>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const KINDS = ['bookings', 'results', 'awards', 'transcripts', 'passkeys'] as const

function Joining({ t, preview: { joining, addresses } }: { t: Translate; preview: Preview }) {
  return (
    <section class="stack">
      <h2>{t('merge.preview.what')}</h2>
      <ul>
        {KINDS.map((kind) => (
          <li>{t.plural(`merge.joining.${kind}`, joining[kind])}</li>
        ))}
        {addresses.map((address) => (
          <li>{t('merge.joining.address', { address })}</li>
        ))}
      </ul>
      <p>{t('merge.preview.awards')}</p>
    </section>
  )
}

function Doubled({ t, preview: { doubled } }: { t: Translate; preview: Preview }) {
  const both = [...doubled.certifications, ...doubled.addresses]
  if (both.length === 0) return null
  return (
    <section class="stack">
      <h2>{t('merge.preview.doubled')}</h2>
      <p>{t('merge.preview.doubled.text')}</p>
      <ul>
        {both.map((what) => (
          <li>{what}</li>
        ))}
      </ul>
    </section>
  )
}

function Decision(props: PreviewProps) {
  const { chrome, preview } = props
  const { t } = chrome
  const { undoUntil, conflicts, other } = preview
  if (undoUntil) {
    return (
      <section class="notice">
        <h2>
          <Sentence text={t('merge.undo.title', { time: SLOT })}>
            <time datetime={undoUntil.toISOString()}>{formatInstant(t, undoUntil)}</time>
          </Sentence>
        </h2>
        <p>{t('merge.undo.text', { other: other.id })}</p>
      </section>
    )
  }
  return conflicts.length > 0 ? <ConflictForm {...props} /> : <MergeForm {...props} />
}

function ConflictForm({ chrome: { t }, proofId, preview, submission }: PreviewProps) {
  return (
    <section class="notice">
      <h2>{t('merge.conflict.title')}</h2>
      <p>{t('merge.conflict.text')}</p>
      <ul>
        {preview.conflicts.map(({ kind, registrationIds: [one, other] }) => (
          <li>
            {kind === 'same_registration'
              ? t('merge.conflict.same_registration', { one })
              : t(`merge.conflict.${kind}`, { one, other })}
          </li>
        ))}
      </ul>
      <form class="actions" method="post" action={paths.mergePreview(proofId)}>
        <input type="hidden" name="other" value={preview.other.id} />
        <input type="hidden" name="submission" value={submission} />
        <button class="button" type="submit">
          {t('merge.conflict.submit')}
        </button>
        <a href={paths.merge}>{t('common.cancel')}</a>
      </form>
    </section>
  )
}

function MergeForm({ chrome: { t }, proofId, preview, submission, errors }: PreviewProps) {
  const wrong = errors?.sure
  return (
    <form class="form" method="post" action={paths.mergePreview(proofId)} novalidate>
      <input type="hidden" name="other" value={preview.other.id} />
      <input type="hidden" name="submission" value={submission} />
      {wrong && (
        <p id="sure-error" class="field__error">
          {t(wrong[0] === 'merge.changed' ? 'merge.changed' : 'merge.sure.missing')}
        </p>
      )}
      <div class="check">
        <input
          id="sure"
          name="sure"
          type="checkbox"
          required
          {...(wrong && { 'aria-describedby': 'sure-error', 'aria-invalid': 'true' as const })}
        />
        <label for="sure">{t('merge.sure')}</label>
      </div>
      <div class="actions">
        <button class="button button--danger" type="submit">
          {t('merge.submit')}
        </button>
        <a href={paths.merge}>{t('common.cancel')}</a>
      </div>
    </form>
  )
}
