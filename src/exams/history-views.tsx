import type { Translate } from '../i18n/messages.ts'
import { DateOnly, formatDate } from '../layout/dates.tsx'
import { paths } from '../paths.ts'
import type { PastExam, SectionResult } from './exam-list.ts'
import type { ExamOutcome } from './exam-outcome.ts'

type HistoryProps = { t: Translate; exams: readonly PastExam[]; count: number; page: number; pages: number }

export function ExamHistory({ t, exams, count, page, pages }: HistoryProps) {
  return (
    <section class="stack">
      <h2>{t('exams.history.title')}</h2>
      <table class="records">
        <caption>{t.plural('exams.history.caption', count)}</caption>
        <thead>
          <tr>
            <th scope="col">{t('exams.column.exam')}</th>
            <th scope="col">{t('exams.column.date')}</th>
            <th scope="col">{t('exams.column.result')}</th>
            <th scope="col">{t('exams.column.score')}</th>
          </tr>
        </thead>
        <tbody>
          {exams.map((exam) => (
            <PastExamRow t={t} exam={exam} />
          ))}
        </tbody>
      </table>
      {pages > 1 && <Pages t={t} page={page} pages={pages} />}
    </section>
  )
}

function PastExamRow({ t, exam }: { t: Translate; exam: PastExam }) {
  const { title, examCode, attempt, onDate, outcome, revoked, sections, againFrom } = exam
  const meaning = revoked ? 'revoked' : outcome
  return (
    <tr>
      <th scope="row">
        {title}
        <div class="soft">
          {title !== examCode && <span class="number">{examCode}</span>}{' '}
          {attempt !== null && t('exams.attempt', { attempt })}
        </div>
      </th>
      <td>{onDate && <DateOnly t={t} date={onDate} />}</td>
      <td>
        <Outcome t={t} outcome={outcome} revoked={revoked} />
        {meaning !== 'pass' && meaning !== 'fail' && <div class="soft">{t(`exams.meaning.${meaning}`)}</div>}
        {againFrom && <div>{t('exams.again-from', { date: formatDate(t, againFrom) })}</div>}
      </td>
      <td>
        <Score t={t} exam={exam} />
        {sections.length > 0 && <Sections t={t} sections={sections} />}
        {exam.isResult && (
          <div>
            <a href={paths.resultQuestion(exam.registrationId)}>{t('exams.ask')}</a>
          </div>
        )}
      </td>
    </tr>
  )
}

const SHAPES: Partial<Record<ExamOutcome, string>> = {
  pass: 'active',
  held: 'expiring',
  pending: 'expiring',
}

/** A word and a shape of its own, as standings have. */
export function Outcome({ t, outcome, revoked }: { t: Translate } & Pick<PastExam, 'outcome' | 'revoked'>) {
  const word = t(`exams.outcome.${outcome}`)
  const shape = revoked ? 'revoked' : (SHAPES[outcome] ?? 'expired')
  return (
    <span class={`standing standing--${shape}`}>
      {revoked ? t('exams.outcome.revoked', { outcome: word }) : word}
    </span>
  )
}

function Score({ t, exam: { score, passingScore } }: { t: Translate; exam: PastExam }) {
  if (score === null) return null
  return <>{passingScore === null ? score : t('exams.score.cut', { score, passing: passingScore })}</>
}

function Sections({ t, sections }: { t: Translate; sections: readonly SectionResult[] }) {
  return (
    <details>
      <summary>{t('exams.sections')}</summary>
      <dl class="facts">
        {sections.map((section) => (
          <div>
            <dt>{section.name}</dt>
            <dd>{sectionScore(t, section)}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

function sectionScore(t: Translate, { percent, score, maxScore }: SectionResult): string {
  if (percent !== null) return t('exams.sections.percent', { percent })
  if (score === null) return t('common.none')
  return maxScore === null ? score : t('exams.sections.score', { score, max: maxScore })
}

function Pages({ t, page, pages }: { t: Translate; page: number; pages: number }) {
  const link = (number: number) => `${paths.exams}?page=${number}`
  return (
    <nav class="actions" aria-label={t('exams.history.pages')}>
      {page > 1 && (
        <a href={link(page - 1)} rel="prev">
          {t('exams.history.newer')}
        </a>
      )}
      <span class="soft">{t('exams.history.page', { page, pages })}</span>
      {page < pages && (
        <a href={link(page + 1)} rel="next">
          {t('exams.history.older')}
        </a>
      )}
    </nav>
  )
}
