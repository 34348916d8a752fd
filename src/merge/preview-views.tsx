import type { Translate } from '../i18n/messages.ts'
import { Instant } from '../layout/dates.tsx'
import { ErrorSummary } from '../layout/form.tsx'
import { Page } from '../layout/page.tsx'
import { Decision, type PreviewProps } from './decision-views.tsx'
import { joiningKinds, type Preview } from './preview.ts'

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
      <Ending t={t} preview={preview} />
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

function Joining({ t, preview: { joining, addresses } }: { t: Translate; preview: Preview }) {
  const lines = [
    ...joiningKinds
      .filter((kind) => joining[kind] > 0)
      .map((kind) => t.plural(`merge.joining.${kind}`, joining[kind])),
    ...addresses.map((address) => t('merge.joining.address', { address })),
  ]
  return (
    <section class="stack">
      <h2>{t('merge.preview.what')}</h2>
      {lines.length === 0 ? (
        <p>{t('merge.joining.nothing')}</p>
      ) : (
        <ul class="bullets">
          {lines.map((line) => (
            <li>{line}</li>
          ))}
        </ul>
      )}
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
      <ul class="bullets">
        {both.map((what) => (
          <li>{what}</li>
        ))}
      </ul>
    </section>
  )
}

function Ending({ t, preview: { other, ending } }: { t: Translate; preview: Preview }) {
  return (
    <section class="stack">
      <h2>{t('merge.preview.ends')}</h2>
      <p>{t('merge.preview.ends.text', { other: other.id })}</p>
      {ending.length > 0 && (
        <>
          <p>{t('merge.preview.ends.requests')}</p>
          <ul class="bullets">
            {ending.map(({ kind, createdAt }) => (
              <li>
                {t(`requests.kind.${kind}`)} <Instant t={t} at={createdAt} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
