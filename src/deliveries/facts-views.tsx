import type { Child } from 'hono/jsx'
import type { Translate } from '../i18n/messages.ts'
import { Instant, InstantWithAge } from '../layout/dates.tsx'
import type { DeliveryFacts } from './delivery-detail.ts'
import { formatBytes, Sender } from './shared-views.tsx'

/** What is known of a delivery as a whole. */
export function DeliveryFactsList({
  t,
  now,
  delivery,
}: {
  t: Translate
  now: Date
  delivery: DeliveryFacts
}) {
  const { manifest, startedAt, finishedAt, passedByName, setAsideByName, redactedAt, rawDeletedAt } = delivery
  const facts: (readonly [string, Child] | null)[] = [
    [t('deliveries.fact.feed'), <bdi>{delivery.feedName}</bdi>],
    [t('deliveries.fact.received'), <InstantWithAge t={t} at={delivery.receivedAt} now={now} />],
    [t('deliveries.fact.sender'), <Sender t={t} sent={delivery} />],
    [t('deliveries.fact.vendor-time'), <Instant t={t} at={delivery.vendorTime} />],
    [t('deliveries.fact.size'), formatBytes(t, delivery.bytes)],
    [t('deliveries.fact.sha256'), <code>{delivery.sha256}</code>],
    [t('deliveries.fact.run'), delivery.run],
    startedAt && [t('deliveries.fact.started'), <Instant t={t} at={startedAt} />],
    finishedAt && [t('deliveries.fact.finished'), <Instant t={t} at={finishedAt} />],
    passedByName === null ? null : [t('deliveries.fact.let-through'), <bdi>{passedByName}</bdi>],
    setAsideByName === null ? null : [t('deliveries.fact.set-aside'), <bdi>{setAsideByName}</bdi>],
    manifest && [t('deliveries.fact.manifest'), <ManifestFacts t={t} manifest={manifest} />],
    redactedAt && [t('deliveries.fact.redacted'), <Instant t={t} at={redactedAt} />],
    rawDeletedAt && [
      t('deliveries.fact.bytes-gone'),
      <>
        {t('deliveries.gone')} <Instant t={t} at={rawDeletedAt} />
      </>,
    ],
  ]
  return (
    <section class="stack" aria-labelledby="facts">
      <h2 id="facts">{t('deliveries.facts')}</h2>
      <dl class="printed">
        {facts.map(
          (fact) =>
            fact && (
              <div>
                <dt>{fact[0]}</dt>
                <dd>{fact[1]}</dd>
              </div>
            ),
        )}
      </dl>
    </section>
  )
}

function ManifestFacts({
  t,
  manifest: { createdAt, sequence, mode },
}: {
  t: Translate
  manifest: NonNullable<DeliveryFacts['manifest']>
}) {
  return (
    <>
      {t(mode === 'bulk' ? 'deliveries.manifest.bulk' : 'deliveries.manifest.delta')}
      {sequence !== null && <div>{t('deliveries.manifest.sequence', { sequence })}</div>}
      {createdAt !== null && <div>{t('deliveries.manifest.made', { at: createdAt })}</div>}
    </>
  )
}
