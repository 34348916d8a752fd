import type { CalendarDate } from '../core/calendar-date.ts'
import type { AwaitedExam, PastExam, SectionResult } from '../exams/exam-list.ts'
import type { Translate } from '../i18n/messages.ts'
import { DateOnly, DateWithDistance, formatDate } from '../layout/dates.tsx'
import { Records } from '../layout/records.tsx'

export type SeenHistory = { exams: readonly PastExam[]; count: number; page: number; pages: number }

type SeenExamsProps = {
  t: Translate
  today: CalendarDate
  awaited: { upcoming: readonly AwaitedExam[]; due: readonly AwaitedExam[] }
  history: SeenHistory
  /** The address of the page that this stands on. */
  here: string
}

/** What the Exams page says, in the candidate's words: what is held back from them is held back here. */
export function SeenExams({ t, today, awaited: { upcoming, due }, history, here }: SeenExamsProps) {
  const isEmpty = upcoming.length + due.length + history.count === 0
  return (
    <section class="stack">
      <h2>{t('exams.title')}</h2>
      {isEmpty && <p>{t('exams.empty.title')}</p>}
      {due.length > 0 && <Awaited t={t} today={today} caption={t('exams.due.caption')} exams={due} />}
      {upcoming.length > 0 && (
        <Awaited t={t} today={today} caption={t('exams.upcoming.caption')} exams={upcoming} />
      )}
      {history.count > 0 && <History t={t} history={history} here={here} />}
    </section>
  )
}

function Awaited({
  t,
  today,
  caption,
  exams,
}: {
  t: Translate
  today: CalendarDate
  caption: string
  exams: readonly AwaitedExam[]
}) {
  return (
    <Records
      caption={caption}
      columns={[
        t('exams.column.exam'),
        t('exams.column.date'),
        t('exams.column.registration'),
        t('exams.column.result'),
      ]}
      rows={exams.map((exam) => [
        exam.title,
        exam.appointmentOn ? (
          <DateWithDistance t={t} date={exam.appointmentOn} today={today} />
        ) : (
          t('exams.unbooked')
        ),
        <>
          <span class="number">{exam.registrationId}</span>
          <div class="soft">{t(`exams.state.${exam.state}`)}</div>
        </>,
        expectationInWords(t, exam),
      ])}
    />
  )
}

function expectationInWords(t: Translate, { expectation }: AwaitedExam): string {
  switch (expectation.state) {
    case 'expected':
      return t('exams.expected.by', { date: formatDate(t, expectation.by) })
    case 'late':
      return `${t('exams.late')}. ${t('exams.late.since', { date: formatDate(t, expectation.since) })}`
    case 'unbooked':
    case 'upcoming':
      return t('common.none')
  }
}

function History({ t, history, here }: Pick<SeenExamsProps, 't' | 'history' | 'here'>) {
  const { exams, count, page, pages } = history
  return (
    <>
      <Records
        caption={t.plural('exams.history.caption', count)}
        columns={[
          t('exams.column.exam'),
          t('exams.column.date'),
          t('exams.column.result'),
          t('exams.column.score'),
        ]}
        rows={exams.map((exam) => [
          <>
            {exam.title}{' '}
            {exam.attempt !== null && (
              <span class="soft">{t('exams.attempt', { attempt: exam.attempt })}</span>
            )}
          </>,
          exam.onDate ? <DateOnly t={t} date={exam.onDate} /> : t('common.none'),
          <Outcome t={t} exam={exam} />,
          <Score t={t} exam={exam} />,
        ])}
      />
      {pages > 1 && (
        <nav class="actions" aria-label={t('exams.history.pages')}>
          {page > 1 && <a href={`${here}?page=${page - 1}`}>{t('exams.history.newer')}</a>}
          <span class="soft">{t('exams.history.page', { page, pages })}</span>
          {page < pages && <a href={`${here}?page=${page + 1}`}>{t('exams.history.older')}</a>}
        </nav>
      )}
    </>
  )
}

function Outcome({ t, exam: { outcome, revoked, againFrom } }: { t: Translate; exam: PastExam }) {
  const word = t(`exams.outcome.${outcome}`)
  const meaning = revoked ? 'revoked' : outcome
  return (
    <>
      {revoked ? t('exams.outcome.revoked', { outcome: word }) : word}
      {meaning !== 'pass' && meaning !== 'fail' && <div class="soft">{t(`exams.meaning.${meaning}`)}</div>}
      {againFrom && <div>{t('exams.again-from', { date: formatDate(t, againFrom) })}</div>}
    </>
  )
}

function Score({ t, exam: { score, passingScore, sections } }: { t: Translate; exam: PastExam }) {
  if (score === null) return null
  return (
    <>
      {passingScore === null ? score : t('exams.score.cut', { score, passing: passingScore })}
      {sections.map((section) => (
        <div class="soft">
          {section.name}: {sectionScore(t, section)}
        </div>
      ))}
    </>
  )
}

function sectionScore(t: Translate, { percent, score, maxScore }: SectionResult): string {
  if (percent !== null) return t('exams.sections.percent', { percent })
  if (score === null) return t('common.none')
  return maxScore === null ? score : t('exams.sections.score', { score, max: maxScore })
}
