import type { Translate } from '../i18n/messages.ts'
import { inCount } from './count-words.ts'
import { AGE_STEPS } from './reasons.ts'

const WIDTH = 340
const LINE_HEIGHT = 26
const NAME_WIDTH = 100
const BAR_WIDTH = 180
const BAR_HEIGHT = 12

/** How many rows have waited for how long. Each bar says its number: the longest only stands for itself. */
export function AgePicture({ t, ages }: { t: Translate; ages: readonly number[] }) {
  const most = Math.max(...ages, 1)
  const height = LINE_HEIGHT * ages.length
  return (
    <figure class="ages">
      <figcaption>{t('quarantine.ages')}</figcaption>
      <svg class="timeline" viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={inWords(t, ages)}>
        {ages.map((rows, index) => {
          const y = LINE_HEIGHT * index
          const width = rows === 0 ? 0 : Math.max(2, Math.round((rows / most) * BAR_WIDTH))
          return (
            <>
              <text x="0" y={y + 16}>
                {t(`quarantine.ages.${AGE_STEPS[index]!}`)}
              </text>
              <rect
                class={index === 0 ? 'timeline__soon' : 'timeline__left'}
                x={NAME_WIDTH}
                y={y + 6}
                width={width}
                height={BAR_HEIGHT}
                rx="2"
              />
              <text class="timeline__name" x={NAME_WIDTH + width + 8} y={y + 16}>
                {inCount(t, rows)}
              </text>
            </>
          )
        })}
      </svg>
    </figure>
  )
}

function inWords(t: Translate, ages: readonly number[]): string {
  const parts = ages.map((rows, index) => `${t(`quarantine.ages.${AGE_STEPS[index]!}`)}: ${inCount(t, rows)}`)
  return `${t('quarantine.ages')}: ${parts.join(', ')}`
}
