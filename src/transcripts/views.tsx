import type { CalendarDate } from '../core/calendar-date.ts'
import { DateOnly } from '../layout/dates.tsx'
import { type Chrome, Page } from '../layout/page.tsx'
import { Sentence, SLOT } from '../layout/sentence.tsx'
import { paths } from '../paths.ts'
import { type ListedTranscript, TranscriptFacts } from './list-views.tsx'
import { ShareLink, TranscriptActions } from './share-link.tsx'

type TranscriptProps = { chrome: Chrome; today: CalendarDate; transcript: ListedTranscript }

/** Where Save leads: the link is here to be shared. */
export function TranscriptPage({ chrome, today, transcript }: TranscriptProps) {
  const { t } = chrome
  const { id, state, remarks, link } = transcript
  return (
    <Page chrome={chrome} title={t('transcripts.show.title')} section="share">
      <div class="head">
        <h1>{t('transcripts.show.title')}</h1>
        <StateSentence chrome={chrome} transcript={transcript} />
      </div>
      {state === 'works' && <ShareLink t={t} id={id} link={link} />}
      <TranscriptFacts t={t} today={today} transcript={transcript} />
      {remarks !== '' && (
        <section class="stack">
          <h2>{t('transcripts.remarks')}</h2>
          <p class="remarks" dir="auto">
            {remarks}
          </p>
        </section>
      )}
      {state !== 'disabled' && <TranscriptActions t={t} id={id} />}
      <p>
        <a href={paths.transcripts}>{t('transcripts.title')}</a>
      </p>
    </Page>
  )
}

function StateSentence({ chrome: { t }, transcript }: Omit<TranscriptProps, 'today'>) {
  const { state, validThrough, disabledOn } = transcript
  if (state === 'works') return <p>{t('transcripts.show.intro')}</p>
  return (
    <p>
      <Sentence text={t(`transcripts.show.${state}`, { date: SLOT })}>
        <DateOnly t={t} date={disabledOn ?? validThrough} />
      </Sentence>
    </p>
  )
}

/** Asks once more, because a link that has been sent out cannot be called back. */
export function DisableTranscriptPage({ chrome, today, transcript }: TranscriptProps) {
  const { t } = chrome
  return (
    <Page chrome={chrome} title={t('transcripts.disable.title')} section="share">
      <div class="head">
        <h1>{t('transcripts.disable.title')}</h1>
        <p>{t('transcripts.disable.text')}</p>
      </div>
      <TranscriptFacts t={t} today={today} transcript={transcript} />
      {transcript.remarks !== '' && (
        <p class="remarks" dir="auto">
          {transcript.remarks}
        </p>
      )}
      <form class="actions" method="post" action={paths.disableTranscript(transcript.id)}>
        <button class="button button--danger" type="submit">
          {t('transcripts.disable.confirm')}
        </button>
        <a href={paths.transcript(transcript.id)}>{t('common.cancel')}</a>
      </form>
    </Page>
  )
}
