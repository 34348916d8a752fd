import type { CalendarDate } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import type { HeldAward } from './certification-status.ts'
import { BAR_HEIGHT, type TimelineLayout, type TimelineShape, timelineLayout } from './timeline-layout.ts'

/** The longest name that fits beside its bars; the list under the picture has all of it. */
const NAME_LENGTH = 26

type TimelineProps = { t: Translate; awards: readonly HeldAward[]; today: CalendarDate }

/**
 * When each certification was awarded and when it expires, drawn twice: for a wide screen and, with fewer
 * years and its own type size, for a narrow one. A style sheet shows one; the list below says the same in words.
 */
export function Timeline({ t, awards, today }: TimelineProps) {
  return (
    <figure>
      <Picture t={t} layout={timelineLayout(awards, today, 'beside')} shape="beside" />
      <Picture t={t} layout={timelineLayout(awards, today, 'above')} shape="above" />
    </figure>
  )
}

function Picture({ t, layout, shape }: { t: Translate; layout: TimelineLayout; shape: TimelineShape }) {
  const { width, height, plotTop, plotBottom, years, todayX, rows } = layout
  return (
    <svg
      class={`timeline timeline--${shape}`}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={t('certifications.timeline')}
    >
      {years.map(({ year, x }) => (
        <>
          <line class="timeline__grid" x1={x} x2={x} y1={plotTop} y2={plotBottom} />
          <text x={x} y={plotTop - 9} text-anchor="middle">
            {year}
          </text>
        </>
      ))}
      {rows.map(({ certification, nameY, barY, bars }) => (
        <>
          <text class="timeline__name" x="0" y={nameY}>
            {shorten(certification)}
          </text>
          {bars.map(({ kind, x, width }) => (
            <rect class={`timeline__${kind}`} x={x} y={barY} width={width} height={BAR_HEIGHT} rx="2" />
          ))}
        </>
      ))}
      <line class="timeline__today" x1={todayX} x2={todayX} y1={plotTop - 2} y2={plotBottom} />
      <text x={todayX} y={plotBottom + 15} text-anchor="middle">
        {t('common.today')}
      </text>
    </svg>
  )
}

function shorten(name: string): string {
  return name.length <= NAME_LENGTH ? name : `${name.slice(0, NAME_LENGTH - 1)}…`
}
