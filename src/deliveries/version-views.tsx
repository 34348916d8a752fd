import { outcomeOfResult } from '../exams/exam-outcome.ts'
import type { Translate } from '../i18n/messages.ts'
import { Records } from '../layout/records.tsx'
import { paths } from '../paths.ts'
import type { DeliveryDetail, MadeVersion } from './delivery-detail.ts'

/** The results that this delivery brought, changed, or came too late for. */
export function Versions({ t, detail: { delivery, versions } }: { t: Translate; detail: DeliveryDetail }) {
  if (versions.shown.length === 0) return null
  const next =
    versions.next &&
    `${paths.staff.delivery(delivery.id)}?${new URLSearchParams({ 'versions-after': versions.next })}#versions`
  return (
    <section class="stack" aria-labelledby="versions">
      <h2 id="versions">{t('deliveries.versions')}</h2>
      <Records
        caption={t.plural('deliveries.versions.caption', versions.shown.length)}
        columns={[
          t('exams.column.registration'),
          t('deliveries.column.outcome'),
          t('exams.column.exam'),
          t('exams.column.result'),
          t('deliveries.column.line'),
        ]}
        rows={versions.shown.map((version) => [
          version.resultId === null ? (
            <bdi>{version.registrationId}</bdi>
          ) : (
            <a href={paths.staff.result(version.resultId)}>
              <bdi>{version.registrationId}</bdi>
            </a>
          ),
          t(`console.results.version.${version.outcome}`),
          version.examCode,
          outcomeText(t, version),
          <>
            {t('deliveries.line', { line: version.line })}
            <div class="soft">
              <bdi>{version.member}</bdi>
            </div>
          </>,
        ])}
      />
      {next && (
        <p>
          <a href={next}>{t('deliveries.versions.next')}</a>
        </p>
      )}
    </section>
  )
}

/** Staff see the grade also of what is held back, and that it is. */
export function outcomeText(
  t: Translate,
  { delivery, grade, validity }: Pick<MadeVersion, 'delivery' | 'grade' | 'validity'>,
): string {
  const outcome = t(`exams.outcome.${outcomeOfResult({ delivery, grade, validity: 'valid' })}`)
  if (validity === 'revoked') return t('exams.outcome.revoked', { outcome })
  return validity === 'held' ? t('deliveries.outcome.held', { outcome }) : outcome
}
