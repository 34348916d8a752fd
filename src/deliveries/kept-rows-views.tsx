import type { Translate } from '../i18n/messages.ts'
import { reasonName } from '../import/reason-name.ts'
import { Records } from '../layout/records.tsx'
import { paths } from '../paths.ts'
import type { DeliveryDetail, KeptRow } from './delivery-detail.ts'
import { Choice } from './shared-views.tsx'

type KeptRowsProps = { t: Translate; detail: DeliveryDetail; onlyWaiting: boolean }

/** Rows that wait in quarantine, and those about which there is something to say. */
export function KeptRows({ t, detail: { delivery, members, problems }, onlyWaiting }: KeptRowsProps) {
  const hasParts = members.length > 1
  const here = paths.staff.delivery(delivery.id)
  const which = onlyWaiting ? {} : { rows: 'all' }
  const next =
    problems.next && `${here}?${new URLSearchParams({ ...which, 'rows-after': problems.next })}#rows`
  return (
    <section class="stack" aria-labelledby="rows">
      <h2 id="rows">{t('deliveries.kept')}</h2>
      <nav class="actions" aria-label={t('deliveries.kept.tabs')}>
        <Choice href={`${here}#rows`} text={t('deliveries.kept.waiting')} isHere={onlyWaiting} />
        <Choice href={`${here}?rows=all#rows`} text={t('deliveries.kept.all')} isHere={!onlyWaiting} />
      </nav>
      {problems.shown.length === 0 ? (
        <p class="soft">{t(onlyWaiting ? 'deliveries.kept.none-waiting' : 'deliveries.kept.none')}</p>
      ) : (
        <>
          <Records
            caption={t.plural('deliveries.kept.caption', problems.shown.length)}
            columns={[
              t('deliveries.column.line'),
              t('deliveries.column.why'),
              t('deliveries.column.state'),
              ...(hasParts ? [t('deliveries.column.member')] : []),
            ]}
            rows={problems.shown.map((row) => [
              <a href={keptRowPath(delivery.id, row)}>{t('deliveries.line', { line: row.line })}</a>,
              <>
                <bdi>{row.message}</bdi>
                <div class="soft">{reasonName(t, row.reason)}</div>
              </>,
              t(`deliveries.kept.state.${row.state}`),
              ...(hasParts ? [<bdi>{row.member}</bdi>] : []),
            ])}
          />
          <div class="actions">
            {next && <a href={next}>{t('deliveries.kept.next')}</a>}
            <a href={paths.staff.deliveryProblems(delivery.id)}>{t('deliveries.kept.export')}</a>
          </div>
        </>
      )}
    </section>
  )
}

/** The row's own page in quarantine. */
function keptRowPath(deliveryId: string, { member, line }: KeptRow): string {
  return paths.staff.quarantinedRow(deliveryId, line, member)
}
