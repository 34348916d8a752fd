import type { Translate } from '../i18n/messages.ts'
import { Bars } from '../layout/bars.tsx'
import { inCount } from './count-words.ts'
import { AGE_STEPS } from './reasons.ts'

/** How many rows have waited for how long. */
export function AgePicture({ t, ages }: { t: Translate; ages: readonly number[] }) {
  const bars = ages.map((rows, index) => ({
    name: t(`quarantine.ages.${AGE_STEPS[index]!}`),
    count: rows,
    text: inCount(t, rows),
    isFresh: index === 0,
  }))
  return <Bars title={t('quarantine.ages')} bars={bars} />
}
