import type { Translate } from '../../i18n/messages.ts'
import { DateOnly } from '../../layout/dates.tsx'
import { findExam } from '../../program/catalogue.ts'
import type { Program } from '../../program/program.ts'
import type { QuestionFor } from '../request.ts'

type QuestionProps = { t: Translate; program: Program; question: QuestionFor }

/** What a question is about, for a list of facts. What is asked stands in the first message. */
export function QuestionTerms({ t, program, question }: QuestionProps) {
  if (question.kind === 'other')
    return (
      <div>
        <dt>{t('questions.subject')}</dt>
        <dd dir="auto">{question.details.subject}</dd>
      </div>
    )
  const { exam, examOn, registrationId } = question.details
  return (
    <>
      <div>
        <dt>{t('questions.exam')}</dt>
        <dd>{findExam(program, exam)?.title ?? exam}</dd>
      </div>
      <div>
        <dt>{t('questions.exam-on')}</dt>
        <dd>
          <DateOnly t={t} date={examOn} />
        </dd>
      </div>
      {question.kind === 'missing_result' && question.details.site !== '' && (
        <div>
          <dt>{t('questions.site')}</dt>
          <dd dir="auto">{question.details.site}</dd>
        </div>
      )}
      {registrationId !== '' && (
        <div>
          <dt>{t('questions.registration')}</dt>
          <dd class="number">{registrationId}</dd>
        </div>
      )}
    </>
  )
}
