import { addDays, type CalendarDate } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import { DateOnly, DateWithDistance } from '../layout/dates.tsx'
import { formatList } from '../layout/lists.ts'
import { type Chrome, Page } from '../layout/page.tsx'
import { Sentence, SLOT } from '../layout/sentence.tsx'
import { paths } from '../paths.ts'
import type { LinkState } from './link-state.ts'
import { ShareLink, TranscriptActions } from './share-link.tsx'

export type ListedTranscript = {
  id: number
  remarks: string
  validThrough: CalendarDate
  disabledOn: CalendarDate | null
  certifications: readonly string[]
  state: LinkState
  link: string
}

type TranscriptsPageProps = {
  chrome: Chrome
  today: CalendarDate
  transcripts: readonly ListedTranscript[]
  page: number
  pages: number
}

export function TranscriptsPage({ chrome, today, transcripts, page, pages }: TranscriptsPageProps) {
  const { t } = chrome
  return (
    <Page chrome={chrome} title={t('transcripts.title')} section="share">
      <div class="head">
        <h1>{t('transcripts.title')}</h1>
        <p>{t('transcripts.intro')}</p>
      </div>
      <p class="actions">
        <a class="button" href={paths.newTranscript}>
          {t('transcripts.new')}
        </a>
      </p>
      {transcripts.length === 0 ? (
        <div class="empty">
          <h2>{t('transcripts.empty.title')}</h2>
          <p>{t('transcripts.empty.text')}</p>
        </div>
      ) : (
        <ul class="transcripts">
          {transcripts.map((transcript) => (
            <Entry t={t} today={today} transcript={transcript} />
          ))}
        </ul>
      )}
      {pages > 1 && <Paging t={t} page={page} pages={pages} />}
    </Page>
  )
}

/** Enough of the remarks to tell one transcript from another. */
const EXCERPT_CHARACTERS = 80

function Entry({
  t,
  today,
  transcript,
}: {
  t: Translate
  today: CalendarDate
  transcript: ListedTranscript
}) {
  const { id, remarks, state } = transcript
  return (
    <li class="transcripts__entry">
      <h2 class="transcripts__name" dir="auto">
        <a href={paths.transcript(id)}>{remarks === '' ? t('transcripts.no-remarks') : excerpt(remarks)}</a>
      </h2>
      <TranscriptFacts t={t} today={today} transcript={transcript} />
      {state === 'works' && <ShareLink t={t} id={id} link={transcript.link} />}
      {state !== 'disabled' && <TranscriptActions t={t} id={id} />}
    </li>
  )
}

export function TranscriptFacts({
  t,
  today,
  transcript,
}: {
  t: Translate
  today: CalendarDate
  transcript: ListedTranscript
}) {
  const { validThrough, certifications } = transcript
  return (
    <dl class="facts">
      <div>
        <dt>{t('transcripts.valid-through')}</dt>
        <dd>
          <DateWithDistance t={t} date={validThrough} today={today} />
        </dd>
      </div>
      <div>
        <dt>{t('transcripts.shows')}</dt>
        <dd>{formatList(t, certifications)}</dd>
      </div>
      <div>
        <dt>{t('transcripts.link')}</dt>
        <dd>
          <State t={t} transcript={transcript} />
        </dd>
      </div>
    </dl>
  )
}

function State({
  t,
  transcript: { state, validThrough, disabledOn },
}: {
  t: Translate
  transcript: ListedTranscript
}) {
  if (state === 'works') return <>{t('transcripts.state.works')}</>
  return (
    <Sentence text={t(`transcripts.state.${state}`, { date: SLOT })}>
      <DateOnly t={t} date={disabledOn ?? addDays(validThrough, 1)} />
    </Sentence>
  )
}

function Paging({ t, page, pages }: { t: Translate; page: number; pages: number }) {
  return (
    <nav class="actions" aria-label={t('transcripts.page.label')}>
      {page > 1 && <a href={`${paths.transcripts}?page=${page - 1}`}>{t('transcripts.page.newer')}</a>}
      <span class="soft">{t('transcripts.page', { page, pages })}</span>
      {page < pages && <a href={`${paths.transcripts}?page=${page + 1}`}>{t('transcripts.page.older')}</a>}
    </nav>
  )
}

function excerpt(remarks: string): string {
  const characters = [...remarks.replaceAll('\n', ' ')]
  if (characters.length <= EXCERPT_CHARACTERS) return characters.join('')
  return `${characters.slice(0, EXCERPT_CHARACTERS).join('').trimEnd()}…`
}
