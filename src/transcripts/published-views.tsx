import { Seal } from '../documents/seal.tsx'
import type { Translate } from '../i18n/messages.ts'
import { DateOnly, Instant } from '../layout/dates.tsx'
import { formatList } from '../layout/lists.ts'
import { type Chrome, Page } from '../layout/page.tsx'
import { Sentence, SLOT } from '../layout/sentence.tsx'
import { StandingMark } from '../layout/standing-mark.tsx'
import { paths } from '../paths.ts'
import type { Program } from '../program/program.ts'
import { CertificationName } from '../verification/certification-name.tsx'
import type { CheckedAward } from '../verification/checked-award.ts'
import type { PublishedTranscript } from './published.ts'
import type { Verdict } from './verdict.ts'

type PublishedPageProps = {
  chrome: Chrome
  program: Program
  transcript: PublishedTranscript
  /** Where the reader should be: copies of this page elsewhere prove nothing. */
  host: string
}

export function PublishedPage({ chrome, program, transcript, host }: PublishedPageProps) {
  const { t } = chrome
  const { branding } = program.settings
  return (
    <Page chrome={chrome} title={t('published.title')} noindex bare>
      <article class="sheet">
        <header class="sheet__head">
          <Seal code={program.id} lines={branding.monogram} hue={branding.hue} rings={3} label="" size={56} />
          <div>
            <p class="soft">{program.name}</p>
            <h1>{t('published.title')}</h1>
          </div>
        </header>
        <VerdictBox t={t} verdict={transcript.verdict} checkedAt={transcript.checkedAt} />
        <p class="sheet__holder" lang="" dir="auto">
          {transcript.holder}
        </p>
        {transcript.remarks !== '' && (
          <section aria-label={t('published.remarks')}>
            <p class="remarks" lang="" dir="auto">
              {transcript.remarks}
            </p>
          </section>
        )}
        <AwardTable t={t} awards={transcript.awards} />
        <footer class="fine">
          <p>
            <Sentence text={t('published.until', { date: SLOT })}>
              <DateOnly t={t} date={transcript.validThrough} />
            </Sentence>
          </p>
          <p>
            <Sentence text={t('published.host', { host: SLOT })}>
              <strong>{host}</strong>
            </Sentence>
          </p>
          <p>{program.disclaimer}</p>
        </footer>
      </article>
    </Page>
  )
}

function VerdictBox({ t, verdict, checkedAt }: { t: Translate; verdict: Verdict; checkedAt: Date }) {
  const { tone, revoked, suspended } = verdict
  const shape = tone === 'good' ? 'standing standing--active' : 'standing standing--expired'
  return (
    <div class={tone === 'good' ? 'verdict' : `verdict verdict--${tone}`}>
      {revoked.length > 0 && (
        <strong class="standing standing--revoked">
          {t('published.verdict.revoked', { codes: formatList(t, revoked) })}
        </strong>
      )}
      {suspended.length > 0 && (
        <strong class="standing standing--suspended">
          {t('published.verdict.suspended', { codes: formatList(t, suspended) })}
        </strong>
      )}
      <strong class={shape}>{countOf(t, verdict)}</strong>
      <p>
        <Sentence text={t('published.checked', { at: SLOT })}>
          <Instant t={t} at={checkedAt} />
        </Sentence>
      </p>
    </div>
  )
}

function countOf(t: Translate, { active, total, tone }: Verdict): string {
  if (total === 0) return t('published.verdict.none')
  if (tone === 'good') return t.plural('published.verdict.all', total)
  if (active === 0) return t.plural('published.verdict.no', total)
  return t.plural('published.verdict.some', total, { active })
}

function AwardTable({ t, awards }: { t: Translate; awards: readonly CheckedAward[] }) {
  return (
    <table class="records">
      <caption>{t('published.caption')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('published.column.certification')}</th>
          <th scope="col">{t('published.column.standing')}</th>
          <th scope="col">{t('published.column.awarded')}</th>
          <th scope="col">{t('published.column.expires')}</th>
        </tr>
      </thead>
      <tbody>
        {awards.map((award) => (
          <AwardRow t={t} award={award} />
        ))}
      </tbody>
    </table>
  )
}

function AwardRow({ t, award }: { t: Translate; award: CheckedAward }) {
  return (
    <tr>
      <th scope="row">
        <span class="named">
          <Seal {...award.seal} muted={award.standing !== 'active'} size={44} />
          <span>
            <CertificationName name={award.name} code={award.code} />
            {award.level !== null && <span class="named__level">{award.level}</span>}
          </span>
        </span>
      </th>
      <td>
        <StandingMark t={t} standing={award.standing} />
        {award.emeritusOn && (
          <div class="soft">
            {t('certifications.emeritus')} <DateOnly t={t} date={award.emeritusOn} />
          </div>
        )}
      </td>
      <td data-label={t('published.column.awarded')}>
        <DateOnly t={t} date={award.awardedOn} />
      </td>
      <td data-label={t('published.column.expires')}>
        {award.expiresOn === null ? t('published.lasting') : <DateOnly t={t} date={award.expiresOn} />}
      </td>
    </tr>
  )
}

/** The one answer to every link that opens nothing. */
export function PublishedUnavailablePage({ chrome }: { chrome: Chrome }) {
  const { t } = chrome
  return (
    <Page chrome={chrome} title={t('published.gone.title')} noindex>
      <div class="head">
        <h1>{t('published.gone.title')}</h1>
        <p>{t('published.gone.text')}</p>
      </div>
      <div class="stack">
        <ul class="bullets">
          <li>{t('published.gone.expired')}</li>
          <li>{t('published.gone.disabled')}</li>
          <li>{t('published.gone.mistyped')}</li>
        </ul>
        <p>{t('published.gone.next')}</p>
        <p>
          <a href={paths.verify}>{t('published.gone.verify')}</a>
        </p>
      </div>
    </Page>
  )
}
