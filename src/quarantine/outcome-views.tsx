import { outcomeOfResult } from '../exams/exam-outcome.ts'
import type { Translate } from '../i18n/messages.ts'
import type { Delivery, Grade, Validity } from '../import/sitting.ts'

type OutcomeProps = {
  t: Translate
  of: { delivery: Delivery | null; grade: Grade | null; validity: Validity | null }
}

/** What came of a sitting, as the candidate's own page says it. */
export function Outcome({ t, of: { delivery, grade, validity } }: OutcomeProps) {
  if (delivery === null || grade === null || validity === null) return <>{t('common.none')}</>
  const outcome = t(`exams.outcome.${outcomeOfResult({ delivery, grade, validity })}`)
  return (
    <>
      {validity === 'revoked' ? t('exams.outcome.revoked', { outcome }) : outcome}
      {validity === 'held' && <div class="soft">{t('console.results.held', { grade })}</div>}
    </>
  )
}
