import type { CalendarDate } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import { DateOnly } from '../layout/dates.tsx'
import { Records } from '../layout/records.tsx'
import { type ImportDay, layers, type PictureShape, pictureLayout } from './import-picture.ts'
import { formatCount } from './shared-views.tsx'

const WIDE: PictureShape = { width: 1040, height: 180, dates: 10 }
const NARROW: PictureShape = { width: 358, height: 170, dates: 5 }

/** Rows by day, drawn for a wide and for a narrow screen; the same numbers stand below as a table. */
export function ImportPicture({ t, days }: { t: Translate; days: readonly ImportDay[] }) {
  const busy = days.filter(({ deliveries }) => deliveries > 0)
  if (busy.length === 0) return <p class="soft">{t('deliveries.picture.none')}</p>
  return (
    <section class="stack" aria-labelledby="picture">
      <h2 id="picture">{t('deliveries.picture.title')}</h2>
      <ul class="key">
        {layers.map((layer) => (
          <li class={`imports__${layer}`}>{t(`deliveries.layer.${layer}`)}</li>
        ))}
      </ul>
      <Picture t={t} days={days} shape={WIDE} name="beside" />
      <Picture t={t} days={days} shape={NARROW} name="above" />
      <details>
        <summary>{t('deliveries.picture.numbers')}</summary>
        <Records
          caption={t.plural('deliveries.picture.caption', busy.length)}
          columns={[t('deliveries.column.day'), ...layers.map((layer) => t(`deliveries.layer.${layer}`))]}
          rows={busy
            .toReversed()
            .map((day) => [
              <DateOnly t={t} date={day.date} />,
              ...layers.map((layer) => formatCount(t, day[layer])),
            ])}
        />
      </details>
    </section>
  )
}

type PictureProps = {
  t: Translate
  days: readonly ImportDay[]
  shape: PictureShape
  name: 'beside' | 'above'
}

function Picture({ t, days, shape, name }: PictureProps) {
  const { width, height } = shape
  const { bars, labels, most, ground, top } = pictureLayout(days, shape)
  const total = (layer: (typeof layers)[number]) =>
    formatCount(
      t,
      days.reduce((sum, day) => sum + day[layer], 0),
    )
  const [fresh, known, waiting] = layers.map(total) as [string, string, string]
  return (
    <svg
      class={`timeline timeline--${name} imports`}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={t('deliveries.picture.alternative', { fresh, known, waiting })}
    >
      <line class="imports__grid" x1="0" x2={width} y1={top} y2={top} />
      <text x="0" y={top - 7}>
        {t.plural('deliveries.rows', most)}
      </text>
      {bars.map(({ layer, x, y, width, height }) => (
        <rect class={`imports__${layer}`} x={x} y={y} width={width} height={height} />
      ))}
      <line class="imports__ground" x1="0" x2={width} y1={ground} y2={ground} />
      {labels.map(({ date, x }, index) => (
        <text
          x={index === labels.length - 1 ? width : x}
          y={ground + 16}
          text-anchor={index === labels.length - 1 ? 'end' : 'middle'}
        >
          {shortDate(t, date)}
        </text>
      ))}
    </svg>
  )
}

function shortDate(t: Translate, date: CalendarDate): string {
  const locale = t.locale === 'en' ? 'en-GB' : t.locale
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  )
}
