import type { CalendarDate } from '../core/calendar-date.ts'
import { DateOnly } from '../layout/dates.tsx'
import { type Chrome, Page } from '../layout/page.tsx'
import { Sentence, SLOT } from '../layout/sentence.tsx'
import { paths } from '../paths.ts'

/** How the copy stands that was asked for last. */
export type CopyState =
  | { state: 'none' }
  | { state: 'pending' }
  | { state: 'ready' | 'downloaded'; on: CalendarDate }

type PrivacyProps = {
  chrome: Chrome
  copy: CopyState
  mayAsk: boolean
  isClosing: boolean
  kept: boolean
}

/** Profile → Privacy. */
export function PrivacyPage({ chrome, copy, mayAsk, isClosing, kept }: PrivacyProps) {
  const { t } = chrome
  return (
    <Page chrome={chrome} title={t('privacy.title')} section="profile">
      {kept && !isClosing && (
        <div class="notice notice--good" role="status">
          <p>{t('privacy.kept-account')}</p>
        </div>
      )}
      <div class="head">
        <h1>{t('privacy.title')}</h1>
        <p>{t('privacy.intro')}</p>
      </div>
      <section class="stack">
        <h2>{t('privacy.copy.title')}</h2>
        <p>{t('privacy.copy.text')}</p>
        <CopySentence chrome={chrome} copy={copy} />
        {copy.state !== 'pending' && <AskForCopy chrome={chrome} mayAsk={mayAsk} />}
      </section>
      {!isClosing && (
        <section class="stack">
          <h2>{t('privacy.close.title')}</h2>
          <p>{t('privacy.close.text')}</p>
          <p>
            <a href={paths.closing}>{t('privacy.close.link')}</a>
          </p>
        </section>
      )}
      <KeptData chrome={chrome} />
    </Page>
  )
}

function AskForCopy({ chrome: { t }, mayAsk }: { chrome: Chrome; mayAsk: boolean }) {
  if (!mayAsk) return <p>{t('privacy.copy.limit')}</p>
  return (
    <form method="post" action={paths.askForData}>
      <button class="button" type="submit">
        {t('privacy.copy.ask')}
      </button>
    </form>
  )
}

function CopySentence({ chrome: { t }, copy }: { chrome: Chrome; copy: CopyState }) {
  if (copy.state === 'none') return null
  if (copy.state === 'pending') return <p role="status">{t('privacy.copy.pending')}</p>
  return (
    <p role="status">
      <Sentence text={t(`privacy.copy.${copy.state}`, { date: SLOT })}>
        <DateOnly t={t} date={copy.on} />
      </Sentence>
    </p>
  )
}

const KINDS = [
  'identity',
  'contact',
  'exams',
  'deliveries',
  'transcripts',
  'requests',
  'access',
  'audit',
] as const

function KeptData({ chrome: { t } }: { chrome: Chrome }) {
  return (
    <section class="stack">
      <h2>{t('privacy.kept.title')}</h2>
      <table class="records">
        <caption>{t('privacy.kept.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('privacy.kept.what')}</th>
            <th scope="col">{t('privacy.kept.why')}</th>
          </tr>
        </thead>
        <tbody>
          {KINDS.map((kind) => (
            <tr>
              <th scope="row">{t(`privacy.kept.${kind}`)}</th>
              <td data-label={t('privacy.kept.why')}>{t(`privacy.kept.${kind}.why`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>{t('privacy.kept.others')}</p>
    </section>
  )
}
