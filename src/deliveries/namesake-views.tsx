import type { Translate } from '../i18n/messages.ts'
import { InstantWithAge } from '../layout/dates.tsx'
import { Records } from '../layout/records.tsx'
import { paths } from '../paths.ts'
import type { Namesake } from './delivery-detail.ts'
import { DeliveryMark, formatBytes } from './shared-views.tsx'

/** The same name with other bytes is another delivery: a file that was sent once more, corrected. */
export function Namesakes({
  t,
  now,
  namesakes,
}: {
  t: Translate
  now: Date
  namesakes: readonly Namesake[]
}) {
  if (namesakes.length === 0) return null
  return (
    <section class="stack" aria-labelledby="namesakes">
      <h2 id="namesakes">{t('deliveries.namesakes')}</h2>
      <Records
        caption={t('deliveries.namesakes.caption')}
        columns={[t('deliveries.column.received'), t('deliveries.column.state'), t('deliveries.column.size')]}
        rows={namesakes.map((one) => [
          <a href={paths.staff.delivery(one.id)}>
            <InstantWithAge t={t} at={one.receivedAt} now={now} />
          </a>,
          <DeliveryMark t={t} delivery={one} />,
          formatBytes(t, one.bytes),
        ])}
      />
    </section>
  )
}
