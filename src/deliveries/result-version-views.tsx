import type { Translate } from '../i18n/messages.ts'
import { Instant } from '../layout/dates.tsx'
import { Records } from '../layout/records.tsx'
import { paths } from '../paths.ts'
import { plainWord } from './brakes-views.tsx'
import { type ComparedVersion, type Difference, saidFields } from './version-differences.ts'

/** Every time that the vendor said something about a result, the latest first. */
export function ResultVersions({ t, versions }: { t: Translate; versions: readonly ComparedVersion[] }) {
  return (
    <section class="stack" aria-labelledby="versions">
      <h2 id="versions">{t('results.versions')}</h2>
      <Records
        caption={t.plural('console.results.versions', versions.length)}
        columns={[
          t('deliveries.column.outcome'),
          t('results.column.said'),
          t('console.column.source'),
          t('deliveries.column.vendor-time'),
          t('results.column.imported'),
        ]}
        rows={versions.map((version) => [
          <>
            {t(`console.results.version.${version.outcome}`)}
            {version.stands && <div class="soft">{t('results.version.stands')}</div>}
          </>,
          <WhatItSaid t={t} version={version} />,
          <Source t={t} version={version} />,
          <Instant t={t} at={version.vendorTime} />,
          <Instant t={t} at={version.importedAt} />,
        ])}
      />
    </section>
  )
}

/** The first version in full; of later ones what they say otherwise, and the rest on request. */
function WhatItSaid({
  t,
  version: { said, differences, outcome },
}: {
  t: Translate
  version: ComparedVersion
}) {
  const all = saidFields.flatMap((field) => {
    const value = said[field]
    return value === null || value === undefined || value === '' ? [] : [{ field, value: String(value) }]
  })
  return (
    <>
      {outcome !== 'new' && differences.length === 0 && <p>{t('results.version.same')}</p>}
      <ul>
        {differences.map((difference) => (
          <li>
            <strong>{differenceText(t, difference)}</strong>
          </li>
        ))}
      </ul>
      <details>
        <summary>{t('results.version.all')}</summary>
        <ul>
          {all.map(({ field, value }) => (
            <li>
              {t(`results.field.${field}`)}: <bdi>{plainWord(value)}</bdi>
            </li>
          ))}
        </ul>
      </details>
    </>
  )
}

function differenceText(t: Translate, { field, from, to }: Difference): string {
  const name = t(`results.field.${field}`)
  if (from === '') return t('results.version.added', { name, to: plainWord(to) })
  if (to === '') return t('results.version.removed', { name, from: plainWord(from) })
  return t('results.version.changed', { name, from: plainWord(from), to: plainWord(to) })
}

function Source({
  t,
  version: { deliveryId, deliveryName, member, line },
}: {
  t: Translate
  version: ComparedVersion
}) {
  return (
    <>
      {deliveryName === null ? (
        t('console.from.unknown')
      ) : (
        <a href={paths.staff.delivery(deliveryId)}>
          <bdi>{deliveryName}</bdi>
        </a>
      )}
      {member !== '' && member !== deliveryName && (
        <div class="soft">
          <bdi>{member}</bdi>
        </div>
      )}
      <div class="soft">{t('deliveries.line', { line })}</div>
    </>
  )
}
