const WIDTH = 340
const LINE_HEIGHT = 26
const NAME_WIDTH = 100
const BAR_WIDTH = 180
const BAR_HEIGHT = 12

type BarsProps = {
  title: string
  /** `count` is how long a bar is, and `text` what stands beside it. */
  bars: readonly { name: string; count: number; text: string; isFresh: boolean }[]
}

/** How many of something there are for each of a few names. Each bar says its number: the longest only stands for itself. */
export function Bars({ title, bars }: BarsProps) {
  const most = Math.max(...bars.map(({ count }) => count), 1)
  const words = `${title}: ${bars.map(({ name, text }) => `${name}: ${text}`).join(', ')}`
  return (
    <figure class="ages">
      <figcaption>{title}</figcaption>
      <svg
        class="timeline"
        viewBox={`0 0 ${WIDTH} ${LINE_HEIGHT * bars.length}`}
        role="img"
        aria-label={words}
      >
        {bars.map(({ name, count, text, isFresh }, index) => {
          const y = LINE_HEIGHT * index
          const width = count === 0 ? 0 : Math.max(2, Math.round((count / most) * BAR_WIDTH))
          return (
            <>
              <text x="0" y={y + 16}>
                {name}
              </text>
              <rect
                class={isFresh ? 'timeline__soon' : 'timeline__left'}
                x={NAME_WIDTH}
                y={y + 6}
                width={width}
                height={BAR_HEIGHT}
                rx="2"
              />
              <text class="timeline__name" x={NAME_WIDTH + width + 8} y={y + 16}>
                {text}
              </text>
            </>
          )
        })}
      </svg>
    </figure>
  )
}
