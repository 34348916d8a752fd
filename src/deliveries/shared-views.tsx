import type { Translate } from '../i18n/messages.ts'
import type { Counts } from '../import/row.ts'
import { formatList } from '../layout/lists.ts'
import type { SentBy } from './delivery-list.ts'
import { type DeliveryStanding, type StoredState, standingOfDelivery } from './delivery-standing.ts'

/** Full disc, half disc, ring, bar, diamond: as standings of awards have them. */
const SHAPES: Record<DeliveryStanding, string> = {
  received: 'expired',
  importing: 'expiring',
  imported: 'active',
  seen: 'active',
  stopped: 'suspended',
  partial: 'suspended',
  failed: 'revoked',
  'set-aside': 'expired',
}

/** How a delivery stands, by word and shape. */
export function DeliveryMark({ t, delivery }: { t: Translate; delivery: StoredState }) {
  const standing = standingOfDelivery(delivery)
  return <span class={`standing standing--${SHAPES[standing]}`}>{t(`deliveries.standing.${standing}`)}</span>
}

/** Who or what sent it. */
export function Sender({ t, sent: { sender, receivedBy, senderName } }: { t: Translate; sent: SentBy }) {
  if (sender === 'vendor') return <>{t(`deliveries.sender.${receivedBy}`)}</>
  if (sender === 'events') return <>{t('deliveries.sender.events')}</>
  return <bdi>{senderName ?? t('deliveries.sender.staff')}</bdi>
}

const OUTCOMES = ['new', 'changed', 'unchanged', 'superseded', 'quarantined', 'skipped'] as const

/** What came of rows in one line; what did not occur is not told. */
export function CountsLine({ t, counts }: { t: Translate; counts: Counts }) {
  if (counts.read === 0) return <>{t('deliveries.rows.none')}</>
  const parts = OUTCOMES.filter((outcome) => counts[outcome] !== 0).map((outcome) =>
    t(`deliveries.count.${outcome}`, { count: formatCount(t, counts[outcome]) }),
  )
  return (
    <>
      {t.plural('deliveries.rows', counts.read)}
      {parts.length > 0 && <div class="soft">{formatList(t, parts)}</div>}
    </>
  )
}

export function formatCount(t: Translate, count: number): string {
  return new Intl.NumberFormat(t.locale).format(count)
}

/** `1.4 MB`, and below a thousand `14 bytes`. */
export function formatBytes(t: Translate, bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  return new Intl.NumberFormat(t.locale, {
    style: 'unit',
    unit: units[power]!,
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: 1,
  }).format(bytes / 1000 ** power)
}

/** A choice among several: a link, marked where one is. */
export function Choice({ href, text, isHere }: { href: string; text: string; isHere: boolean }) {
  return (
    <a
      class={isHere ? 'menus__link menus__link--here' : 'menus__link'}
      href={href}
      {...(isHere && { 'aria-current': 'page' })}
    >
      {text}
    </a>
  )
}
